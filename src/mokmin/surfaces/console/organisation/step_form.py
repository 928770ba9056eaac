"""What the forms of all steps have in common."""

from collections.abc import Sequence
from typing import Any, ClassVar

from mokmin.foundation.orgs.queries import UnitRow
from mokmin.foundation.orgs.states import StepKind
from mokmin.foundation.orgs.steps import Step
from mokmin.lib.errors import Invalid
from mokmin.surfaces.console.organisation.step_choices import StepChoices
from mokmin.surfaces.kit.forms.base import StaffForm

PREFIX = "step"
TOP = ("", "맨 위(다른 부서에 속하지 않음)")


class StepForm(StaffForm):
    """What all of them have in common: the unit that is changed, and what can be named."""

    kind: ClassVar[StepKind]
    asks_for_unit: ClassVar[bool] = True
    hint: ClassVar[str] = ""
    names_holders: ClassVar[bool] = False
    """Whether the posts of the unit are offered with who holds them."""

    def __init__(
        self, *args: Any, choices: StepChoices, unit: UnitRow | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, prefix=PREFIX, **kwargs)
        self.choices, self.unit = choices, unit
        self.offer()
        self._mark(is_needed=True)

    def offer(self) -> None:
        """Fill in what can be chosen."""

    def steps(self, values: dict[str, Any]) -> Sequence[Step]:
        """The steps that were written; raises Invalid with every wrong field."""
        raise NotImplementedError

    @property
    def caption(self) -> str:
        """`분할: 행정복지국 기획예산과`."""
        return f"{self.kind.label}: {self.unit.path}" if self.unit else self.kind.label

    @property
    def target(self) -> UnitRow:
        """The unit that the step is about."""
        if self.unit is None:
            raise RuntimeError("a step about a unit is opened with it")
        return self.unit

    @property
    def posts_named(self) -> set[str]:
        """The posts whose holders are read on the form."""
        return {post.uid for post in self.target.posts} if self.names_holders else set()

    def give(self, name: str, choices: Sequence[Any], initial: Any = None) -> None:
        field = self.fields[name]
        field.choices = choices  # type: ignore[attr-defined]  # only selects are offered something
        if initial is not None:
            field.initial = initial


def demand(values: dict[str, Any], **sentences: str) -> None:
    """Refuse what was left empty."""
    if problems := {name: said for name, said in sentences.items() if not values.get(name)}:
        raise Invalid(problems)
