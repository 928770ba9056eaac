"""The organisation of both municipalities: units, posts, people, each kind of change once."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Role
from mokmin.foundation.orgs import actions, actions_posts
from mokmin.foundation.orgs.actions_posts import NewHolding
from mokmin.foundation.orgs.models import (
    HandOver,
    OrderLine,
    PersonnelOrder,
    Post,
    PostSpan,
    Reorganisation,
    Unit,
)
from mokmin.foundation.orgs.sheets import OrderEntry, OrderSheet
from mokmin.foundation.orgs.states import OrderVerb, PostRank, UnitKind
from mokmin.foundation.orgs.steps import (
    NewPost,
    NewUnit,
    RenameUnit,
    ReorganisationPlan,
)
from mokmin.foundation.tenancy.context import tenant
from mokmin.lib.korean import in_seoul
from tests import seed

FOUNDED = date(2024, 1, 1)
UNITS = (
    ("top", UnitKind.HEAD, "", None),
    ("planning", UnitKind.DEPARTMENT, "과", "top"),
    ("team", UnitKind.TEAM, "팀", "planning"),
)
POSTS = (
    ("mayor", "top", PostRank.MAYOR, Role.EXECUTIVE),
    ("head", "planning", PostRank.UNIT_HEAD, Role.UNIT_HEAD),
    ("lead", "team", PostRank.TEAM_HEAD, Role.TEAM_HEAD),
    ("officer", "team", PostRank.OFFICER, Role.OFFICER),
)


def plant(word: str, actor: Actor) -> None:
    """In the municipality in force: a name was changed, and the officer leaves tomorrow."""
    at, about = timezone.now(), {"actor": actor, "at": timezone.now()}
    today = in_seoul(at).date()
    made = actions_posts.set_up(
        [
            NewUnit(key, kind, f"{word}{ending}", above, place)
            for place, (key, kind, ending, above) in enumerate(UNITS)
        ],
        [NewPost(key, unit, rank, word, duties=word) for key, unit, rank, _ in POSTS],
        on=FOUNDED,
        reason=word,
        **about,
    )
    holdings = [
        NewHolding(seed.person_of(role).uid, made.posts[key], FOUNDED) for key, _, _, role in POSTS
    ]
    actions_posts.assign(holdings, reason=word, **about)
    steps = (RenameUnit(made.units["team"], f"새{word}팀"),)
    actions.reorganise(ReorganisationPlan(word, today, steps), **about)
    entries = (OrderEntry(seed.person_of(Role.OFFICER).uid, OrderVerb.LEAVE, note=word),)
    actions.order(OrderSheet(word, today + timedelta(days=1), entries), **about)


def unit(slug: str) -> str:
    """The department."""
    with tenant(seed.tenant_of(slug).pk):
        return str(Unit.objects.order_by("id").values_list("record__uid", flat=True)[1])


def post(slug: str) -> str:
    """A post of the team."""
    with tenant(seed.tenant_of(slug).pk):
        return str(Post.objects.order_by("-id").values_list("uid", flat=True)[0])


def reorganisation(slug: str) -> str:
    """The change of a name."""
    with tenant(seed.tenant_of(slug).pk):
        return Reorganisation.objects.get().uid


def order(slug: str) -> str:
    """The order about tomorrow."""
    with tenant(seed.tenant_of(slug).pk):
        return PersonnelOrder.objects.get().uid


def hand_over(slug: str) -> str:
    """The sheet of whoever leaves tomorrow."""
    with tenant(seed.tenant_of(slug).pk):
        return HandOver.objects.get().uid


def marks() -> set[str]:
    """The addresses of everything, in the municipality in force."""
    models = (Post, Reorganisation, PersonnelOrder, HandOver)
    uids = {uid for model in models for uid in model.objects.values_list("uid", flat=True)}
    return uids | set(Unit.objects.values_list("record__uid", flat=True))


def one_more_post(number: int, _actor: Actor, _at: datetime) -> None:
    """A post more in the team, with nobody in it."""
    made = Post.objects.create(from_on=FOUNDED)
    team = Unit.objects.latest("id")
    PostSpan.objects.create(
        post=made, unit=team, rank=PostRank.OFFICER, title=f"채움{number}", from_on=FOUNDED
    )


def one_more_reorganisation(number: int, actor: Actor, at: datetime) -> None:
    """A reorganisation that is over long since."""
    Reorganisation.objects.create(
        title=f"채움{number}", on=FOUNDED, steps=[], decided_at=at, decided_by=actor.name
    )


def one_more_order(number: int, actor: Actor, at: datetime) -> None:
    """An order about one person."""
    made = PersonnelOrder.objects.create(
        title=f"채움{number}", on=FOUNDED, ordered_at=at, ordered_by=actor.name
    )
    OrderLine.objects.create(
        order=made, position=1, person_id=actor.person_id, verb=OrderVerb.TRANSFER
    )


def one_more_hand_over(_number: int, actor: Actor, at: datetime) -> None:
    """A sheet of the administrator, who held a post for one day."""
    on = FOUNDED + timedelta(days=1)
    HandOver.objects.create(
        post=Post.objects.latest("id"),
        leaver_id=actor.person_id,
        on=on,
        due_on=on,
        opened_at=at,
        changed_at=at,
    )
