"""What an order (인사발령) does: the organisation, the people and the rows in, the outcome out."""

from collections.abc import Iterator, Sequence
from datetime import date

from mokmin.foundation.orgs import rules, soundness, telling
from mokmin.foundation.orgs.assigning import OrderDraft, OrderRowDraft
from mokmin.foundation.orgs.rules import PlanProblem
from mokmin.foundation.orgs.seeking import Seeker
from mokmin.foundation.orgs.sheets import (
    BEGINS_AFRESH,
    ENDS_ALL,
    ENDS_ONE,
    MOVES,
    ONCE_A_PERSON,
    OPENS,
    Candidate,
    OrderEntry,
    OrderOutcome,
    OrderSheet,
)
from mokmin.foundation.orgs.states import AssignmentKind, OrderVerb
from mokmin.foundation.orgs.values import Holding, Organisation, holds
from mokmin.lib.korean import date_text, josa


def outcome(
    now: Organisation, people: Sequence[Candidate], sheet: OrderSheet, *, today: date
) -> OrderOutcome:
    """Everything that the order does and everything that stands against it.

    `now` reaches back to the day before the order, and forward to every later day.
    """
    draft = OrderDraft(now, Seeker(now, people, sheet.on), sheet.on)
    found = (_row(draft, place, entry) for place, entry in enumerate(sheet.entries, start=1))
    rows = [row for row in found if row is not None]
    _refuse_twice(draft, rows)
    for row in rows:
        _leave(draft, row)
    for row in rows:
        _arrive(draft, row)
    after = draft.after()
    problems = [*_problems_of_sheet(sheet, today=today), *draft.problems]
    problems += _problems_of_result(draft, after)
    problems += _without_own_post(draft, rows, after)
    notes = tuple(telling.notes(draft, after))
    results = tuple(telling.result(draft, row) for row in rows)
    return OrderOutcome(
        on=sheet.on,
        problems=tuple(sorted(problems, key=lambda problem: problem.place)),
        notes=notes,
        results=results,
        before=now,
        after=after,
        named=frozenset(draft.named | draft.seeker.named | {row.person.uid for row in rows}),
    )


def _problems_of_sheet(sheet: OrderSheet, *, today: date) -> list[PlanProblem]:
    found = rules.problems_of_heading(
        title=sheet.title,
        on=sheet.on,
        reason=sheet.reason,
        today=today,
        accepts_past=sheet.accepts_past,
    )
    if len(sheet.number) > rules.NAME_LENGTH:
        sentence = f"문서번호는 {rules.NAME_LENGTH}자까지 적을 수 있습니다."
        found.append(PlanProblem(0, "number", sentence))
    if not sheet.entries:
        found.append(PlanProblem(0, "rows", "발령할 사람을 한 명 이상 넣어 주세요."))
    return found


def _problems_of_result(draft: OrderDraft, after: Organisation) -> Iterator[PlanProblem]:
    """What cannot be afterwards, at the last row that brings one of the people somewhere."""
    people = {held.person for _, held in draft.opened}
    for flaw in soundness.flaws_of_holdings(after, since=draft.on, people=people):
        draft.named.update(after.holdings_of_person.keys() & set(flaw.about))
        places = [row.place for row, held in draft.opened if held.person in flaw.about]
        yield PlanProblem(max(places, default=0), "post", flaw.sentence, "rows")


def _without_own_post(
    draft: OrderDraft, rows: Sequence[OrderRowDraft], after: Organisation
) -> Iterator[PlanProblem]:
    """Only those who have a post of their own on the day hold another besides, or act."""
    full = AssignmentKind.FULL
    comes = {row.person.uid for row in rows if OPENS.get(row.verb) == full}
    for row, held in draft.opened:
        own = (each for each in after.held_by(held.person, draft.on) if each.is_full)
        if not held.is_full and held.person not in comes and not any(own):
            sentence = (
                f"{josa(held.name, '은/는')} 이 날 본직이 없습니다. "
                f"{josa(row.verb.label, '은/는')} 본직이 있는 사람만 맡을 수 있습니다. "
                "본직 발령을 함께 넣어 주세요."
            )
            yield PlanProblem(row.place, "verb", sentence, "rows")


def _row(draft: OrderDraft, place: int, entry: OrderEntry) -> OrderRowDraft | None:
    """The row with its person, unless nobody can be found."""
    if len(entry.note) > rules.NOTE_LENGTH:
        draft.complain(place, "note", f"비고는 {rules.NOTE_LENGTH}자까지 적을 수 있습니다.")
    person, why = draft.seeker.person(entry.person)
    if person is None:
        draft.complain(place, "person", why or "")
        return None
    for field, sentence in draft.seeker.slips(entry, person):
        draft.complain(place, field, sentence)
    if person.is_closed and entry.verb in OPENS:
        sentence = f"{person.name}의 계정이 닫혀 있습니다. 계정을 다시 열고 넣어 주세요."
        draft.complain(place, "person", sentence)
    if (later := _planned(draft, person.uid)) is not None:
        sentence = (
            f"{josa(person.name, '은/는')} {date_text(later)}에 바뀌는 발령이나 조직개편이 이미 "
            "등록되어 있습니다. 그 등록을 먼저 취소해 주세요."
        )
        draft.complain(place, "person", sentence)
    return OrderRowDraft(place, entry, person, _own_post(draft, person.uid))


def _own_post(draft: OrderDraft, person: str) -> Holding | None:
    """The own post on the day, or the one that a reorganisation of that very day takes away."""
    full = [held for held in draft.now.holdings_of_person.get(person, ()) if held.is_full]
    running = next((held for held in full if holds(held, draft.on)), None)
    taken = (held for held in full if held.until_on == draft.on and held.ended_by is not None)
    return running or next(taken, None)


def _planned(draft: OrderDraft, person: str) -> date | None:
    """The first later day on which something already changes for the person."""
    days = (
        day
        for held in draft.now.holdings_of_person.get(person, ())
        for day in (held.from_on, held.until_on)
        if day is not None and day > draft.on
    )
    return min(days, default=None)


def _refuse_twice(draft: OrderDraft, rows: Sequence[OrderRowDraft]) -> None:
    seen: set[str] = set()
    for row in rows:
        if row.verb not in ONCE_A_PERSON:
            continue
        if row.person.uid in seen:
            sentence = (
                f"{josa(row.person.name, '은/는')} 앞의 줄에도 있습니다. 한 줄만 남겨 주세요."
            )
            draft.complain(row.place, "person", sentence)
        seen.add(row.person.uid)


def _leave(draft: OrderDraft, row: OrderRowDraft) -> None:
    """End what the row ends."""
    stays = row.verb == OrderVerb.PROMOTE and not row.entry.post.strip()
    if row.verb in ENDS_ALL:
        for held in draft.now.held_by(row.person.uid, draft.on):
            draft.end(row, held)
    elif row.verb in ENDS_ONE:
        _leave_one(draft, row, ENDS_ONE[row.verb])
    elif row.verb in MOVES and row.old is not None and holds(row.old, draft.on) and not stays:
        draft.end(row, row.old)


def _leave_one(draft: OrderDraft, row: OrderRowDraft, kind: AssignmentKind) -> None:
    """End the one holding of a kind, or the one at the post that the row names."""
    row.old = None
    held = [each for each in draft.now.held_by(row.person.uid, draft.on) if each.kind == kind]
    if row.entry.post.strip():
        post, wrong = draft.seeker.post(row.entry.post, row.entry.unit, is_free=None)
        if wrong:
            draft.complain(row.place, *wrong)
            return
        held = [each for each in held if each.post == post]
    if not held:
        who = josa(row.person.name, "은/는")
        draft.complain(row.place, "post", f"{who} 이 날 {kind.label} 중이 아닙니다.")
    elif len(held) > 1:
        names = ", ".join(sorted(draft.name(each.post) for each in held))
        sentence = f"{kind.label} 자리가 여럿입니다({names}). 끝낼 자리를 적어 주세요."
        draft.complain(row.place, "post", sentence)
    else:
        row.old = held[0]
        draft.end(row, held[0])


def _arrive(draft: OrderDraft, row: OrderRowDraft) -> None:
    """Begin what the row begins."""
    if row.verb in ENDS_ALL and row.entry.post.strip():
        sentence = f"{row.verb.label}에는 새 자리를 적지 않습니다. 자리를 비워 주세요."
        draft.complain(row.place, "post", sentence)
    if row.verb not in OPENS:
        return
    if why := _why_not_arrive(draft, row):
        draft.complain(row.place, "verb", why)
    elif row.entry.post.strip():
        _come(draft, row, OPENS[row.verb])
    elif row.verb == OrderVerb.PROMOTE and row.old is not None:
        row.post = row.old.post
    else:
        draft.complain(row.place, "post", "새 자리를 적어 주세요.")


def _come(draft: OrderDraft, row: OrderRowDraft, kind: AssignmentKind) -> None:
    """Find the post that the row names and begin there."""
    is_free = draft.is_free if kind == AssignmentKind.FULL else None
    row.post, wrong = draft.seeker.post(row.entry.post, row.entry.unit, is_free=is_free)
    if wrong:
        draft.complain(row.place, *wrong)
    elif row.verb in MOVES and row.old is not None and row.old.post == row.post:
        _stay(draft, row)
    else:
        draft.open(row, kind)


def _why_not_arrive(draft: OrderDraft, row: OrderRowDraft) -> str | None:
    """A verb fits only those who have an own post, or only those who have none."""
    has_post = row.old is not None and holds(row.old, draft.on)
    if row.verb in BEGINS_AFRESH and row.old is not None and has_post:
        return (
            f"{josa(row.person.name, '은/는')} 이미 본직이 있습니다({draft.name(row.old.post)}). "
            f"{OrderVerb.TRANSFER.label}로 넣어 주세요."
        )
    if row.verb == OrderVerb.PROMOTE and not row.entry.post.strip() and not has_post:
        return f"{josa(row.person.name, '은/는')} 본직이 없습니다. 새 자리를 적어 주세요."
    if row.verb in MOVES and row.old is None and not row.person.is_waiting:
        return (
            f"{josa(row.person.name, '은/는')} 본직이 없습니다. "
            f"{OrderVerb.APPOINT.label}이나 {OrderVerb.RETURN.label}으로 넣어 주세요."
        )
    return None


def _stay(draft: OrderDraft, row: OrderRowDraft) -> None:
    """A promotion may leave the person where they are; a transfer may not."""
    if row.verb == OrderVerb.TRANSFER:
        who = josa(row.person.name, "은/는")
        draft.complain(row.place, "post", f"{who} 이미 그 자리에 있습니다.")
    elif row.old is not None:
        draft.ended.discard(row.old.assignment_id)
