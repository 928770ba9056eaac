"""Checks of files: how they are read, where they lie, whether all of them are whole."""

import os
import stat
from datetime import timedelta

from django.utils import timezone

from mokmin.foundation.files import queries
from mokmin.foundation.tenancy import queries as tenancy
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.tenancy.models import Tenant
from mokmin.lib import sandbox
from mokmin.lib.place import files_dir
from mokmin.lib.sandbox import Trial, Unreadable
from mokmin.surfaces.cli.checks.finding import Finding, bad, good, watch

FORBIDDEN = {
    "memory": "메모리",
    "network": "통신",
    "processes": "다른 프로그램",
    "writing": "파일 쓰기",
    "other_files": "다른 파일 읽기",
}
LOCKS = {"seccomp": "seccomp", "landlock": "Landlock", "namespace": "네트워크 이름공간"}
CHECKED_WITHIN = timedelta(days=2)


def reading() -> Finding:
    """What a file that is being read can do to this machine, found out by trying."""
    name = "올린 파일 읽기"
    try:
        found = sandbox.examine()
    except Unreadable as unreadable:
        mend = "`make setup`을 다시 실행해 주세요."
        return bad(name, f"읽는 프로그램이 시작되지 않습니다({unreadable.reason}).", mend)
    return told(name, found)


def told(name: str, found: Trial) -> Finding:
    """What a trial comes to."""
    free = [label for key, label in FORBIDDEN.items() if not getattr(found, key)]
    if not free:
        locks = ", ".join(label for key, label in LOCKS.items() if key in found.locks)
        forbidden = ", ".join(FORBIDDEN.values())
        return good(name, f"따로 가두어 읽습니다. 막는 것: {forbidden} ({locks}).")
    mend = (
        "리눅스 커널 5.13 이상에서, 컨테이너라면 seccomp과 Landlock을 막지 않는 설정으로 "
        "실행해 주세요."
    )
    return (watch if found.memory else bad)(name, f"막지 못하는 것: {', '.join(free)}.", mend)


def store() -> Finding:
    """Nobody else may read what people have uploaded."""
    name, path = "파일 보관함", files_dir()
    if not path.exists():
        return good(name, f"{path} (아직 파일이 없습니다.)")
    if not os.access(path, os.W_OK | os.X_OK):
        return bad(name, f"{path}에 쓸 수 없습니다.", "이 폴더를 만든 사용자로 실행해 주세요.")
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        return bad(name, f"다른 사용자도 볼 수 있습니다({mode:o}).", f"chmod 700 {path}")
    return good(name, f"{path} ({mode:o})")


def whole() -> Finding:
    """Every night all contents are hashed again."""
    name, wrong, late = "파일 무결성", [], []
    for whose in tenancy.tenants():
        with tenant(whose.pk, read_only=True):
            if sentence := _faults(whose):
                wrong.append(sentence)
            elif not _is_fresh():
                late.append(whose.name)
    if wrong:
        return bad(name, ", ".join(wrong), "업무 화면의 ‘파일 점검’에서 무엇인지 보아 주세요.")
    if late:
        mend = "작업기가 밤마다 점검합니다. 작업기가 켜져 있는지 확인해 주세요."
        return watch(name, f"이틀 안에 점검하지 않은 곳: {', '.join(late)}", mend)
    return good(name, "모든 파일이 온전합니다.")


def _faults(whose: Tenant) -> str:
    last = queries.last_whole_check()
    return f"{whose.name} {last.fault_count:,}건" if last and last.fault_count else ""


def _is_fresh() -> bool:
    """Where there are no files, nothing can be late."""
    last = queries.last_whole_check()
    since = timezone.now() - CHECKED_WITHIN
    return not queries.has_blobs() or (last is not None and last.begun_at >= since)


CHECKS = (reading, store)
KEPT = (whole,)
"""Only when the database was reached."""
