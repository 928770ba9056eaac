"""Reading people, and building the actor of a request."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from allauth.mfa.models import Authenticator
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from mokmin.foundation.access import queries as access_queries
from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.models import AccessEntry
from mokmin.foundation.access.states import Handling, Role
from mokmin.foundation.people import access, rules
from mokmin.foundation.people.models import Account, Draft, Grant, Person
from mokmin.foundation.tenancy.context import current_tenant_id
from mokmin.foundation.tenancy.keyset import page_of
from mokmin.foundation.tenancy.lookup import Lookup

why_not_see_people = access.why_not_see_people
why_not_manage_people = access.why_not_manage_people
problems_of_person = rules.problems_of_person
problems_of_reason = rules.problems_of_reason

HAS_FACTOR = f"""
EXISTS (SELECT FROM mfa_authenticator m
         WHERE m.user_id = p.account_id AND m.type = '{Authenticator.Type.TOTP}')
AND (EXISTS (SELECT FROM people_account a
              WHERE a.id = p.account_id AND a.home_tenant_id = p.tenant_id)
     OR EXISTS (SELECT FROM access_accessentry e
                 WHERE e.person_uid = p.uid AND e.handling = '{Handling.SIGN_IN}'))
"""
"""Whether the person `p` has a second factor, as far as this municipality may know."""

KNOWN_AS = f"""
SELECT p.id, p.uid, p.name,
       ARRAY(SELECT g.role FROM people_grant g WHERE g.person_id = p.id AND g.revoked_at IS NULL),
       {HAS_FACTOR}
  FROM people_person p WHERE p.account_id = %(account)s AND p.closed_at IS NULL
"""
"""As whom an account is known here, with granted roles and the second factor; a constant, because
every request asks it."""
KNOWN = f"""
SELECT p.id, p.uid, p.name, p.email, p.phone, p.joined_at, p.closed_at,
       ARRAY(SELECT g.role FROM people_grant g WHERE g.person_id = p.id AND g.revoked_at IS NULL),
       {{ranks}},
       (SELECT e.at FROM access_accessentry e
         WHERE e.person_uid = p.uid AND e.handling = '{Handling.SIGN_IN}'
         ORDER BY e.id DESC LIMIT 1),
       EXISTS (SELECT FROM mfa_authenticator m
                WHERE m.user_id = p.account_id AND m.type = '{Authenticator.Type.TOTP}'),
       p.account_id IS NOT NULL,
       coalesce(a.home_tenant_id = p.tenant_id, false)
  FROM {{page}} AS page
  JOIN people_person p ON p.id = page.id
  LEFT JOIN people_account a ON a.id = p.account_id
 ORDER BY page.place
"""
"""What lists and pages tell of the people on a page."""
ADMINISTRATION: tuple[str, ...] = (
    access_queries.SETTINGS_TABLE,
    Person._meta.db_table,
    Grant._meta.db_table,
)
"""Settings, accounts and roles: as far as administrators see the trail."""


def tables_of_trail(actor: Actor) -> Collection[str]:
    """The tables whose history an actor who may see the trail is shown; empty means all."""
    return () if access_queries.sees_whole_trail(actor) else ADMINISTRATION


def actor_of(account: Account) -> Actor | None:
    """The actor that an account is by its granted roles; None when it is nobody here.

    What comes with posts is added by `orgs.queries_people.actor_of`, which pages and jobs use.
    """
    with connection.cursor() as cursor:
        cursor.execute(KNOWN_AS, {"account": account.pk})
        row = cursor.fetchone()
    return known_as(account, *row) if row else None


def known_as(account: Account, *row: Any) -> Actor:
    """The actor of a row of KNOWN_AS."""
    person_id, uid, name, roles, has_factor = row
    return Actor(
        account_id=account.pk,
        person_id=person_id,
        person_uid=uid,
        name=name,
        email=account.email,
        roles=frozenset(Role(role) for role in roles),
        has_second_factor=has_factor,
    )


def account_here(email: str) -> Account | None:
    """The account with this e-mail, if it belongs to an open person of this municipality."""
    here = Person.objects.filter(account_id=OuterRef("pk"), closed_at__isnull=True)
    return Account.objects.filter(Exists(here), email=rules.email_key(email)).order_by("id").first()


def account_and_person(email: str) -> tuple[Account | None, Person | None]:
    """Who has this e-mail anywhere on the platform, and as whom here, open or closed.

    Only for the one who has proven to own the address: nobody else may learn it.
    """
    account = Account.objects.filter(email=rules.email_key(email)).first()
    return account, Person.objects.filter(account=account).first() if account else None


_ACCOUNT = Lookup(Account, "id = %s")


def account(account_id: int) -> Account | None:
    """The account of a session, if it is there still."""
    return _ACCOUNT(account_id)


def taken(emails: Collection[str]) -> Mapping[str, str]:
    """Which of these addresses are somebody's here already, each with the reason against it."""
    there = Person.objects.filter(account__email__in=[rules.email_key(each) for each in emails])
    return {
        email: rules.why_not_take_in(closed_at=closed_at)
        for email, closed_at in there.values_list("account__email", "closed_at")
    }


def names(uids: Collection[str]) -> dict[str, str]:
    """Names of these people of the municipality, open or closed, by uid."""
    return dict(Person.objects.filter(uid__in=uids).values_list("uid", "name"))


def named(word: str) -> QuerySet[Person]:
    """The people in whose name the word stands, open or closed, for another query."""
    return Person.objects.filter(name__icontains=word)


def is_here(account_id: int) -> bool:
    """Whether the account belongs to an open person of this municipality."""
    return Person.objects.filter(account_id=account_id, closed_at__isnull=True).exists()


def draft(actor: Actor, form: str) -> Draft | None:
    """What this person has begun to write into a form and not yet sent."""
    return Draft.objects.filter(person_id=actor.person_id or 0, form=form).first()


def why_not_drop_second_factor(actor: Actor, *, needed_for: Collection[str]) -> str | None:
    """The reason why this person must keep the second factor, if there is one."""
    own = Account.objects.filter(pk=actor.account_id or 0)
    return rules.why_not_drop_second_factor(
        held=actor.roles,
        needed_for=needed_for,
        is_of_here=own.filter(home_tenant_id=current_tenant_id()).exists(),
    )


class ByPost(Protocol):
    """Roles that come with posts, which a room above knows of."""

    def holders(self, roles: Collection[str]) -> Q:
        """Persons who hold any of these roles by a post."""

    def people(self, roles: Collection[str]) -> tuple[str, Sequence[Any]]:
        """The same as SQL, with its values: their numbers."""

    def ranks(self) -> tuple[str, Sequence[Any]]:
        """SQL over `p.id`, with its values: an array of what the posts of a person are."""

    def roles(self, ranks: Collection[str]) -> Collection[Role]:
        """The roles that go with such posts."""


class NoPosts:
    """Grants alone."""

    def holders(self, _roles: Collection[str]) -> Q:
        """Nobody."""
        return Q(pk__in=())

    def people(self, _roles: Collection[str]) -> tuple[str, Sequence[Any]]:
        """Nobody."""
        return "SELECT NULL::bigint WHERE false", ()

    def ranks(self) -> tuple[str, Sequence[Any]]:
        """None."""
        return "ARRAY[]::text[]", ()

    def roles(self, _ranks: Collection[str]) -> Collection[Role]:
        """None."""
        return ()


GRANTS_ALONE = NoPosts()


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the list of accounts; `roles` are granted, others come `by_post`.

    Of an account that came from elsewhere nothing is told before it has signed in here: whether
    an address is known on the platform is nobody's business but its owner's.
    """

    id: int
    uid: str
    name: str
    email: str
    phone: str
    joined_at: datetime
    closed_at: datetime | None
    roles: tuple[Role, ...]
    last_login: datetime | None
    has_second_factor: bool
    has_account: bool
    is_of_here: bool
    by_post: tuple[Role, ...] = ()

    @property
    def held(self) -> tuple[Role, ...]:
        """All roles, however they came."""
        return _in_order({*self.roles, *self.by_post}) if self.by_post else self.roles

    @property
    def is_known(self) -> bool:
        """Whether it may be said that the person has no second factor."""
        return self.has_second_factor or self.last_login is not None


def person(uid: str, *, by_post: ByPost = GRANTS_ALONE) -> PersonRow | None:
    """One person by address, whether open or closed."""
    return next(iter(known(Person.objects.filter(uid=uid), by_post)), None)


def record(uid: str) -> Person | None:
    """The person by address, for the action that a page is about to call."""
    return Person.objects.filter(uid=uid).first()


@dataclass(frozen=True, slots=True)
class PersonCard:
    """One person with every grant and the reasons why something cannot be done now."""

    row: PersonRow
    grants: Sequence[Grant]
    why_not_manage: str | None
    why_not_give: str | None
    why_not_close: str | None
    why_not_reopen: str | None
    why_not_invite: str | None
    why_not_reset: str | None
    why_not_lose_administrator: str | None

    @property
    def held(self) -> Sequence[Grant]:
        """Grants in force."""
        return [grant for grant in self.grants if grant.revoked_at is None]

    @property
    def givable(self) -> Sequence[Role]:
        """Roles not held yet."""
        return [role for role in Role if role not in self.row.roles]

    def why_not_revoke(self, role: str) -> str | None:
        """The reason why a role cannot be taken back."""
        last = self.why_not_lose_administrator if role == Role.ADMINISTRATOR else None
        return self.why_not_manage or last


def card(uid: str, actor: Actor, *, by_post: ByPost = GRANTS_ALONE) -> PersonCard | None:
    """What the page of one person shows to this actor."""
    row = person(uid, by_post=by_post)
    if row is None:
        return None
    barred = access.why_not_manage_people(actor)
    last = None
    if Role.ADMINISTRATOR in row.roles:
        last = rules.why_not_leave_without_administrator(others=other_administrators(row.id))
    return PersonCard(
        row=row,
        grants=grants_of(row.id),
        why_not_manage=barred,
        why_not_give=barred or rules.why_not_give(closed_at=row.closed_at),
        why_not_close=barred or rules.why_not_close(closed_at=row.closed_at) or last,
        why_not_reopen=barred or rules.why_not_reopen(closed_at=row.closed_at),
        why_not_invite=barred
        or rules.why_not_write_to(has_account=row.has_account, closed_at=row.closed_at),
        why_not_reset=barred or why_not_reset(row),
        why_not_lose_administrator=last,
    )


def why_not_reset(row: PersonRow) -> str | None:
    """The reason why the second factor cannot be reset from here."""
    return rules.why_not_reset(
        is_of_here=row.is_of_here,
        has_second_factor=row.has_second_factor,
        has_signed_in=row.last_login is not None,
    )


def known(found: QuerySet[Person], by_post: ByPost = GRANTS_ALONE) -> list[PersonRow]:
    """What is known of these people, in their order."""
    page, values = page_of(found)
    ranks, days = by_post.ranks()
    with connection.cursor() as cursor:
        cursor.execute(KNOWN.format(ranks=ranks, page=page), (*days, *values))
        return [_row(row, by_post) for row in cursor.fetchall()]


def holds(roles: Collection[str], by_post: ByPost = GRANTS_ALONE) -> Q:
    """Whether the person holds any of the roles now."""
    held = Grant.objects.filter(person=OuterRef("pk"), revoked_at__isnull=True)
    return Q(Exists(held.filter(role__in=roles))) | by_post.holders(roles)


def has_factor() -> Q:
    """Whether the person's account has a TOTP device, as far as this municipality may know."""
    totp = Authenticator.objects.filter(type=Authenticator.Type.TOTP)
    has = Exists(totp.filter(user_id=OuterRef("account_id")))
    return Q(has) & (_is_of_here() | Q(Exists(_sign_ins())))


def _is_of_here() -> Q:
    """Whether this municipality made the person's account."""
    return Q(account__isnull=False, account__home_tenant_id=current_tenant_id())


def _sign_ins() -> QuerySet[AccessEntry]:
    """When the person has come in here; the account itself knows only about the platform."""
    return AccessEntry.objects.filter(person_uid=OuterRef("uid"), handling=Handling.SIGN_IN)


def _row(row: Sequence[Any], by_post: ByPost) -> PersonRow:
    person_id, uid, name, email, phone, joined_at, closed_at, granted, ranks, *account = row
    last_login, has_device, has_account, is_of_here = account
    return PersonRow(
        id=person_id,
        uid=uid,
        name=name,
        email=email,
        phone=phone,
        joined_at=joined_at,
        closed_at=closed_at,
        roles=_in_order(granted),
        by_post=_in_order(by_post.roles(ranks)) if ranks else (),
        last_login=last_login,
        has_second_factor=has_device and (is_of_here or last_login is not None),
        has_account=has_account,
        is_of_here=is_of_here,
    )


def _in_order(roles: Collection[str]) -> tuple[Role, ...]:
    return (
        tuple(role for role in Role if role in roles) if len(roles) > 1 else tuple(map(Role, roles))
    )


def grants_of(person_id: int) -> Sequence[Grant]:
    """Every grant a person has had, open ones first, newest first."""
    return list(
        Grant.objects.filter(person_id=person_id).order_by("revoked_at", "-granted_at", "-id")
    )


def other_administrators(person_id: int) -> int:
    """How many open people besides this one are administrators."""
    return (
        Grant.objects.filter(
            role=Role.ADMINISTRATOR, revoked_at__isnull=True, person__closed_at__isnull=True
        )
        .exclude(person_id=person_id)
        .count()
    )
