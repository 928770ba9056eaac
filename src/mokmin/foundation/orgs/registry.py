"""What the organisation tells rooms below: what is due, and what a hand-over holds by now."""

from collections.abc import Callable, Sequence
from datetime import date

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.queries import settings as chosen
from mokmin.foundation.calendar.kinds import DatedThing, Move
from mokmin.foundation.calendar.kinds import contributes as contributes_due
from mokmin.foundation.files import kinds as files
from mokmin.foundation.orgs import (
    access,
    actions_hand_over,
    handover,
    queries_changes,
    queries_units,
)
from mokmin.lib.working_days import WorkingDays


def _recount(days: WorkingDays) -> Sequence[Move]:
    return handover.recount(days, term=chosen().hand_over_days)


def _why_not_attach(actor: Actor, _record_id: int) -> str | None:
    return access.why_not_change_organisation(actor)


def _papers(page: str, names: Callable[[int, date], Sequence[str]]) -> files.FileRule:
    """Papers of units and orders are read by everybody who reads the organisation."""
    return files.FileRule(
        why_not_attach=_why_not_attach,
        is_open_to=lambda actor: access.why_not_see_organisation(actor) is None,
        page=page,
        names=names,
    )


HAND_OVER = DatedThing(
    slug="hand-over",
    name="인계인수 확인 기한",
    dues=handover.dues,
    recount=_recount,
    shift=actions_hand_over.shift_dues,
    touched_at=handover.touched_at,
)

contributes_due(HAND_OVER)
files.declare("unit", _papers("부서 첨부 파일", queries_units.people_of_record))
files.declare("order", _papers("인사발령 첨부 파일", queries_changes.people_of_order))
files.declare(
    "reorganisation", _papers("조직개편 첨부 파일", queries_changes.people_of_reorganisation)
)
handover.contributes("담당 업무", handover.duties)
handover.contributes("맡은 부서와 자리", handover.charges)
handover.contributes("예정된 조직개편과 발령", handover.plans)
handover.contributes("끝나지 않은 인계인수", handover.unfinished)
