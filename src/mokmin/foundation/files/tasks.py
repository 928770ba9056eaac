"""What is done with files in the background: clearing away each night, proving each night."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from mokmin.foundation.access.actor import SYSTEM, Actor
from mokmin.foundation.files import checking, sweeping
from mokmin.foundation.files.models import FileCheck
from mokmin.foundation.jobs import actions as jobs
from mokmin.foundation.jobs.progress import Cancelled, Progress
from mokmin.foundation.jobs.registry import for_each_tenant, periodic, task
from mokmin.foundation.tenancy import context
from mokmin.foundation.trail.context import request_id
from mokmin.lib import blobs

UPLOADS_KEPT = timedelta(days=1)


@for_each_tenant(name="files.sweep", cron="20 18 * * *")
def sweep(tenant_id: int, at: datetime) -> None:
    """Clear away what nobody needs any more (03:20 in Seoul)."""
    before = at - timedelta(days=settings.MOKMIN_FILES_GRACE_DAYS)
    with context.tenant(tenant_id):
        sweeping.expire(at)
        sweeping.mark(at)
        contents = sweeping.unneeded(before=before)
        orphans = sweeping.orphans(before=before)
        sweeping.clear_incoming(at)
    for blob_id in contents:
        with context.tenant(tenant_id):
            sweeping.remove_unneeded(blob_id, before=before, at=at)
    for sha256 in orphans:
        with context.tenant(tenant_id):
            sweeping.remove_orphan(sha256, before=before)


@periodic(name="files.clear_uploads", cron="15 18 * * *")
def clear_uploads(at: datetime) -> None:
    """Delete what was left of uploads that broke off (03:15 in Seoul)."""
    blobs.clear_old(Path(settings.FILE_UPLOAD_TEMP_DIR), before=at - UPLOADS_KEPT)


@for_each_tenant(name="files.check_nightly", cron="50 18 * * *")
def check_nightly(tenant_id: int, at: datetime) -> None:
    """Ask for a check of all files (03:50 in Seoul, after the clearing)."""
    with context.tenant(tenant_id):
        jobs.enqueue(check_files, actor=SYSTEM, at=at)


@task(name="files.check", title="파일 무결성 점검")
def check_files(handle: Progress) -> dict[str, object]:
    """Hash every content again; what is done stays done when the worker is killed."""
    with handle.transaction():
        check = checking.begin(job_uid=request_id.get(), at=timezone.now())
        whole, _size = checking.whole()
    try:
        _look_at_all(handle, check, whole)
    except Cancelled:
        with context.tenant(handle.tenant_id):
            checking.give_up(check, at=timezone.now())
        raise
    return _end(handle, check)


def _look_at_all(handle: Progress, check: FileCheck, whole: int) -> None:
    while True:
        with context.tenant(handle.tenant_id, read_only=True):
            waiting = checking.stretch(check)
            looked = checking.look(waiting) if waiting else None
        if looked is None:
            return
        with handle.transaction():
            checking.note(check, looked)
            done = check.blob_count
            handle.step(done, max(whole, done), f"파일 내용 {done:,}개를 확인했습니다.")


def _end(handle: Progress, check: FileCheck) -> dict[str, object]:
    grace = timedelta(days=settings.MOKMIN_FILES_GRACE_DAYS + 1)
    actor = Actor(person_id=handle.asked_by_id, name=handle.asked_by_name)
    with handle.transaction():
        now = timezone.now()
        strangers = checking.unknown(before=now - grace)
        problems = checking.end(check, strangers, actor=actor, at=now)
        result = {"check": check.uid, "files": check.blob_count, "problems": problems}
        handle.finish(result)
    return result
