"""The form that splits a unit: new units, and where every post and sub-unit goes."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from mokmin.foundation.orgs.states import StepKind, UnitKind
from mokmin.foundation.orgs.steps import NewUnit, SplitPart, SplitUnit, Step
from mokmin.lib.errors import Invalid
from mokmin.lib.korean import josa, quoted
from mokmin.surfaces.console.organisation.step_choices import NEW
from mokmin.surfaces.console.organisation.step_form import TOP, StepForm, demand
from mokmin.surfaces.console.organisation.step_words import post_name

PARTS = 3
"""New units that one split can make; more are made by another split."""


class SplitUnitForm(StepForm):
    """One unit becomes several (분할); every post and sub-unit is allocated."""

    kind = StepKind.SPLIT
    hint = "새 부서의 이름을 적고, 자리와 하위 부서가 어디로 갈지 하나씩 고릅니다."
    names_holders = True
    needed = ("name_1",)
    STAYS: ClassVar[str] = "0"

    name_1 = forms.CharField(label="새 부서 1")
    name_2 = forms.CharField(label="새 부서 2")
    name_3 = forms.CharField(label="새 부서 3")
    unit_kind = forms.ChoiceField(label="새 부서의 종류", choices=UnitKind.choices)
    parent = forms.ChoiceField(label="새 부서의 상위 부서", required=False)
    goes_on = forms.BooleanField(label="원래 부서를 남깁니다", required=False, initial=True)

    def offer(self) -> None:
        """A select for each sub-unit and post."""
        target = self.target
        self.give("unit_kind", UnitKind.choices, target.kind)
        self.give("parent", self.choices.units(blank=TOP), target.parent)
        self.fields[
            "goes_on"
        ].help_text = (
            f"끄면 {josa(quoted(target.name), '은/는')} 없어지고, 남는 것이 없어야 합니다."
        )
        where = [
            (self.STAYS, target.name),
            *((str(n), f"새 부서 {n}") for n in range(1, PARTS + 1)),
        ]
        for name, label in self._allocated():
            self.fields[name] = forms.ChoiceField(
                label=label, choices=where, initial=self.STAYS, required=False
            )

    def _allocated(self) -> list[tuple[str, str]]:
        units = [(f"unit_{child.uid}", child.name) for child in self.target.children]
        posts = [
            (f"post_{post.uid}", post_name(post.uid, self.choices, with_unit=False))
            for post in self.target.posts
        ]
        return [*units, *posts]

    @property
    def allocation(self) -> list[forms.BoundField]:
        """The selects, in the order of the unit."""
        return [self[name] for name, _label in self._allocated()]

    @property
    def heading(self) -> list[forms.BoundField]:
        """The fields above them."""
        return [self[name] for name in ("name_1", "name_2", "name_3", "unit_kind", "parent")]

    def steps(self, values: dict[str, Any]) -> Sequence[Step]:
        """One step with a part for each unit."""
        demand(values, name_1="새 부서의 이름을 적어 주세요.")
        first = int(self.choices.next_key().removeprefix(NEW))
        parts: list[SplitPart] = []
        for number in range(1, PARTS + 1):
            posts, units = self._given(values, str(number))
            if name := values[f"name_{number}"]:
                key = f"{NEW}{first + len(parts)}"
                kind = UnitKind(values["unit_kind"] or self.target.kind)
                made = NewUnit(key, kind, name, values["parent"] or None)
                parts.append(SplitPart(key, posts, units, made))
            elif posts or units:
                raise Invalid(
                    {f"name_{number}": "맡을 것을 정한 새 부서에는 이름이 있어야 합니다."}
                )
        if values["goes_on"]:
            parts.append(SplitPart(self.target.uid))
        return (SplitUnit(self.target.uid, tuple(parts)),)

    def _given(self, values: dict[str, Any], where: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        posts = tuple(p.uid for p in self.target.posts if values.get(f"post_{p.uid}") == where)
        units = tuple(u.uid for u in self.target.children if values.get(f"unit_{u.uid}") == where)
        return posts, units
