"""What people ask for on pages of the console and a worker does, and the daily letter."""

from datetime import datetime

from django.utils import timezone

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.jobs.progress import Progress
from mokmin.foundation.jobs.registry import for_each_tenant, task
from mokmin.foundation.trail import actions, queries
from mokmin.foundation.trail.queries import Verdict
from mokmin.surfaces.console import digest

VERIFIED = "verify_trail"
"""The verb under which a verdict stands in the trail itself."""


@task(name="console.verify_trail", title="변경 이력 검증", announces=True)
def verify_trail(handle: Progress) -> dict[str, object]:
    """Prove the chain stretch by stretch, each in a transaction of its own; keep the verdict.

    It starts from the first link at every attempt: what was proven before may have changed.
    """
    verdict = Verdict(0, 0, is_over=False)
    while not verdict.is_over:
        with handle.transaction(read_only=True):
            verdict = queries.verify_on(verdict)
            whole = max(verdict.links, queries.length())
            handle.step(verdict.links, whole, f"연결 {verdict.links:,}개를 확인했습니다.")
    return _keep(handle, verdict)


def _keep(handle: Progress, verdict: Verdict) -> dict[str, object]:
    doer = Actor(person_id=handle.asked_by_id, name=handle.asked_by_name)
    result = {
        "is_sound": verdict.is_sound,
        "sentence": verdict.sentence,
        "links": verdict.links,
        "head": verdict.head,
    }
    with handle.transaction():
        with actions.act(VERIFIED, actor=doer, at=timezone.now(), reason=verdict.sentence):
            handle.step(verdict.links, max(verdict.links, 1))
        handle.finish(result)
    return result


@for_each_tenant(name="console.send_digests", cron="0,20,40 23 * * *")
def send_digests(tenant_id: int, at: datetime) -> None:
    """Send the daily letters (08:00 in Seoul), and twice more what the mail server refused."""
    digest.send(tenant_id, at=at, now=timezone.now())
