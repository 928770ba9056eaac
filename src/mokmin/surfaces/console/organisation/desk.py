"""The desk at which a reorganisation is put together: steps so far, and the one being written.

Everything stands in the form itself, so the page works without a script and in several windows.
"""

import json
from dataclasses import dataclass, field

from django import forms
from django.http import QueryDict

from mokmin.foundation.orgs import steps as org_steps
from mokmin.foundation.orgs.queries import OrganisationChart
from mokmin.foundation.orgs.states import StepKind
from mokmin.foundation.orgs.steps import Step
from mokmin.lib.errors import Invalid
from mokmin.lib.korean import josa
from mokmin.surfaces.console.organisation import step_words
from mokmin.surfaces.console.organisation.step_choices import LONGEST, NOTHING, StepChoices
from mokmin.surfaces.console.organisation.step_form import StepForm
from mokmin.surfaces.console.organisation.step_forms import STEP_FORMS
from mokmin.surfaces.kit.forms.base import PlacedError, StaffForm

STEPS = "steps"
KIND, UNIT = "step_kind", "step_unit"
OPEN, ADD, SHUT, REMOVE = "_open", "_add", "_shut", "_remove"
BUTTONS = (OPEN, ADD, SHUT, REMOVE)
WRITING = "_writing"
"""Sent along while a step is being written."""

UNFINISHED = (
    "적던 변경을 아직 넣지 않았습니다. ‘바꿀 내용에 넣기’나 ‘넣지 않고 닫기’를 눌러 주세요."
)

HINTS: dict[StepKind, str] = {
    StepKind.CREATE: "새 부서를 둡니다",
    StepKind.RENAME: "이름이나 종류를 바꿉니다",
    StepKind.MOVE: "다른 부서 아래로 옮깁니다",
    StepKind.MERGE: "여러 부서를 하나로 합칩니다",
    StepKind.SPLIT: "한 부서를 여럿으로 나눕니다",
    StepKind.ABOLISH: "부서를 없앱니다",
    StepKind.ADD_POST: "자리를 늘립니다",
    StepKind.MOVE_POST: "자리를 다른 부서로 옮깁니다",
    StepKind.CLOSE_POST: "자리를 없앱니다",
}


class StepsField(forms.CharField):
    """The steps as text; buttons of the desk ask for nothing but the page again."""

    widget = forms.Textarea

    def __init__(self) -> None:
        super().__init__(label="바꿀 내용", widget=forms.Textarea(attrs={"hidden": True}))

    def problem_at(self, place: str, sentence: str) -> PlacedError:
        """A problem of one step, which the summary leads to."""
        number = place.partition(".")[0]
        return PlacedError(f"{number}번째 변경: {sentence}", anchor=number)

    def asks_for_rows(self, data: QueryDict, name: str) -> bool:  # noqa: ARG002  # as `flow` asks
        """Whether a step was added, begun or removed: the rest is not judged yet."""
        return any(button in data for button in BUTTONS)


class OpeningForm(forms.Form):
    """What is to be done, to which unit."""

    use_required_attribute = False

    step_kind = forms.ChoiceField(
        label="무엇을 바꾸나요",
        choices=[(kind.value, f"{kind.label} — {HINTS[kind]}") for kind in StepKind],
    )
    step_unit = forms.ChoiceField(
        label="어느 부서를 바꾸나요", required=False, help_text="신설은 고르지 않아도 됩니다."
    )


@dataclass
class Desk:
    """What lies on the desk; `wrong` are the problems of each step, counted from 1."""

    chart: OrganisationChart
    steps: list[Step] = field(default_factory=list)
    kind: StepKind | None = None
    editor: StepForm | None = None
    opening: OpeningForm | None = None
    is_worked: bool = False
    told: str = ""

    @property
    def choices(self) -> StepChoices:
        """What steps can name."""
        return StepChoices(self.chart, self.steps)

    @property
    def written(self) -> str:
        """The steps as the form carries them."""
        return json.dumps(org_steps.to_json(self.steps), ensure_ascii=False)

    @property
    def people(self) -> set[str]:
        """Who is named: the holders of posts that steps are about, or the one being written."""
        posts = step_words.posts_named(self.steps)
        posts |= self.editor.posts_named if self.editor else set()
        return {held.person for uid in posts for held in self.choices.holdings(uid)}

    def work(self, data: QueryDict) -> None:
        """Do what the pressed button asks for."""
        self.is_worked = any(button in data for button in BUTTONS)
        if REMOVE in data:
            self._remove(data.get(REMOVE, ""))
        elif ADD in data:
            self._add(data)
        elif OPEN in data:
            self._open(data)
        if WRITING in data and not data.keys() & {OPEN, ADD, SHUT}:
            self._stay(data)
        if self.editor is None:
            self.opening = self.opening or self._opening()

    def _remove(self, number: str) -> None:
        place = int(number) if number.isdecimal() and len(number) <= LONGEST else 0
        if 0 < place <= len(self.steps):
            del self.steps[place - 1]
            self.told = f"{place}번째 변경을 뺐습니다. 모두 {len(self.steps)}개입니다."

    def _opening(self, data: QueryDict | None = None, **initial: str) -> OpeningForm:
        form = OpeningForm(data, initial=initial or {KIND: StepKind.CREATE.value})
        units = self.choices.units(blank=NOTHING)
        form.fields[UNIT].choices = [each for each in units if not _is_new(each)]  # type: ignore[attr-defined]
        return form

    def _open(self, data: QueryDict) -> None:
        opening = self._opening(data)
        if not opening.is_valid():
            self.opening = opening
            return
        kind, uid = StepKind(opening.cleaned_data[KIND]), opening.cleaned_data[UNIT]
        unit = self.choices.unit(uid)
        if STEP_FORMS[kind].asks_for_unit and unit is None:
            opening.add_error(UNIT, "바꿀 부서를 골라 주세요.")
            self.opening = opening
            return
        self.kind = kind
        self.editor = STEP_FORMS[kind](choices=self.choices, unit=unit)

    def _stay(self, data: QueryDict) -> None:
        """Whatever else was pressed, the step that is being written stays as it stands."""
        self.editor = self._sent(data)
        if self.editor:
            self.editor.is_only_shown = True
            self.told = self.told or UNFINISHED

    def _sent(self, data: QueryDict) -> StepForm | None:
        """The step that was being written."""
        if (kind := data.get(KIND, "")) not in StepKind.values:
            return None
        unit = self.choices.unit(data.get(UNIT, ""))
        if STEP_FORMS[StepKind(kind)].asks_for_unit and unit is None:
            return None
        self.kind = StepKind(kind)
        return STEP_FORMS[self.kind](data, choices=self.choices, unit=unit)

    def _add(self, data: QueryDict) -> None:
        """Take the step that was written, or show what is wrong with it."""
        form = self._sent(data)
        if form is None:
            return
        made: list[Step] = []
        if form.has_done(lambda values: made.extend(form.steps(values))):
            self.steps += made
            self.told = (
                f"{josa(form.kind.label, '을/를')} 넣었습니다. 모두 {len(self.steps)}개입니다."
            )
        else:
            self.editor = form


def _is_new(choice: object) -> bool:
    """Units that come with this very plan are not changed by it."""
    return isinstance(choice, tuple) and choice[0] == "이번에 새로 생기는 부서"


def read(written: str) -> list[Step]:
    """The steps that a form carries; raises Invalid for what this page has not written."""
    try:
        data = json.loads(written or "[]")
    except (ValueError, RecursionError):
        raise Invalid({STEPS: "바꿀 내용을 읽을 수 없습니다. 화면을 새로 열어 주세요."}) from None
    return list(org_steps.from_json(data))


def wrong(form: StaffForm) -> dict[int, list[str]]:
    """What was found wrong with each step, by its number."""
    found: dict[int, list[str]] = {}
    for error in form.errors.as_data().get(STEPS, []):
        number = getattr(error, "anchor", "")
        if number.isdecimal():
            found.setdefault(int(number), []).extend(error.messages)
    return found
