"""Checks of the machine and the installation; none needs the database."""

import os
import platform
import shutil
import smtplib
import stat
import sys
from datetime import datetime
from pathlib import Path

from django.conf import settings

from mokmin.lib.korean import SEOUL
from mokmin.lib.place import var_dir
from mokmin.lib.postgres import binaries
from mokmin.surfaces.cli import folders, stamps
from mokmin.surfaces.cli.backups import manifest, take
from mokmin.surfaces.cli.checks.finding import Finding, bad, good, watch

OLDEST_PYTHON = (3, 11)
ROOM, LITTLE_ROOM = 2_000_000_000, 300_000_000
"""Bytes that should be, and that must be free."""

BUILT = ("app.js", "htmx.min.js", "mode.js", "public.css", "staff.css")
SMTP_SECONDS = 5
HOURS_OF_BACKUP, DAYS_OF_BACKUP = 26, 7
"""A daily backup with two hours of grace; older than a week is as good as none."""


def python() -> Finding:
    """New enough."""
    name, version = "파이썬", platform.python_version()
    if sys.version_info < OLDEST_PYTHON:
        return bad(name, version, "파이썬 3.11 이상을 설치하고 `make setup`을 다시 실행해 주세요.")
    return good(name, version)


def programs() -> Finding:
    """PostgreSQL's own, for the embedded server and for backups."""
    name = "PostgreSQL 프로그램"
    found = binaries.available()
    if not found:
        mend = f"`make setup`을 다시 실행하거나 {binaries.SETTING}에 bin 폴더를 적어 주세요."
        return bad(name, "찾지 못했습니다.", mend)
    return good(name, f"{found[0].version} ({found[0].source})")


def folder() -> Finding:
    """Can be written, and has room."""
    name, path = "자료 폴더", var_dir()
    nearest = next(each for each in (path, *path.parents) if each.exists())
    if not os.access(nearest, os.W_OK | os.X_OK):
        mend = "이 폴더를 만든 사용자로 실행하거나 MOKMIN_VAR로 쓸 수 있는 폴더를 정해 주세요."
        return bad(name, f"{path}에 쓸 수 없습니다.", mend)
    free = shutil.disk_usage(nearest).free
    found = f"{path} (빈자리 {free / 1e9:,.1f}GB)"
    if free < ROOM:
        return (bad if free < LITTLE_ROOM else watch)(name, found, "디스크를 비워 주세요.")
    return good(name, found)


def secret_key() -> Finding:
    """Nobody else may read it."""
    name, path = "비밀 키", var_dir() / "secret_key"
    if os.environ.get("MOKMIN_SECRET_KEY"):
        return good(name, "MOKMIN_SECRET_KEY에서 읽습니다.")
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        return bad(name, f"다른 사용자도 읽을 수 있습니다({mode:o}).", f"chmod 600 {path}")
    return good(name, f"{path} ({mode:o})")


def built() -> Finding:
    """The front end was built."""
    name, where = "화면 파일 만들기", stamps.PACKAGE / "surfaces/kit/static/built"
    if missing := [each for each in BUILT if not (where / each).is_file()]:
        return bad(name, f"없는 파일: {', '.join(missing)}", "`make setup`을 실행해 주세요.")
    return good(name, f"{len(list(where.iterdir()))}개")


def static() -> Finding:
    """What was built is what is served."""
    name = "화면 파일 모으기"
    if not stamps.has_static():
        return watch(name, "아직 모으지 않았거나 옛것입니다.", "`mokmin up`이 켤 때 모읍니다.")
    return good(name, str(folders.static()))


def clock() -> Finding:
    """The clock is not lost, and Seoul is known."""
    name, now = "시계", datetime.now(SEOUL)
    built_in = datetime.fromtimestamp(Path(__file__).stat().st_mtime, SEOUL)
    if now < built_in:
        return bad(name, f"{now:%Y-%m-%d %H:%M}", "컴퓨터의 시계를 맞춰 주세요(timedatectl).")
    return good(name, f"{now:%Y-%m-%d %H:%M} ({settings.TIME_ZONE})")


def mail() -> Finding:
    """Letters leave the machine."""
    name, backend = "전자우편", settings.EMAIL_BACKEND
    if not backend.endswith("smtp.EmailBackend"):
        mend = (
            "MOKMIN_EMAIL_BACKEND=django.core.mail.backends.smtp.EmailBackend와 "
            "MOKMIN_EMAIL_HOST를 적어 주세요. 시험할 때는 그대로 두어도 됩니다."
        )
        return watch(name, f"보내지 않고 {settings.EMAIL_FILE_PATH}에 파일로 둡니다.", mend)
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=SMTP_SECONDS) as server:
            server.noop()
    except (OSError, smtplib.SMTPException) as error:
        return bad(name, f"{where}에 닿지 않습니다({error}).", "MOKMIN_EMAIL_HOST를 확인해 주세요.")
    return good(name, where)


def backups() -> Finding:
    """The newest is young, and has its manifest."""
    name, newest = "백업", take.all_in(folders.backups())[-1:]
    daily = "`mokmin db backup --keep 14`를 날마다 돌도록 cron에 적어 주세요."
    if not newest:
        return watch(name, f"{folders.backups()}에 아직 없습니다.", daily)
    hours = (datetime.now(SEOUL).timestamp() - newest[0].stat().st_mtime) / 3600
    found = f"{newest[0].name} ({hours:,.0f}시간 전)"
    if not manifest.beside(newest[0]).is_file():
        return bad(name, f"{found}, 목록이 없습니다.", "`mokmin db backup`으로 다시 받아 주세요.")
    if hours > HOURS_OF_BACKUP:
        return (bad if hours > DAYS_OF_BACKUP * 24 else watch)(name, found, daily)
    return good(name, found)


CHECKS = (python, programs, folder, secret_key, built, static, clock, mail, backups)
