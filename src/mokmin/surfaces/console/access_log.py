"""The access log (개인정보 접속기록): who handled whose personal data, and looking into that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from django.utils.safestring import SafeString, mark_safe

from mokmin.foundation.access import queries
from mokmin.foundation.access.models import AccessEntry
from mokmin.foundation.access.states import Handling
from mokmin.foundation.people import queries as people
from mokmin.surfaces.kit.addresses import AddressOf
from mokmin.surfaces.kit.lists.declared import Ask, ListColumn, Listing
from mokmin.surfaces.kit.lists.filters import Choice, Day, Text
from mokmin.surfaces.kit.rows import link, moment, number, text, with_note
from mokmin.surfaces.kit.tones import status

NAMED = 3
"""How many people of one entry are named on the list; the file has them all."""

TONES: dict[str, str] = {
    Handling.DOWNLOAD: "warn",
    Handling.PRINT: "warn",
    Handling.DELETE: "late",
    Handling.SIGN_IN_FAILED: "late",
    Handling.CREATE: "info",
    Handling.UPDATE: "info",
}
LABELS: dict[str, str] = dict(Handling.choices)
PERSON = AddressOf("console:person")


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry with the names that are known of those whose data it was."""

    entry: AccessEntry
    names: Mapping[str, str]
    shown: int | None = NAMED
    """How many of them; None for all."""

    @property
    def named(self) -> Sequence[str]:
        """Those of them who are named (uids)."""
        return [uid for uid in self.entry.subject_uids[: self.shown] if uid in self.names]

    @property
    def written(self) -> str:
        """All of them as a file has them: whoever has no name any more by number."""
        return ", ".join(self.names.get(uid, uid) for uid in self.entry.subject_uids)


def _lines(ask: Ask) -> Sequence[EntryLine]:
    asked = dict(ask.conditions)
    name = asked.pop("whose", "")
    subjects = people.named(name).values_list("uid", flat=True) if name else None
    found = queries.entries(window=ask.window, subjects=subjects, **asked)
    shown = None if ask.is_file else NAMED
    names = people.names({uid for entry in found for uid in entry.subject_uids[:shown]})
    return [EntryLine(entry, names, shown) for entry in found]


def _whose(lines: Sequence[EntryLine]) -> tuple[str, ...]:
    """Those who acted, and those who are named."""
    handlers = [line.entry.person_uid for line in lines if line.entry.person_uid]
    return tuple(dict.fromkeys([*handlers, *(uid for line in lines for uid in line.named)]))


def _subjects(line: EntryLine) -> SafeString:
    """Whose data it was: the first few by name, each leading to the person."""
    known, count = line.named, line.entry.subject_count
    if not known:
        return number(count, "명") if count else text("")
    links = mark_safe(", ".join(link(line.names[uid], PERSON(uid)) for uid in known))
    rest = count - len(known)
    return with_note(links, f"외 {rest:,}명" if rest else "")


def _handling(line: EntryLine) -> SafeString:
    handling = line.entry.handling
    return status(TONES.get(handling, "idle"), LABELS[handling])


COLUMNS = (
    ListColumn(
        "at", "접속일시", lambda line: moment(line.entry.at), value=lambda line: line.entry.at,
        kind="date", sort="at", names_row=True,
    ),
    ListColumn(
        "name", "처리자", lambda line: with_note(text(line.entry.name), line.entry.identifier),
        value=lambda line: line.entry.name, is_personal=True,
    ),
    ListColumn(
        "identifier", "식별자", lambda line: text(line.entry.identifier),
        value=lambda line: line.entry.identifier, is_hidden=True, is_personal=True,
    ),
    ListColumn(
        "address", "접속지", lambda line: text(line.entry.address or ""),
        value=lambda line: line.entry.address, is_personal=True,
    ),
    ListColumn(
        "handling", "수행업무", _handling, value=lambda line: LABELS[line.entry.handling],
        kind="status",
    ),
    ListColumn(
        "page", "화면과 사유", lambda line: with_note(text(line.entry.page), line.entry.reason),
        value=lambda line: line.entry.page,
    ),
    ListColumn(
        "reason", "사유", lambda line: text(line.entry.reason),
        value=lambda line: line.entry.reason, is_hidden=True,
    ),
    ListColumn(
        "subjects", "정보주체", _subjects, value=lambda line: line.written, is_personal=True,
    ),
    ListColumn(
        "numbers", "정보주체 번호", lambda line: text(" ".join(line.entry.subject_uids[:NAMED])),
        value=lambda line: " ".join(line.entry.subject_uids), is_hidden=True, is_personal=True,
    ),
    ListColumn(
        "count", "정보주체 수", lambda line: number(line.entry.subject_count, "명"),
        value=lambda line: line.entry.subject_count, kind="number", is_hidden=True,
    ),
    ListColumn(
        "request", "요청 번호", lambda line: text(line.entry.request_id),
        value=lambda line: line.entry.request_id, is_hidden=True,
    ),
)  # fmt: skip

ACCESS_LOG = Listing(
    route="console:access-log",
    title="개인정보 접속기록",
    template="console/access_log.html",
    open_to=queries.why_not_see_access_log,
    rows=_lines,
    key=attrgetter("entry.pk"),
    has_numbers=True,
    sort="-at",
    columns=COLUMNS,
    filters=(
        Day("since", "첫날"),
        Day("until", "끝날"),
        Choice("handling", "수행업무", Handling.choices),
        Text("word", "처리자·화면·사유"),
        Text("whose", "정보주체의 이름", is_personal=True),
    ),
    subjects=_whose,
    empty="아직 접속기록이 없습니다.",
    nothing="조건에 맞는 접속기록이 없습니다.",
)
