"""The list of people (계정과 역할), a person's own views of lists, and whose account it is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import STAFF, Role
from mokmin.foundation.people import queries, rules
from mokmin.foundation.people.models import Account, Person
from mokmin.foundation.people.queries import GRANTS_ALONE, ByPost, PersonRow
from mokmin.foundation.tenancy.keyset import Order, Window, stretch

ORDERS = {
    "name": Order("name", "id"),
    "email": Order("email", "id"),
    "joined": Order("joined_at", "id"),
}


def people(  # one argument per filter of the page
    *,
    window: Window,
    word: str = "",
    role: str = "",
    is_closed: bool = False,
    lacking_factor_for: Collection[str] = (),
    by_post: ByPost = GRANTS_ALONE,
) -> Sequence[PersonRow]:
    """A stretch of the people who have not left, or of those who have.

    `lacking_factor_for` leaves those whose role of these needs a second factor they do not have,
    as far as is known here.
    """
    found: QuerySet[Person] = Person.objects.all()
    if not window.uids:
        found = found.filter(closed_at__isnull=not is_closed)
    if word:
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    if role:
        found = found.filter(queries.holds([role], by_post))
    if lacking_factor_for:
        needing = queries.holds(lacking_factor_for, by_post)
        found = found.filter(needing, ~queries.has_factor())
    return window.turned(queries.known(stretch(found, window, ORDERS), by_post))


VIEWS = """
SELECT name, asked, is_first FROM people_savedview WHERE person_id = %s AND page = %s
 ORDER BY is_first DESC, name, id
"""
"""A constant: every list asks it."""


@dataclass(frozen=True, slots=True)
class ViewRow:
    """One saved view of a list."""

    name: str
    asked: str
    is_first: bool


def saved_views(actor: Actor, page: str) -> Sequence[ViewRow]:
    """This person's views of a list: the one that opens it, then by name."""
    if actor.person_id is None:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(VIEWS, [actor.person_id, page])
        return [ViewRow(*row) for row in cursor.fetchall()]


def account_of(person_id: int) -> Account | None:
    """The account of a person, for a job that goes on in their name."""
    whose = Person.objects.filter(pk=person_id).values("account_id")
    return Account.objects.filter(pk__in=whose).first()


@dataclass(frozen=True, slots=True)
class Figures:
    """How many open people there are; `unprotected` lack the second factor their role needs."""

    people: int
    staff: int
    administrators: int
    unprotected: int

    @property
    def lacks_administrators(self) -> bool:
        """Whether another administrator should be named."""
        return self.administrators < rules.ENOUGH_ADMINISTRATORS


FIGURES = f"""
WITH held (id, is_staff, is_administrator, needs) AS (
    SELECT person_id, role = ANY (%s), role = '{Role.ADMINISTRATOR}', role = ANY (%s)
      FROM people_grant WHERE revoked_at IS NULL AND role = ANY (%s)
    UNION ALL SELECT id, true, false, false FROM ({{working}}) AS working (id)
    UNION ALL SELECT id, false, false, true FROM ({{needing}}) AS needing (id)
)
SELECT (SELECT count(*) FROM people_person WHERE closed_at IS NULL),
       count(DISTINCT p.id) FILTER (WHERE is_staff),
       count(DISTINCT p.id) FILTER (WHERE is_administrator),
       count(DISTINCT p.id) FILTER (WHERE needs AND NOT ({queries.HAS_FACTOR}))
  FROM held JOIN people_person p ON p.id = held.id AND p.closed_at IS NULL
"""
"""Beside the whole count only those are read who have a role in question: residents are many."""


def figures(*, needed_for: Collection[str], by_post: ByPost = GRANTS_ALONE) -> Figures:
    """The figures of the first page, in one query."""
    working, days = by_post.people(STAFF)
    needing, more_days = by_post.people(needed_for)
    asked = [sorted(STAFF), sorted(needed_for), sorted({*STAFF, *needed_for}), *days, *more_days]
    with connection.cursor() as cursor:
        cursor.execute(FIGURES.format(working=working, needing=needing), asked)
        return Figures(*cursor.fetchone())
