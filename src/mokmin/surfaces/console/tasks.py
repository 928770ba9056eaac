"""What people ask for on pages of the console and a worker does."""

from django.utils import timezone

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.jobs.progress import Progress
from mokmin.foundation.jobs.registry import task
from mokmin.foundation.trail import actions, queries
from mokmin.foundation.trail.queries import Verdict

VERIFIED = "verify_trail"
"""The verb under which a verdict stands in the trail itself."""


@task(name="console.verify_trail", title="변경 이력 검증")
def verify_trail(handle: Progress) -> dict[str, object]:
    """Prove the chain stretch by stretch, each in a transaction of its own; keep the verdict.

    It starts from the first link at every attempt: what was proven before may have changed.
    """
    verdict = Verdict(0, 0, is_over=False)
    while not verdict.is_over:
        with handle.transaction(read_only=True):
            verdict = queries.verify_on(verdict)
            whole = max(verdict.links, queries.length())
            handle.step(verdict.links, whole, f"연결 {verdict.links:,}개를 확인했습니다.")
    return _keep(handle, verdict)


def _keep(handle: Progress, verdict: Verdict) -> dict[str, object]:
    doer = Actor(person_id=handle.asked_by_id, name=handle.asked_by_name)
    result = {
        "is_sound": verdict.is_sound,
        "sentence": verdict.sentence,
        "links": verdict.links,
        "head": verdict.head,
    }
    with handle.transaction():
        with actions.act(VERIFIED, actor=doer, at=timezone.now(), reason=verdict.sentence):
            handle.step(verdict.links, max(verdict.links, 1))
        handle.finish(result)
    return result
