"""Who somebody is by the posts they hold: the actor of a request, roles and posts of persons."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Role
from mokmin.foundation.orgs.models import PostSpan
from mokmin.foundation.orgs.queries import holding, in_force
from mokmin.foundation.orgs.states import ROLE_OF_RANK, PostRank, UnitKind
from mokmin.foundation.people import queries as people
from mokmin.foundation.people.models import Account

_holds = partial(holding, day="%(on)s")
_on_day = partial(holding, day="%s")

ACTOR = f"""
WITH RECURSIVE someone (id, uid, name, roles, has_factor) AS MATERIALIZED ({people.KNOWN_AS}),
held AS (
    SELECT s.post_id, s.unit_id, s.rank
      FROM someone
      JOIN orgs_assignment a ON a.person_id = someone.id AND {_holds("a")}
      JOIN orgs_postspan s ON s.post_id = a.post_id AND {_holds("s")}
), below (id, is_headed) AS (
    SELECT unit_id, rank <> '{PostRank.OFFICER}' FROM held
    UNION
    SELECT s.unit_id, below.is_headed
      FROM below JOIN orgs_unitspan s ON s.parent_id = below.id AND {_holds("s")}
), above (id) AS (
    SELECT unit_id FROM held
    UNION
    SELECT s.parent_id FROM above JOIN orgs_unitspan s ON s.unit_id = above.id
     WHERE s.kind = '{UnitKind.TEAM}' AND s.parent_id IS NOT NULL AND {_holds("s")}
)
SELECT someone.*,
       ARRAY(SELECT DISTINCT rank FROM held),
       ARRAY(SELECT post_id FROM held),
       ARRAY(SELECT DISTINCT id FROM below),
       ARRAY(SELECT DISTINCT id FROM below WHERE is_headed),
       ARRAY(SELECT u.record_id FROM orgs_unit u
              WHERE u.id IN (SELECT id FROM below UNION TABLE above)),
       {{also}}
  FROM someone
"""
"""The account's person with their posts, the units below these, and the records of these units.

What is for a department (부서) is also for its teams, hence the units above a team. In one
statement: every request asks it.
"""


RANKS = f"""
ARRAY(SELECT DISTINCT s.rank
        FROM orgs_assignment a JOIN orgs_postspan s ON s.post_id = a.post_id AND {_on_day("s")}
       WHERE a.person_id = p.id AND {_on_day("a")})
"""
"""What the posts of the person `p` are."""

HOLDERS = f"""
SELECT a.person_id
  FROM orgs_assignment a JOIN orgs_postspan s ON s.post_id = a.post_id AND {_on_day("s")}
 WHERE {_on_day("a")} AND s.rank = ANY (%s)
"""
"""Who holds posts of these ranks."""


def actor_of(account: Account, *, on: date) -> Actor | None:
    """The actor that an account is here on a day, by granted roles and by posts; None if nobody."""
    return actor_and(account, on=on, also="NULL")[0]


def actor_and(account: Account, *, on: date, also: str) -> tuple[Actor | None, Any]:
    """The same, with one value more of that person in the same statement.

    `also` is SQL over `someone.id`, written in a room above, never what a caller was given.
    """
    with connection.cursor() as cursor:
        cursor.execute(ACTOR.replace("{also}", also), {"account": account.pk, "on": on})
        row = cursor.fetchone()
    if row is None:
        return None, None
    *known, ranks, posts, units, headed, records, more = row
    found = people.known_as(account, *known)
    actor = replace(
        found,
        roles=found.roles | {ROLE_OF_RANK[PostRank(rank)] for rank in ranks},
        posts=frozenset(posts),
        units=frozenset(units),
        headed=frozenset(headed),
        unit_records=frozenset(records),
    )
    return actor, more


@dataclass(frozen=True, slots=True)
class RolesByPost:
    """The roles that come with posts on a day, as conditions and columns for lists of people."""

    on: date

    def holders(self, roles: Collection[str]) -> Q:
        """Persons who hold any of these roles by a post."""
        return Q(Exists(self._held().filter(rank__in=self._ranks(roles))))

    def people(self, roles: Collection[str]) -> tuple[str, list[Any]]:
        """The same as SQL, with its values: their numbers."""
        return HOLDERS, [*[self.on] * (HOLDERS.count("%s") - 1), self._ranks(roles)]

    def ranks(self) -> tuple[str, list[date]]:
        """SQL over `p.id`: what the posts of a person are."""
        return RANKS, [self.on] * RANKS.count("%s")

    def roles(self, ranks: Collection[str]) -> set[Role]:
        """The roles that go with such posts."""
        return {ROLE_OF_RANK[PostRank(rank)] for rank in ranks}

    def _ranks(self, roles: Collection[str]) -> list[str]:
        return [rank for rank, role in ROLE_OF_RANK.items() if role in roles]

    def _held(self) -> QuerySet[PostSpan]:
        """What the posts of the person in question are on the day."""
        assigned = "post__assignments__"
        return PostSpan.objects.filter(
            in_force(self.on),
            in_force(self.on, assigned),
            **{f"{assigned}person": OuterRef("pk")},
        )
