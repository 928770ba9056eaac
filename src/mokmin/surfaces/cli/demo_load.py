"""Loads the demo municipality, all by the actions that people use."""

import json
import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from random import Random

from django.utils import timezone

from mokmin.foundation.access import actions as access
from mokmin.foundation.access.actions import Handled, Whence
from mokmin.foundation.access.actor import VISITOR, Actor
from mokmin.foundation.access.states import Handling, Role
from mokmin.foundation.calendar import actions as holidays
from mokmin.foundation.orgs import actions_hand_over as hand_over
from mokmin.foundation.orgs import queries_people as orgs
from mokmin.foundation.orgs.models import HandOver
from mokmin.foundation.orgs.states import ROLE_OF_RANK
from mokmin.foundation.people import actions as people
from mokmin.foundation.people import queries as people_now
from mokmin.foundation.people.actions import Contact
from mokmin.foundation.people.models import Person
from mokmin.foundation.tenancy import actions as tenancy
from mokmin.foundation.tenancy import queries as tenants
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.tenancy.models import Tenant
from mokmin.foundation.tenancy.states import TenantKind
from mokmin.foundation.tenancy.vocabulary import BY_KIND
from mokmin.lib.korean import SEOUL
from mokmin.lib.period import Period
from mokmin.lib.uid import ALPHABET
from mokmin.surfaces.cli import demo_data as data
from mokmin.surfaces.cli import folders
from mokmin.surfaces.cli.county import history, outside, units
from mokmin.surfaces.cli.county.moving_in import MovingIn, future
from mokmin.surfaces.cli.county.staff import OrderSpec
from mokmin.surfaces.cli.demo_data import Deed, Someone, Visit

Note = Callable[[str], None]

ORDERED = time(9, 0)
"""When an order is entered on the day that it takes effect."""

BY_POST = frozenset(ROLE_OF_RANK.values())
"""Roles that come with a post."""

INSTALLER = Actor(name="설치")
SATURDAY = 5


def load(note: Note) -> bool:
    """Have the municipality with its people and history; False when it is there already."""
    now = timezone.now()
    calendar = Calendar(now)
    found = tenants.by_slug(data.SLUG) or _create(calendar)
    with tenant(found.pk):
        is_new = people_now.other_administrators(0) == 0
        if is_new:
            Story(calendar, note).tell()
        if is_new or not folders.demo().exists():
            note("비밀번호")
            keep(_accounts(new_password()))
    return is_new


def _create(calendar: "Calendar") -> Tenant:
    at = calendar.at(data.FOUNDER.day, time(9, 0))
    return tenancy.create_tenant(
        slug=data.SLUG, name=data.NAME, kind=data.KIND, code="", hosts=data.HOSTS, at=at
    )


class Calendar:
    """Instants some working days before today, on the clock of Seoul."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.today = now.astimezone(SEOUL).date()

    def at(self, working_days_ago: int, clock: time) -> datetime:
        """The moment on that working day (holidays are not known here)."""
        day = self.today
        while working_days_ago > 0:
            day -= timedelta(days=1)
            working_days_ago -= day.weekday() < SATURDAY
        return datetime.combine(day, clock, tzinfo=SEOUL)


class Story:
    """What happened in the municipality in force, told in the order of the days."""

    def __init__(self, calendar: Calendar, note: Note) -> None:
        self.calendar = calendar
        self.note = note
        self.persons: dict[str, Person] = {}
        self.actors: dict[str, Actor] = {}
        words = BY_KIND[TenantKind(data.KIND)]
        structure = units.today(data.NAME, words.mayor, words.deputy_mayor)
        self.county = history.county(structure, today=calendar.today)

    def tell(self) -> None:
        """All of it, or nothing."""
        at = self.calendar.at(data.FOUNDER.day, time(9, 5))
        first = people.found_first_administrator(_contact(data.FOUNDER), actor=INSTALLER, at=at)
        self._know(data.FOUNDER.name, first)
        holidays.seed(today=self.calendar.today, at=at)
        for _when, what in sorted(self._chapters(), key=lambda chapter: chapter[0]):
            what()
        self._visits()
        self._review()

    def _chapters(self) -> list[tuple[datetime, Callable[[], None]]]:
        chapters: list[tuple[datetime, Callable[[], None]]] = []
        for number, someone in enumerate(data.PEOPLE):
            at = self.calendar.at(someone.day, time(10, 2 * number))
            if someone.role not in BY_POST:
                chapters.append((at, partial(self._invite, someone, at)))
        moved = self.calendar.at(*data.IMPORT)
        chapters.append((moved, partial(self._bring_organisation, moved)))
        for order in future(self.county.orders, after=moved.date()):
            at = min(datetime.combine(order.on, ORDERED, tzinfo=SEOUL), self.calendar.now)
            chapters.append((at, partial(self._order, order, at)))
        for number, outsider in enumerate(self._outsiders()):
            at = self.calendar.at(20 - number // 2, time(14, number))
            chapters.append((at, partial(self._invite, outsider, at)))
        for day, clock, values in data.SETTINGS:
            at = self.calendar.at(day, clock)
            chapters.append((at, partial(self._choose, values, at)))
        chapters += self._hand_overs()
        for event in data.EVENTS:
            at = self.calendar.at(event.day, event.at)
            chapters.append((at, partial(self._change, event, at)))
        return chapters

    def _hand_overs(self) -> Iterator[tuple[datetime, Callable[[], None]]]:
        """What a leaver added, who was named to take over, and a sheet that is acknowledged."""
        at = self.calendar.at(data.REMARK.day, data.REMARK.at)
        yield at, partial(self._remark, at)
        at = self.calendar.at(data.TAKER.day, data.TAKER.at)
        yield at, partial(self._name_taker, at)
        at = self.calendar.at(data.TAKEN.day, data.TAKEN.at)
        yield at, partial(self._take_over, at)

    def _remark(self, at: datetime) -> None:
        leaver = self.actors[data.REMARK.name]
        hand_over.remark(self._sheet_of(data.REMARK.name), data.REMARK.reason, actor=leaver, at=at)

    def _name_taker(self, at: datetime) -> None:
        hand_over.name_successor(
            self._sheet_of(data.REMARK.name),
            self.persons[data.TAKER.name],
            reason=data.TAKER.reason,
            actor=self.administrator,
            at=at,
        )

    def _take_over(self, at: datetime) -> None:
        taker = self.persons[data.TAKEN.name]
        sheet = HandOver.objects.filter(successor=taker).latest("id")
        hand_over.acknowledge(sheet, actor=self.actors[data.TAKEN.name], at=at)

    def _sheet_of(self, leaver: str) -> HandOver:
        return HandOver.objects.filter(leaver=self.persons[leaver]).latest("id")

    @property
    def administrator(self) -> Actor:
        """Who does it all."""
        return self.actors[data.FOUNDER.name]

    def _know(self, name: str, person: Person) -> None:
        self.persons[name] = person
        today = self.calendar.today
        if person.account and (actor := orgs.actor_of(person.account, on=today)):
            self.actors[name] = actor

    def _outsiders(self) -> list[Someone]:
        """Residents, recipients and evaluators besides those who sign in."""
        found = outside.outsiders(
            Random(history.SEED),  # invents people, keeps no secret
            taken={each.name for each in self.county.staff},
            known=[who.reason for who in data.PEOPLE],
        )
        return [
            Someone(each.role, each.name, 9300 + number, each.reason, mailbox=each.mailbox)
            for number, each in enumerate(found)
        ]

    def _bring_organisation(self, at: datetime) -> None:
        """The past of the organisation, and everybody whose role comes with a post."""
        moving = MovingIn(self.county, self.administrator, self.note, _contacts())
        numbers = {each.name: each.number for each in self.county.staff if each.is_settled}
        moving.persons = {
            numbers[name]: person for name, person in self.persons.items() if name in numbers
        }
        moving.bring_past(at)
        for name, number in numbers.items():
            if name in history.NAMED:
                self._know(name, moving.persons[number])
        self.moving = moving

    def _order(self, order: OrderSpec, at: datetime) -> None:
        self.moving.issue(order, at)

    def _invite(self, someone: Someone, at: datetime) -> None:
        self.note(someone.name)
        person = people.invite(
            _contact(someone),
            roles=[someone.role],
            reason=someone.reason,
            actor=self.administrator,
            at=at,
        )
        self._know(someone.name, person)

    def _choose(self, values: dict[str, object], at: datetime) -> None:
        access.change_settings(values, actor=self.administrator, at=at)

    def _change(self, event: Deed, at: datetime) -> None:
        person = self.persons[event.name]
        if event.verb == "change_contact":
            contact = Contact(person.name, person.email, event.values["phone"])
            people.change_contact(person, contact, actor=self.administrator, at=at)
        elif event.verb == "close":
            people.close(person, reason=event.reason, actor=self.administrator, at=at)
        else:
            act = people.grant if event.verb == "grant" else people.revoke
            role = event.values["role"]
            act(person, role, reason=event.reason, actor=self.administrator, at=at)

    def _visits(self) -> None:
        self.note("접속기록")
        visits = sorted(data.VISITS, key=lambda visit: (-visit.day, visit.at))
        for visit in visits:
            at = self.calendar.at(visit.day, visit.at)
            access.log_access(self._handled(visit), whence=self._whence(visit), at=at)
        access.seal_access_log(today=self.calendar.today, at=self.calendar.now)

    def _handled(self, visit: Visit) -> Handled:
        uids = [self.persons[name].uid for name in visit.subjects]
        return Handled(visit.handling, page=visit.page, subject_uids=uids, reason=visit.reason)

    def _whence(self, visit: Visit) -> Whence:
        number = 10 + list(self.actors).index(visit.name)
        return Whence(self._who(visit), data.ADDRESS.format(number))

    def _who(self, visit: Visit) -> Actor:
        """Whoever fails to sign in is known by the address given, and by nothing else."""
        actor = self.actors[visit.name]
        if visit.handling is Handling.SIGN_IN_FAILED:
            return Actor(name=VISITOR.name, email=actor.email)
        return actor

    def _review(self) -> None:
        last_month = self.calendar.today.replace(day=1) - timedelta(days=1)
        auditor = next(who.name for who in data.PEOPLE if who.role is Role.AUDITOR)
        access.review_access_log(
            Period.containing(last_month, months=1),
            finding=data.FINDING,
            actor=self.actors[auditor],
            at=self.calendar.now,
        )


def _contacts() -> dict[str, Contact]:
    return {who.name: _contact(who) for who in data.PEOPLE if who.role in BY_POST}


def _contact(someone: Someone) -> Contact:
    return Contact(someone.name, someone.email, someone.phone)


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts that may sign in, one per role, all with one password."""

    password: str
    rows: tuple[tuple[str, str, str], ...]
    """Role, name, e-mail."""


def _accounts(password: str) -> Accounts:
    everyone = (data.FOUNDER, *data.PEOPLE)
    shown = [next(who for who in everyone if who.role is role) for role in Role]
    found = [people_now.account_here(who.email) for who in shown]
    people.set_one_password([account for account in found if account], password)
    rows = ((str(who.role.label), who.name, who.email) for who in shown)
    return Accounts(password, tuple(rows))


def new_password() -> str:
    """Twelve characters in threes, easy to type; a new one for every new demo."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))


def keep(accounts: Accounts) -> None:
    """Write down what is printed at every start; readable by this user only."""
    path = folders.demo()
    text = json.dumps({"password": accounts.password, "rows": accounts.rows}, ensure_ascii=False)
    new = Path(f"{path}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    new.replace(path)
