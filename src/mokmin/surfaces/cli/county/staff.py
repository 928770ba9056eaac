"""The officials of the county, and the dated orders (인사발령) that moved them for three years."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from mokmin.foundation.orgs.states import OrderVerb, PostRank
from mokmin.surfaces.cli.county.names import Registry
from mokmin.surfaces.cli.county.units import PostSpec

RETIRING = 60
"""Age at which officials retire (정년), 지방공무원법 제66조."""

TENURE = 540
"""Days after which an official is usually moved."""

AGES = {
    PostRank.MAYOR: (58, 63),
    PostRank.DEPUTY_MAYOR: (54, 57),
    PostRank.BUREAU_HEAD: (56, 59),
    PostRank.UNIT_HEAD: (50, 59),
    PostRank.TEAM_HEAD: (42, 59),
    PostRank.OFFICER: (25, 50),
}
BELOW = {
    PostRank.BUREAU_HEAD: PostRank.UNIT_HEAD,
    PostRank.UNIT_HEAD: PostRank.TEAM_HEAD,
    PostRank.TEAM_HEAD: PostRank.OFFICER,
}
"""From which rank a vacant head's post is filled."""


@dataclass(slots=True)
class Staff:
    """An official: by number (사번), with the half-year in which they retire."""

    number: str
    name: str
    born: date
    series: str
    rank: PostRank
    is_settled: bool = False
    """Stays in the post: one of those who sign in."""

    left_on: date | None = None
    left_by: OrderVerb | None = None


@dataclass(frozen=True, slots=True)
class LineSpec:
    """One line of an order, by number of the official and key of the post."""

    person: str
    verb: OrderVerb
    post: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class OrderSpec:
    """One order, in the words of the paper that announced it."""

    on: date
    title: str
    number: str
    lines: tuple[LineSpec, ...]


@dataclass
class Office:
    """Who sits where; every deed writes the lines of the order that is being drawn up."""

    random: Random
    registry: Registry
    posts: dict[str, PostSpec]
    on: date
    staff: dict[str, Staff] = field(default_factory=dict)
    seats: dict[str, str] = field(default_factory=dict)
    since: dict[str, date] = field(default_factory=dict)
    away: dict[str, tuple[str, date]] = field(default_factory=dict)
    """On leave or elsewhere: why, and until when."""

    acting: dict[str, str] = field(default_factory=dict)
    """Vacant head's post → who acts for it."""

    lines: list[LineSpec] = field(default_factory=list)
    orders: list[OrderSpec] = field(default_factory=list)

    # -- who is there

    def seat_of(self, person: str) -> str:
        """Key of the person's post; empty while away."""
        return next((post for post, held in self.seats.items() if held == person), "")

    def vacant(self, rank: PostRank) -> list[str]:
        """Posts of a rank without a holder, in the order of the ordinance."""
        return [
            key for key, post in self.posts.items() if post.rank is rank and key not in self.seats
        ]

    def serving(self) -> int:
        """How many officials there are, those on leave included."""
        return sum(each.left_on is None for each in self.staff.values())

    def free(self, rank: PostRank) -> list[Staff]:
        """Those of a rank who can be moved by the order being drawn up, longest in post first."""
        named = {line.person for line in self.lines}
        acting = set(self.acting.values())
        found = [
            self.staff[person]
            for post, person in self.seats.items()
            if self.posts[post].rank is rank
        ]
        movable = [
            each for each in found if not each.is_settled and each.number not in named | acting
        ]
        return sorted(movable, key=lambda each: (self.since[each.number], each.number))

    # -- deeds

    def issue(self, title: str, on: date | None = None) -> None:
        """Announce what has been drawn up."""
        if on is not None:
            self.on = on
        if self.lines:
            year = sum(order.on.year == self.on.year for order in self.orders) + 1
            number = f"해솔군 인사발령 제{self.on.year}-{year}호"
            self.orders.append(OrderSpec(self.on, title, number, tuple(self.lines)))
        self.lines = []

    def hire(self, post: str, *, verb: OrderVerb = OrderVerb.APPOINT, note: str = "") -> Staff:
        """Somebody new comes into a vacant post."""
        new = self.enrol(post)
        self._say(new.number, verb, post, note)
        self._sit(post, new.number)
        return new

    def enrol(self, post: str, *, name: str = "", is_settled: bool = False) -> Staff:
        """Somebody who fits the post is on the books."""
        spec = self.posts[post]
        low, high = AGES[spec.rank]
        if self.orders and spec.rank is PostRank.OFFICER:
            low, high = 24, 33
        born = date(self.on.year - self.random.randint(low, high), self.random.randint(1, 12), 15)
        joined = max(born.year + self.random.randint(24, 29), 1991)
        new = Staff(
            number=f"h{min(joined, self.on.year)}{len(self.staff) + 1:04d}",
            name=name or self.registry.new(born=born.year).text,
            born=born,
            series=spec.series,
            rank=spec.rank,
            is_settled=is_settled,
        )
        self.staff[new.number] = new
        return new

    def seat(self, post: str, person: Staff) -> None:
        """The person has held the post from the beginning."""
        self._sit(post, person.number)

    def move(self, person: Staff, post: str, verb: OrderVerb = OrderVerb.TRANSFER) -> None:
        """To another post; a promotion takes the rank with it."""
        self._rise(person.number)
        self._say(person.number, verb, post)
        self._sit(post, person.number)
        person.rank = self.posts[post].rank

    def rotate(self, people: Sequence[Staff]) -> None:
        """Each takes the post of the next one."""
        posts = [self.seat_of(each.number) for each in people]
        for each in people:
            self._rise(each.number)
        for each, post in zip(people, [*posts[1:], posts[0]], strict=True):
            self._say(each.number, OrderVerb.TRANSFER, post)
            self._sit(post, each.number)

    def send_off(self, person: Staff, verb: OrderVerb, note: str = "") -> None:
        """Leaves for good (퇴직·전출)."""
        self._rise(person.number)
        self._say(person.number, verb, "", note)
        person.left_on, person.left_by = self.on, verb

    def send_away(self, person: Staff, verb: OrderVerb, days: int, note: str) -> None:
        """Leaves for a time (휴직·파견)."""
        self._rise(person.number)
        self._say(person.number, verb, "", note)
        self.away[person.number] = (note, self.on + timedelta(days=days))

    def come_back(self, person: Staff, post: str) -> None:
        """Returns (복직) into a vacant post."""
        why, _ = self.away.pop(person.number)
        self._say(person.number, OrderVerb.RETURN, post, f"{why} 복귀")
        self._sit(post, person.number)

    def act_for(self, post: str, person: Staff) -> None:
        """Acts for a vacant head's post (직무대리) from the own one."""
        self._say(person.number, OrderVerb.ACT, post)
        self.acting[post] = person.number

    def end_acting(self) -> None:
        """Whoever acts for a post that has a holder again stops doing so."""
        named = {line.person for line in self.lines}
        for post, person in list(self.acting.items()):
            if post in self.seats and person not in named:
                self._say(person, OrderVerb.END_ACT, post)
                del self.acting[post]

    def reorganise(self, posts: Iterable[PostSpec]) -> list[Staff]:
        """The posts from now on; whoever sat in one that is closed stands without a post."""
        self.posts = {post.key: post for post in posts}
        closed = [post for post in self.seats if post not in self.posts]
        self.acting = {post: who for post, who in self.acting.items() if post in self.posts}
        return [self.staff[self.seats.pop(post)] for post in closed]

    def _say(self, person: str, verb: OrderVerb, post: str, note: str = "") -> None:
        self.lines.append(LineSpec(person, verb, post, note))

    def _rise(self, person: str) -> None:
        if seat := self.seat_of(person):
            del self.seats[seat]

    def _sit(self, post: str, person: str) -> None:
        self.seats[post] = person
        self.since[person] = self.on
