"""Files in backups: saved once, put back, proven; what is lost or changed is said."""

from io import BytesIO

import pytest

from mokmin.lib.blobs import BlobStore, Content
from mokmin.surfaces.cli.backups import files, manifest, take

TEXT = "해솔군".encode()
KEEP = """
from io import BytesIO
from django.utils import timezone
from mokmin.foundation.access.actor import SYSTEM
from mokmin.foundation.files import actions
from mokmin.foundation.people.models import Person
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.tenancy.models import Tenant

with tenant(Tenant.objects.get().pk):
    upload = actions.Upload("명단.txt", BytesIO("{}".encode()))
    actions.keep_for(Person.objects.first().pk, upload, actor=SYSTEM, at=timezone.now())
"""


def contents(var):
    return {path.name: path.read_bytes() for path in (var / "files").rglob("*/??/??/*")}


@pytest.fixture(scope="module")
def here(settled):
    """The settled installation, with one file."""
    settled.ok("manage", "shell", "-v", "0", "-c", KEEP.format("해솔군"))
    return settled


@pytest.fixture
def backup(here, tmp_path):
    """A backup in a folder of its own."""
    path = tmp_path / "백업" / "오늘.dump"
    said = here.ok("db", "backup", "-q", path)
    assert "파일 내용 1개 0.0KB" in said
    return path


def test_files_come_back_with_the_data(here, backup, fresh):
    elsewhere = fresh("다른 곳")

    restored = elsewhere.ok("db", "restore", "-q", backup)
    verified = elsewhere.ok("db", "verify", "-q", backup)

    assert contents(elsewhere.var) == contents(here.var)
    assert list(contents(here.var).values()) == [TEXT]
    assert "백업에 담긴 파일 내용 1개가 온전합니다" in restored
    assert "파일 내용 1개를 확인했습니다" in verified

    (path,) = (elsewhere.var / "files").rglob("*/??/??/*")
    path.write_bytes("뒤바뀜".encode())
    found = elsewhere.run("db", "verify", "-q", backup)

    assert (found.returncode, found.stdout.partition("(")[0]) == (
        1, "이상을 찾았습니다: 가람군: 파일 내용 바뀜"
    )  # fmt: skip


def test_a_changed_or_missing_content_is_found_and_not_restored(here, backup, fresh):
    (path,) = (backup.parent / "files").rglob("*/??/??/*")

    path.write_bytes("뒤바뀜".encode())
    changed = here.run("db", "verify", "-q", backup)
    refused = fresh().run("db", "restore", "-q", backup)
    path.unlink()
    missing = here.run("db", "verify", "-q", backup)

    assert (changed.returncode, refused.returncode, missing.returncode) == (1, 2, 1)
    assert f"백업의 파일 내용({path})이 바뀌었습니다" in changed.stdout
    assert f"백업의 파일 내용({path})이 바뀌었습니다" in refused.stderr
    assert f"백업에 파일 내용({path})이 없습니다." in missing.stdout


def test_a_second_backup_copies_nothing_again_and_a_lost_content_is_said(here, backup):
    (live,) = (here.var / "files").rglob("*/??/??/*")
    kept = live.read_bytes()
    live.unlink()

    again = here.ok("db", "backup", "-q", backup.with_name("다시.dump"))
    elsewhere = here.ok("db", "backup", "-q", backup.parent / "딴 폴더" / "새.dump")
    listed = manifest.read(backup.parent / "딴 폴더" / "새.dump.json")
    live.write_bytes(kept)

    assert "파일 내용 1개 0.0KB" in again
    assert "보관함에서 잃은 파일 내용 1개는 빠짐" in elsewhere
    assert (listed.file_count, [each.partition("/")[2] for each in listed.lost]) == (
        0, [live.name]
    )  # fmt: skip


def test_old_backups_take_contents_with_them_that_no_other_lists(tmp_path):
    store = BlobStore(tmp_path / "files" / "1")
    digests = [_keep(store, content) for content in (b"old", b"both", b"new")]
    for day, listed in ((1, digests[:2]), (2, digests[1:])):
        _backup(tmp_path / f"mokmin-2026070{day}-030000.dump", listed)
    (tmp_path / "files" / "1" / "사진.jpg").write_bytes(b"x")

    gone = take.keep(tmp_path, 1)

    left = {kept.path.name for kept in store.all()}
    assert (gone, left) == (1, {*digests[1:], "사진.jpg"})


def test_nothing_is_cleared_while_a_list_cannot_be_read(tmp_path):
    store = BlobStore(tmp_path / "files" / "1")
    digest = _keep(store, b"old")
    for day in (1, 2):
        _backup(tmp_path / f"mokmin-2026070{day}-030000.dump", [])
    manifest.beside(tmp_path / "mokmin-20260702-030000.dump").write_text("{")

    take.keep(tmp_path, 1)

    assert [kept.sha256 for kept in store.all()] == [digest]


def test_a_list_of_the_time_before_files_is_still_read(tmp_path):
    dump = tmp_path / "mokmin-20260701-030000.dump"
    _backup(dump, [])
    path = manifest.beside(dump)
    text = path.read_text().replace('"format": 2', '"format": 1')
    path.write_text(text.replace(' "files": {\n  "1": {}\n },\n', "").replace(' "lost": [],\n', ""))

    found = manifest.read(path)

    assert (found.format, found.files, found.lost) == (1, {}, ())


def test_a_content_that_turned_out_shorter_is_not_taken_for_the_whole(tmp_path):
    content = Content("0" * 64, 10)
    source, target = BlobStore(tmp_path / "a"), BlobStore(tmp_path / "b")
    place = source.path(content.sha256)
    place.parent.mkdir(parents=True)
    place.write_bytes(b"short")

    assert files._copy(content, source, target) == ""
    assert list(target.all()) == []


def _keep(store, content):
    with store.received(BytesIO(content)) as received:
        store.place(received)
    return received.content.sha256


def _backup(dump, digests):
    dump.write_bytes(b"dump")
    saved = files.Saved(listing={"1": dict.fromkeys(digests, 3)})
    held = manifest.Contents("18.4", (), {}, {}, {})
    manifest.write(
        manifest.of(dump, held, made_at="2026-07-01T09:00:00+09:00", saved=saved),
        manifest.beside(dump),
    )
