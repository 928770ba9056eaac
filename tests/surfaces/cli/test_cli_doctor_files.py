"""What the doctor says of files: how they are read, where they lie, whether they are whole."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone

from mokmin.foundation.access.actor import SYSTEM
from mokmin.foundation.access.states import Role
from mokmin.foundation.files import actions, checking
from mokmin.foundation.files.actions import Upload
from mokmin.foundation.tenancy.context import tenant
from mokmin.lib.sandbox import Trial
from mokmin.surfaces.cli.checks import files
from mokmin.surfaces.cli.checks.finding import Level
from tests import seed

ALL = Trial(
    memory=True, network=True, processes=True, writing=True, other_files=True,
    locks=("namespace", "capabilities", "privileges", "landlock", "seccomp"),
)  # fmt: skip
LESS = Trial(memory=True, network=False, processes=False, writing=True, other_files=False, locks=())
NOTHING = Trial(
    memory=False, network=False, processes=False, writing=False, other_files=False, locks=()
)


@pytest.mark.parametrize(
    ("found", "level", "said"),
    [
        (
            ALL,
            Level.GOOD,
            "따로 가두어 읽습니다. 막는 것: 메모리, 통신, 다른 프로그램, 파일 쓰기, 다른 파일 읽기 "
            "(seccomp, Landlock, 네트워크 이름공간).",
        ),
        (LESS, Level.WATCH, "막지 못하는 것: 통신, 다른 프로그램, 다른 파일 읽기."),
        (
            NOTHING,
            Level.BAD,
            "막지 못하는 것: 메모리, 통신, 다른 프로그램, 파일 쓰기, 다른 파일 읽기.",
        ),
    ],
)
def test_what_a_file_could_do_is_said(found, level, said):
    finding = files.told("올린 파일 읽기", found)

    assert (finding.level, finding.found) == (level, said)


def test_this_machine_is_tried():
    found = files.reading()

    assert (found.name, found.level is Level.BAD) == ("올린 파일 읽기", False)


@pytest.mark.parametrize(
    ("mode", "level"), [(0o700, Level.GOOD), (0o750, Level.BAD), (0o701, Level.BAD)]
)
def test_a_store_that_others_may_enter_is_bad(tmp_path, monkeypatch, mode, level):
    folder = tmp_path / "files"
    folder.mkdir()
    folder.chmod(mode)
    monkeypatch.setenv("MOKMIN_FILES_DIR", str(folder))

    assert files.store().level is level


def test_a_store_that_is_not_there_yet_is_fine(tmp_path, monkeypatch):
    monkeypatch.setenv("MOKMIN_FILES_DIR", str(tmp_path / "files"))

    assert files.store().level is Level.GOOD


@pytest.fixture
def keep(tenant_a, settings, tmp_path):
    """Keeps a file in 가람군, and checks all of them some days ago."""
    settings.MOKMIN_FILES = tmp_path / "files"

    def kept(*, checked_days_ago=None, strangers=()):
        with tenant(tenant_a.pk):
            person = seed.person_of(Role.OFFICER).pk
            upload = Upload("명단.txt", BytesIO(b"x"))
            actions.keep_for(person, upload, actor=SYSTEM, at=timezone.now())
            if checked_days_ago is not None:
                at = timezone.now() - timedelta(days=checked_days_ago)
                check = checking.begin(job_uid="x", at=at)
                checking.end(check, strangers, actor=SYSTEM, at=at)

    return kept


@pytest.mark.parametrize(
    ("checked", "level", "said"),
    [
        ({}, Level.WATCH, "이틀 안에 점검하지 않은 곳: 가람군"),
        ({"checked_days_ago": 3}, Level.WATCH, "이틀 안에 점검하지 않은 곳: 가람군"),
        ({"checked_days_ago": 1}, Level.GOOD, "모든 파일이 온전합니다."),
        ({"checked_days_ago": 3, "strangers": ["a", "b"]}, Level.BAD, "가람군 2건"),
    ],
)
def test_whether_all_files_are_whole_is_said(keep, checked, level, said):
    keep(**checked)

    found = files.whole()

    assert (found.level, found.found) == (level, said)


def test_where_there_are_no_files_nothing_is_late(tenant_a):
    assert files.whole().level is Level.GOOD
