"""Many rows in every list: what a list costs must not depend on how full it is."""

from collections.abc import Callable
from datetime import datetime, timedelta

from mokmin.foundation.access import actions as access
from mokmin.foundation.access.actions import Handled, Whence
from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.models import AccessReview
from mokmin.foundation.access.states import Handling, Role
from mokmin.foundation.jobs import actions as jobs
from mokmin.foundation.notices import actions as notices
from mokmin.foundation.notices import kinds
from mokmin.foundation.notices.actions import Message
from mokmin.foundation.people import actions as people
from mokmin.foundation.people.actions import Contact
from mokmin.foundation.tenancy.context import tenant
from tests import seed
from tests.surfaces import planted, planted_files
from tests.surfaces import planted_organisation as org

Filler = Callable[[int, Actor, datetime], object]


def _person(number: int, actor: Actor, at: datetime) -> None:
    contact = Contact(f"담당{number}", f"many{number}@a.example")
    people.invite(contact, roles=["officer", "legal"], reason="채움", actor=actor, at=at)


def _entry(_number: int, actor: Actor, at: datetime) -> None:
    handled = Handled(Handling.VIEW, page="채움", subject_uids=(actor.person_uid,))
    access.log_access(handled, whence=Whence(actor), at=at)


def _review(number: int, _actor: Actor, at: datetime) -> None:
    AccessReview.objects.create(
        month=f"{2000 + number // 12}-{number % 12 + 1:02}",
        entry_count=number,
        is_chain_sound=True,
        finding="이상 없음",
        reviewer_name="강감사",
        reviewed_at=at,
    )


def _job(_number: int, actor: Actor, at: datetime) -> None:
    jobs.enqueue(planted.TASKS["a"], actor=actor, at=at)


def _notice(number: int, actor: Actor, at: datetime) -> None:
    message = Message(f"채움 {number}", about=f"{number:010}")
    notices.notify(kinds.ORDER, message, people=[actor.person_id or 0], at=at)


def _file(number: int, actor: Actor, _at: datetime) -> None:
    planted_files.parts(f"채움{number}", actor)


FILLERS: dict[str, Filler] = {
    "console:people": _person,
    "console:trail": _person,
    "console:access-log": _entry,
    "console:past-reviews": _review,
    "console:jobs": _job,
    "console:notices": _notice,
    "console:files": _file,
    "console:file-checks": _file,
    "console:organisation-posts": org.one_more_post,
    "console:reorganisations": org.one_more_reorganisation,
    "console:orders": org.one_more_order,
    "console:hand-overs": org.one_more_hand_over,
}
"""Route of a list → how it gets a row more; a list without one fails."""


def fill(route: str, count: int) -> None:
    """So many rows more in a list of 가람군, as its administrator sees it."""
    with tenant(seed.tenant_of("a").pk):
        actor = planted.actor_of(Role.ADMINISTRATOR)
        for number in range(count):
            FILLERS[route](number, actor, seed.AT + timedelta(minutes=number))
