"""Puts the invented county into the municipality in force, by the actions that people use."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date, datetime
from typing import Any

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.orgs import actions as orgs
from mokmin.foundation.orgs import actions_posts as posts_of
from mokmin.foundation.orgs.actions_posts import NewHolding
from mokmin.foundation.orgs.models import Post
from mokmin.foundation.orgs.sheets import OrderEntry, OrderSheet
from mokmin.foundation.orgs.steps import ReorganisationPlan
from mokmin.foundation.people import actions as people
from mokmin.foundation.people.actions import Contact
from mokmin.foundation.people.models import Person
from mokmin.surfaces.cli.county import before
from mokmin.surfaces.cli.county.history import County
from mokmin.surfaces.cli.county.staff import OrderSpec, Staff

REASON = "조직과 발령 이력 자료 이관"

Note = Callable[[str], None]


@dataclass
class MovingIn:
    """The county on its way in: what each key has become."""

    county: County
    actor: Actor
    note: Note
    contacts: Mapping[str, Contact]
    """How those are reached who sign in, by name; the others have the mailbox of their number."""

    persons: dict[str, Person] = field(default_factory=dict)
    """Official by number; whoever signs in is known before."""

    uids: dict[str, str] = field(default_factory=dict)
    """Unit or post by key."""

    def bring_past(self, at: datetime) -> None:
        """Units, posts, people and every order until now (자료 이관)."""
        self._register(at)
        self._found(at)
        past = [order for order in self.county.orders if order.on <= at.date()]
        for order in past:
            if order.on >= self.county.days.reorganised and before.STRATEGY not in self.uids:
                self._reorganise(at)
            self.issue(order, at)
        self._close_those_who_left(at)

    def issue(self, order: OrderSpec, at: datetime) -> None:
        """One order, as whoever is in charge enters it."""
        self.note(order.title)
        is_past = order.on < at.date()
        sheet = OrderSheet(
            title=order.title,
            on=order.on,
            number=order.number,
            entries=tuple(
                OrderEntry(
                    person=self.persons[line.person].uid,
                    verb=line.verb,
                    post=self.uids.get(line.post, ""),
                    note=line.note,
                )
                for line in order.lines
            ),
            reason=REASON if is_past else "",
            accepts_past=is_past,
            makes_hand_overs=not is_past,
        )
        orgs.order(sheet, actor=self.actor, at=at)

    def _register(self, at: datetime) -> None:
        self.note("직원")
        new = [each for each in self.county.staff if each.number not in self.persons]
        contacts = [self._contact(each) for each in new]
        made = people.register(contacts, reason=REASON, actor=self.actor, at=at)
        self.persons |= {each.number: person for each, person in zip(new, made, strict=True)}

    def _contact(self, person: Staff) -> Contact:
        if person.is_settled and person.name in self.contacts:
            return self.contacts[person.name]
        return Contact(person.name, f"{person.number}@haesol.example")

    def _found(self, at: datetime) -> None:
        self.note("조직과 정원")
        first, since = self.county.first, self.county.days.since
        founded = posts_of.set_up(
            [before.new_unit(unit, self.county.now) for unit in first.units],
            [before.new_post(post, self.county.now) for post in first.posts],
            on=since,
            reason=REASON,
            actor=self.actor,
            at=at,
        )
        self.uids |= {**founded.units, **founded.posts}
        holdings = [
            NewHolding(self.persons[who].uid, self.uids[post], since)
            for post, who in self.county.seats.items()
        ]
        posts_of.assign(holdings, reason=REASON, actor=self.actor, at=at)

    def _reorganise(self, at: datetime) -> None:
        self.note(before.TITLE)
        on = self.county.days.reorganised
        plan = ReorganisationPlan(
            title=before.TITLE,
            on=on,
            steps=tuple(self._named(step) for step in before.steps(self.county.now)),
            reason=before.REASON,
            accepts_past=on < at.date(),
            makes_hand_overs=on >= at.date(),
        )
        done = orgs.reorganise(plan, actor=self.actor, at=at)
        self.uids |= done.made
        for post, changes in before.changed_posts(self.county.now):
            posts_of.change_post(
                Post.objects.get(uid=self.uids[post]),
                changes,
                on=on,
                reason=before.REASON,
                actor=self.actor,
                at=at,
            )

    def _named(self, step: Any) -> Any:
        """The step with uids in the place of the keys of what is there."""
        if is_dataclass(step) and not isinstance(step, type):
            kept = {"key", "name", "title", "duties", "grade", "phone"}
            given = {each.name: getattr(step, each.name) for each in fields(step)}
            return replace(
                step,
                **{
                    name: value if name in kept else self._named(value)
                    for name, value in given.items()
                },
            )
        if isinstance(step, tuple):
            return tuple(self._named(each) for each in step)
        return self.uids.get(step, step) if type(step) is str else step

    def _close_those_who_left(self, at: datetime) -> None:
        for each in self.county.staff:
            if each.left_on and each.left_on <= at.date() and each.left_by:
                reason = f"{each.left_by.label}({each.left_on.isoformat()})"
                people.close(self.persons[each.number], reason=reason, actor=self.actor, at=at)


def future(orders: Iterable[OrderSpec], *, after: date) -> list[OrderSpec]:
    """Orders that come out once the past is in."""
    return [order for order in orders if order.on > after]
