"""Contents on disk: each under its own hash, whole or not at all."""

import hashlib
import os
import stat
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest

from mokmin.lib import blobs
from mokmin.lib.blobs import BlobStore, Content

TEXT = "해솔군".encode()
DIGEST = hashlib.sha256(TEXT).hexdigest()
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def store(tmp_path):
    return BlobStore(tmp_path / "files" / "1")


def keep(store, content=TEXT):
    with store.received(BytesIO(content)) as received:
        store.place(received)
    return received.content


def age(path, at=LONG_AGO):
    os.utime(path, (at.timestamp(), at.timestamp()))


def test_a_content_lies_under_its_hash_two_levels_deep(store):
    found = keep(store)

    assert found == Content(DIGEST, len(TEXT))
    assert [kept.path for kept in store.all()] == [store.folder / DIGEST[:2] / DIGEST[2:4] / DIGEST]
    with store.open(DIGEST) as file:
        assert file.read() == TEXT


def test_only_its_own_user_may_read(store):
    keep(store)

    path = store.path(DIGEST)
    modes = [stat.S_IMODE(each.stat().st_mode) for each in (path, *path.parents[:4])]
    assert modes == [0o600, 0o700, 0o700, 0o700, 0o700]


def test_a_stream_is_read_from_its_beginning(store):
    stream = BytesIO(TEXT)
    stream.seek(3)

    with store.received(stream) as received:
        assert received.content == Content(DIGEST, len(TEXT))


def test_what_was_never_placed_is_gone_after_the_block(store):
    with store.received(BytesIO(TEXT)) as received:
        assert received.path.exists()

    assert (received.path.exists(), list(store.all())) == (False, [])


def test_what_breaks_off_leaves_nothing(store):
    class Breaking(BytesIO):
        def read(self, *_size):
            raise ConnectionError

    with pytest.raises(ConnectionError), store.received(Breaking()):
        pass

    assert list((store.folder / "incoming").iterdir()) == []


def test_the_same_content_is_kept_once_and_counts_as_new(store):
    keep(store)
    age(store.path(DIGEST))
    before = store.path(DIGEST).stat().st_ino

    keep(store)

    (kept,) = store.all()
    assert (kept.sha256, kept.path.stat().st_ino) == (DIGEST, before)
    assert kept.written_at > LONG_AGO


def test_a_damaged_content_is_mended_by_the_whole_one(store):
    keep(store)
    store.path(DIGEST).write_bytes(b"damaged")

    keep(store)

    assert blobs.content_of(store.path(DIGEST)) == Content(DIGEST, len(TEXT))


def test_what_is_removed_is_gone_and_may_be_gone_already(store):
    keep(store)

    store.remove(DIGEST)
    store.remove(DIGEST)

    assert list(store.all()) == []


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", "AB" * 32, "zz" * 32])
def test_nothing_but_a_hash_leads_into_the_store(store, name):
    with pytest.raises(ValueError, match="SHA-256"):
        store.path(name)


def test_what_others_put_there_is_told_and_never_followed(store, tmp_path):
    keep(store)
    (store.folder / "사진.jpg").write_bytes(b"x")
    (store.folder / "ab").mkdir(exist_ok=True)
    (store.folder / "ab" / DIGEST).write_bytes(b"x")
    (store.folder / "link").symlink_to(tmp_path)

    found = {str(kept.path.relative_to(store.folder)): kept.sha256 for kept in store.all()}

    ours = f"{DIGEST[:2]}/{DIGEST[2:4]}/{DIGEST}"
    assert found == {ours: DIGEST, "사진.jpg": "", f"ab/{DIGEST}": "", "link": ""}


def test_a_store_that_is_not_there_yet_is_empty(store):
    assert (list(store.all()), store.clear_incoming(before=datetime.now(UTC))) == ([], 0)


def test_old_arrivals_are_cleared_and_new_ones_left(store):
    with store.received(BytesIO(b"now")) as new, store.received(BytesIO(b"old")) as old:
        age(old.path)

        count = store.clear_incoming(before=datetime.now(UTC) - timedelta(days=1))

        assert (count, old.path.exists(), new.path.exists()) == (1, False, True)
