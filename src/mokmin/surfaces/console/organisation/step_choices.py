"""What the steps of a reorganisation can name: the units and posts of its day, and new units."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mokmin.foundation.orgs.queries import OrganisationChart, PostRow, UnitRow
from mokmin.foundation.orgs.states import UnitKind
from mokmin.foundation.orgs.steps import CreateUnit, MergeUnits, NewUnit, SplitUnit, Step
from mokmin.foundation.orgs.values import Holding

NEW = "new-"
"""How keys of units begin that do not have a uid yet."""

LONGEST = 6
"""Digits of a number that this page has given; a longer one is none of ours."""

NOTHING = ("", "고르세요")
Group = tuple[str, list[tuple[str, str]]]
Choice = tuple[str, str] | Group


@dataclass(frozen=True)
class StepChoices:
    """The organisation of the day with what the steps so far make."""

    chart: OrganisationChart
    steps: Sequence[Step] = ()

    @property
    def made(self) -> tuple[NewUnit, ...]:
        """Units that the steps so far make."""
        return tuple(unit for step in self.steps for unit in made_by(step))

    def unit(self, uid: str) -> UnitRow | None:
        """A unit that is there."""
        return self.chart.unit(uid) if uid else None

    def post(self, uid: str) -> tuple[PostRow, UnitRow] | None:
        """A post that is there, with its unit."""
        return next(
            ((post, unit) for unit in self.chart.walk() for post in unit.posts if post.uid == uid),
            None,
        )

    def holdings(self, post: str) -> tuple[Holding, ...]:
        """Who holds a post."""
        found = self.post(post)
        return found[0].holdings if found else ()

    def name(self, uid: str | None) -> str:
        """What a unit is called, new or not."""
        if not uid:
            return "맨 위"
        new = next((unit for unit in self.made if unit.key == uid), None)
        row = None if new else self.unit(uid)
        return new.name if new else (row.path if row else "없어진 부서")

    def units(self, *, blank: tuple[str, str] | None = NOTHING, without: str = "") -> list[Choice]:
        """Units for a select: new ones first, then each branch as a group."""
        found: list[Choice] = [blank] if blank else []
        if self.made:
            found.append(("이번에 새로 생기는 부서", [(u.key, u.name) for u in self.made]))
        found += [group for group in self._groups(without) if group[1]]
        return found

    def _groups(self, without: str) -> Iterator[Group]:
        for root in self.chart.roots:
            if root.kind == UnitKind.HEAD:
                own = [(root.uid, root.name)] if root.uid != without else []
                yield root.name, own
                branches: Sequence[UnitRow] = root.children
            else:
                branches = (root,)
            for branch in branches:
                yield branch.name, [(u.uid, u.path) for u in branch.walk() if u.uid != without]

    def next_key(self) -> str:
        """A key that no new unit has yet."""
        taken = [int(unit.key.removeprefix(NEW)) for unit in self.made if _is_ours(unit.key)]
        return f"{NEW}{max(taken, default=0) + 1}"


def made_by(step: Step) -> Iterator[NewUnit]:
    """The units that a step makes."""
    if isinstance(step, CreateUnit):
        yield step.unit
    elif isinstance(step, MergeUnits) and step.made:
        yield step.made
    elif isinstance(step, SplitUnit):
        yield from (part.made for part in step.parts if part.made)


def _is_ours(key: str) -> bool:
    number = key.removeprefix(NEW)
    return key.startswith(NEW) and number.isdecimal() and len(number) <= LONGEST
