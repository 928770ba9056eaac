"""What an order does with each person, and what should be known before it is given."""

from collections.abc import Iterable, Iterator

from mokmin.foundation.orgs.assigning import OrderDraft, OrderRowDraft
from mokmin.foundation.orgs.sheets import ENDS_ALL, GOES_FOR_GOOD, MOVES, EntryResult
from mokmin.foundation.orgs.states import AssignmentKind, OrderVerb
from mokmin.foundation.orgs.values import Holding, Organisation
from mokmin.lib.korean import josa


def result(draft: OrderDraft, row: OrderRowDraft) -> EntryResult:
    """What a row does with its person."""
    keeps_own = row.verb in (OrderVerb.CONCURRENT, OrderVerb.ACT)
    from_post = row.old.post if row.old and not keeps_own else ""
    return EntryResult(
        row=row.place,
        person=row.person.uid,
        person_id=row.person.person_id,
        name=row.person.name,
        verb=row.verb,
        from_post=from_post,
        to_post=row.post,
        before=draft.name(from_post) if from_post else "",
        after=draft.name(row.post) if row.post else "",
        notes=(*row.notes, *_notes_on_row(draft, row)),
    )


def _notes_on_row(draft: OrderDraft, row: OrderRowDraft) -> Iterator[str]:
    if row.verb in GOES_FOR_GOOD:
        yield "계정은 그대로 열려 있습니다. 더 쓰지 않으면 계정 화면에서 닫아 주세요."
    if row.verb in MOVES:
        for held in draft.now.held_by(row.person.uid, draft.on):
            if not held.is_full and held.assignment_id not in draft.ended:
                yield f"{draft.name(held.post)} {josa(held.kind.label, '은/는')} 그대로입니다."
    if row.verb in ENDS_ALL and row.old is None:
        yield "이 날 맡은 본직이 없습니다."


def notes(draft: OrderDraft, after: Organisation) -> Iterator[str]:
    """What is no error and should be known: posts left empty, somebody still acting."""
    for held in draft.now.holdings:
        is_left = held.assignment_id in draft.ended and held.is_full
        is_there = after.post(held.post, draft.on) is not None
        if is_left and is_there and after.full_holder(held.post, draft.on) is None:
            yield _empty(draft, after, held.post)
    for _, held in draft.opened:
        others = [each for each in after.holders(held.post, draft.on) if each.person != held.person]
        if held.is_full and any(each.kind == AssignmentKind.ACTING for each in others):
            names = _names(draft, (each for each in others if not each.is_full))
            what = f"{draft.name(held.post)} {AssignmentKind.ACTING.label}({names})"
            yield f"{josa(what, '이/가')} 그대로 남습니다. 해제할지 확인해 주세요."
        if held.kind == AssignmentKind.ACTING and any(each.is_full for each in others):
            yield f"{draft.name(held.post)}에는 본직이 있습니다({_names(draft, others[:1])})."


def _empty(draft: OrderDraft, after: Organisation, post: str) -> str:
    held = after.holders(post, draft.on)
    acting = _names(draft, (each for each in held if each.kind == AssignmentKind.ACTING))
    name = after.post_label(post, draft.on)
    if acting:
        return f"{josa(name, '은/는')} 본직 없이 {acting} 직무대리로 남습니다."
    return f"{name} 자리가 빕니다."


def _names(draft: OrderDraft, holdings: Iterable[Holding]) -> str:
    """What these people are called, kept for the access log."""
    found = tuple(holdings)
    draft.named.update(held.person for held in found)
    return ", ".join(held.name for held in found)
