"""The only ways in which a record changes; rooms above call these inside their own act."""

from mokmin.foundation.records.models import Record
from mokmin.foundation.records.states import Visibility
from mokmin.lib.errors import Invalid

TITLE_LENGTH = 300


def register(kind: str, title: str, *, visibility: Visibility = Visibility.STAFF) -> Record:
    """A new record with its own address; raises Invalid when the title cannot be taken."""
    return Record.objects.create(kind=kind, title=_clean(title), visibility=visibility)


def change(record: Record, *, title: str, visibility: Visibility) -> None:
    """Give a record another title or visibility; its address never changes."""
    record.title = _clean(title)
    record.visibility = visibility
    record.save(update_fields=["title", "visibility"])


def _clean(title: str) -> str:
    plain = " ".join(title.split())
    if not plain:
        raise Invalid({"title": "제목을 적어 주세요."})
    if len(plain) > TITLE_LENGTH:
        raise Invalid({"title": f"제목은 {TITLE_LENGTH}자까지 적을 수 있습니다."})
    return plain
