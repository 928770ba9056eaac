"""A small county for the tests of the organisation: a tree of units, posts and people."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.orgs import actions_posts, loading
from mokmin.foundation.orgs.actions_posts import NewHolding
from mokmin.foundation.orgs.models import Post
from mokmin.foundation.orgs.states import PostRank, UnitKind
from mokmin.foundation.orgs.steps import NewPost, NewUnit
from mokmin.foundation.people.models import Person

AT = datetime(2026, 6, 10, 3, 0, tzinfo=UTC)
TODAY = date(2026, 6, 10)
FOUNDED_ON = date(2024, 1, 1)
DAY = date(2026, 7, 1)

UNITS = (
    ("군수", UnitKind.HEAD, None),
    ("기획과", UnitKind.DEPARTMENT, "군수"),
    ("기획팀", UnitKind.TEAM, "기획과"),
    ("예산팀", UnitKind.TEAM, "기획과"),
    ("재무과", UnitKind.DEPARTMENT, "군수"),
    ("계약팀", UnitKind.TEAM, "재무과"),
    ("재산팀", UnitKind.TEAM, "재무과"),
)
RANKS = {"과장": PostRank.UNIT_HEAD, "팀장": PostRank.TEAM_HEAD}
POSTS = (
    ("기획과장", "기획과", "과장", "가과장"),
    ("재무과장", "재무과", "과장", "나과장"),
    ("기획팀장", "기획팀", "팀장", "다팀장"),
    ("예산팀장", "예산팀", "팀장", "라팀장"),
    ("계약팀장", "계약팀", "팀장", "마팀장"),
    ("재산팀장", "재산팀", "팀장", None),
    ("기획1", "기획팀", "주무관", "바주무"),
    ("기획2", "기획팀", "주무관", "사주무"),
    ("예산1", "예산팀", "주무관", "아주무"),
    ("계약1", "계약팀", "주무관", "자주무"),
    ("재산1", "재산팀", "주무관", "차주무"),
    ("재산2", "재산팀", "주무관", None),
)


@dataclass
class SmallCounty:
    """The addresses of everything by the words that the tests use."""

    actor: Actor
    units: dict[str, str] = field(default_factory=dict)
    posts: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)

    def now(self, day: date = DAY):
        """Everything that there is from the day on."""
        return loading.organisation_from(day)

    def tree(self, day: date = DAY) -> list[str]:
        """Every unit with those above it on the day."""
        now = loading.whole_organisation()
        return sorted(now.path(unit.uid, day) for unit in now.on(day).units)

    def seats(self, day: date = DAY) -> dict[str, str]:
        """Who sits where on the day, in own posts."""
        now = loading.whole_organisation().on(day)
        return {held.name: now.post_name(held.post, day) for held in now.holdings if held.is_full}

    def post(self, key: str) -> Post:
        """A post by its word."""
        return Post.objects.get(uid=self.posts[key])

    def person(self, name: str, email: str = "") -> str:
        """One person more; their address."""
        made = Person.objects.create(name=name, email=email, joined_at=AT)
        self.people[name] = made.uid
        return made.uid


def found(actor: Actor) -> SmallCounty:
    """Set the county up, everybody in their place since the first day."""
    county = SmallCounty(actor)
    made = actions_posts.set_up(
        [
            NewUnit(name, kind, name, parent, place)
            for place, (name, kind, parent) in enumerate(UNITS)
        ],
        [
            NewPost(key, unit, RANKS.get(title, PostRank.OFFICER), title, duties=f"{key} 업무")
            for key, unit, title, _ in POSTS
        ],
        on=FOUNDED_ON,
        reason="첫 등록",
        actor=actor,
        at=AT,
    )
    county.units, county.posts = dict(made.units), dict(made.posts)
    holdings = [
        NewHolding(county.person(name), county.posts[key], FOUNDED_ON)
        for key, _, _, name in POSTS
        if name
    ]
    actions_posts.assign(holdings, reason="첫 등록", actor=actor, at=AT)
    return county
