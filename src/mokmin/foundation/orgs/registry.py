"""What the organisation tells rooms below: what is due, and what a hand-over holds by now."""

from mokmin.foundation.calendar.kinds import DatedThing
from mokmin.foundation.calendar.kinds import contributes as contributes_due
from mokmin.foundation.orgs import actions_hand_over, handover

HAND_OVER = DatedThing(
    slug="hand-over",
    name="인계인수 확인 기한",
    dues=handover.dues,
    recount=handover.recount,
    shift=actions_hand_over.shift_dues,
    touched_at=handover.touched_at,
)

contributes_due(HAND_OVER)
handover.contributes("담당 업무", handover.duties)
handover.contributes("맡은 부서와 자리", handover.charges)
handover.contributes("예정된 조직개편과 발령", handover.plans)
handover.contributes("끝나지 않은 인계인수", handover.unfinished)
