"""A store of its own for every test, and a kind of record that takes files."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import LazySettings

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Role
from mokmin.foundation.files import kinds, queries
from mokmin.foundation.files.actions import Upload
from mokmin.foundation.files.kinds import FileRule
from mokmin.foundation.records import actions as records
from mokmin.foundation.records.models import Record
from mokmin.lib.blobs import BlobStore

AT = datetime(2026, 7, 1, 3, 0, tzinfo=UTC)
KIND = "paper"


@pytest.fixture(autouse=True)
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    """Where the contents of this test lie."""
    settings.MOKMIN_FILES = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture(autouse=True)
def papers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Records of this kind take files from everybody but auditors."""
    monkeypatch.setattr(kinds, "_rules", {})
    kinds.declare(
        KIND,
        FileRule(
            lambda actor, _record_id: (
                "감사 담당자는 붙일 수 없습니다." if actor.holds(Role.AUDITOR) else None
            )
        ),
    )


@pytest.fixture
def store(in_a: object) -> BlobStore:
    """The store of 가람군."""
    return queries.store()


@pytest.fixture
def record(in_a: object) -> Record:
    """A record that all staff see."""
    return records.register(KIND, "세부실천계획")


@pytest.fixture
def officer(actor: Callable[[Role], Actor]) -> Actor:
    """Somebody who works here."""
    return actor(Role.OFFICER)


def text(content: str = "해솔군", name: str = "계획.txt") -> Upload:
    """A file of text."""
    return Upload(name, BytesIO(content.encode()))
