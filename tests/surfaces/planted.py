"""The same things in both municipalities, each with words that occur nowhere else."""

from datetime import date

from mokmin.foundation.access import actions as access
from mokmin.foundation.access.actions import Handled, Whence
from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Handling, Role
from mokmin.foundation.calendar import actions as calendar
from mokmin.foundation.calendar.actions import HolidayEntry
from mokmin.foundation.calendar.states import HolidayKind
from mokmin.foundation.jobs import actions as jobs
from mokmin.foundation.jobs.registry import task
from mokmin.foundation.notices import actions as notices
from mokmin.foundation.notices import kinds
from mokmin.foundation.notices.actions import Message
from mokmin.foundation.people import actions
from mokmin.foundation.people import queries as people
from mokmin.foundation.people.actions import Contact
from mokmin.foundation.people.models import Grant, Person
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.trail.models import Act
from tests import seed
from tests.surfaces import planted_files, planted_organisation

WORDS = {"a": "가람만의말", "b": "나래만의말"}
HOLIDAY = date(2026, 5, 4)
NAMES = {"a": "가람군", "b": "나래군"}
TASKS = {
    slug: task(name=f"tests.planted_{slug}", title=word)(lambda _handle: None)
    for slug, word in WORDS.items()
}


def plant() -> None:
    """Settings, an access entry, a review's worth of trail and a job, in both; one account is in
    both, too."""
    for slug in WORDS:
        _plant(slug)
    _share()


def _plant(slug: str) -> None:
    word = WORDS[slug]
    with tenant(seed.tenant_of(slug).pk):
        actor = actor_of(Role.ADMINISTRATOR)
        access.change_settings(
            {"contact_unit": word, "words": {"council": word}, "mfa_roles": []},
            actor=actor,
            at=seed.AT,
        )
        access.log_access(
            Handled(Handling.DOWNLOAD, page=word, subject_uids=(actor.person_uid,), reason=word),
            whence=Whence(actor, "127.0.0.1", word),
            at=seed.AT,
        )
        jobs.enqueue(TASKS[slug], actor=actor, at=seed.AT)
        own = HolidayEntry(word, HolidayKind.LOCAL, word)
        calendar.add_holiday(HOLIDAY, own, reason=word, actor=actor, at=seed.AT)
        everybody = Person.objects.values_list("id", flat=True)
        planted_files.plant(word, actor)
        planted_organisation.plant(word, actor)
        notices.notify(kinds.ORDER, Message(word, word), people=list(everybody), at=seed.AT)


def _share() -> None:
    """An officer of `a` has been taken in by `b` as well."""
    with tenant(seed.tenant_of("b").pk):
        actor, about = actor_of(Role.ADMINISTRATOR), {"reason": WORDS["b"], "at": seed.AT}
        shared = Contact(WORDS["b"], seed.email_of(Role.OFFICER, "a"))
        person = actions.invite(shared, roles=[Role.RECIPIENT], actor=actor, **about)
        actions.revoke(person, Role.RECIPIENT, actor=actor, **about)


def actor_of(role: Role) -> Actor:
    """The actor that the holder of a role is in the municipality in force."""
    account = seed.person_of(role).account
    assert account is not None
    found = people.actor_of(account)
    assert found is not None
    return found


def marks_of(slug: str) -> set[str]:
    """Every word, name, address and number by which a municipality's data would be known."""
    marks = {WORDS[slug], NAMES[slug], f"{slug}.localhost", f"@{slug}.example"}
    with tenant(seed.tenant_of(slug).pk):
        marks |= set(Person.objects.values_list("uid", flat=True))
        marks |= set(Act.objects.values_list("uid", flat=True))
        marks |= planted_organisation.marks()
        assert Grant.objects.exists()
    return marks
