"""Who acts: a frozen value, built once per request or carried by a job."""

from dataclasses import dataclass

from mokmin.foundation.access.states import STAFF, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in one municipality with the roles they hold now, granted or by post.

    `person_id` is None for a visitor and for the system itself. `posts` are the posts held in any
    way, `units` their units with everything below, `headed` those of them that a post leads,
    `unit_records` the records of the units and of the departments (부서) whose teams they are.
    """

    account_id: int | None = None
    person_id: int | None = None
    person_uid: str = ""
    name: str = ""
    email: str = ""
    roles: frozenset[Role] = frozenset()
    has_second_factor: bool = False
    posts: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    headed: frozenset[int] = frozenset()
    unit_records: frozenset[int] = frozenset()

    @property
    def is_staff(self) -> bool:
        """Whether the staff console is open to this person."""
        return bool(self.roles & STAFF)

    def holds(self, *roles: Role) -> bool:
        """Whether any of these roles is held."""
        return not self.roles.isdisjoint(roles)


VISITOR = Actor(name="방문자")
SYSTEM = Actor(name="시스템")
