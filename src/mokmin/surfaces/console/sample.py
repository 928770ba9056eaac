"""Forms with every kind of field, to be tried out; what is sent is shown and kept nowhere."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mokmin.foundation.access import queries as access
from mokmin.lib.errors import Invalid
from mokmin.lib.won import WonUnit
from mokmin.surfaces.console.doors import open_to
from mokmin.surfaces.kit.forms import flow
from mokmin.surfaces.kit.forms.base import Number, StaffForm
from mokmin.surfaces.kit.forms.dates import DateField
from mokmin.surfaces.kit.forms.files import FileDropField
from mokmin.surfaces.kit.forms.grid import GridField
from mokmin.surfaces.kit.forms.money import MoneyField
from mokmin.surfaces.kit.forms.pickers import PersonField, PostField, UnitField
from mokmin.surfaces.kit.http import MokminRequest
from mokmin.surfaces.kit.rows import Tab

KINDS = (("event", "행사"), ("meeting", "회의"), ("training", "교육"))
WAYS = (("mail", "전자우편"), ("phone", "전화"), ("notice", "알림"))
NOT_EMPTY = {"title": "제목을 적어 주세요.", "on": "날짜를 적어 주세요."}


class Beginning(StaffForm):
    """What every sample asks."""

    has_draft: ClassVar[bool] = True
    needed: ClassVar[tuple[str, ...]] = ("title", "on")

    title = forms.CharField(label="제목", help_text="무엇을 하는지 한 줄로 적어 주세요.")
    on = DateField(label="날짜")


class SampleForm(Beginning):
    """One field of each kind, besides tables and files."""

    kind = forms.ChoiceField(label="구분", choices=KINDS)
    count = Number(label="인원")
    ways = forms.MultipleChoiceField(
        label="알리는 방법", choices=WAYS, widget=forms.CheckboxSelectMultiple
    )
    is_open = forms.BooleanField(label="누리집에도 알립니다")
    cost = MoneyField(
        label="드는 돈",
        unit=WonUnit.MILLION,
        help_text="숫자와 단위로, 또는 12억 3,000만처럼 적어 주세요.",
    )
    unit = UnitField(label="주관 부서", help_text="이름의 두 글자를 적으면 찾아 드립니다.")
    post = PostField(label="담당 자리")
    people = PersonField(label="참석자", many=True)
    text = forms.CharField(label="내용", widget=forms.Textarea(attrs={"rows": 4}))
    secret = forms.CharField(label="비밀번호", widget=forms.PasswordInput)


class SampleTable(Beginning):
    """A table of inputs."""

    lines = GridField(
        label="준비할 일",
        limit=50,
        needed=("what",),
        columns={
            "what": forms.CharField(label="할 일", max_length=100),
            "who": PersonField(label="맡은 사람"),
            "kind": forms.ChoiceField(label="구분", choices=KINDS),
            "on": DateField(label="기한", is_typed=True),
            "count": Number(label="수량"),
        },
    )


class SampleFiles(Beginning):
    """Files."""

    file = FileDropField(
        label="붙임", accepts=(".xlsx", ".pdf", ".hwpx"), limit=2_000_000, many=True, count=3
    )


SAMPLES: Mapping[str, tuple[str, type[StaffForm]]] = {
    "sample-form": ("입력 양식 견본", SampleForm),
    "sample-table": ("표 견본", SampleTable),
    "sample-files": ("붙임 견본", SampleFiles),
}
"""Routes, titles and forms: each page has what a form of its kind needs, and no more."""


def tabs(current: str = "") -> list[Tab]:
    """Ways to the samples."""
    return [
        Tab(label, reverse(f"console:{name}"), is_current=name == current)
        for name, (label, _) in SAMPLES.items()
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(access.why_not_change_settings)
def sample(request: MokminRequest, *, shown: str) -> HttpResponse:
    """Judge what was sent as an action would."""
    title, kind = SAMPLES[shown]
    form = flow.form_of(request, kind)
    own = reverse(f"console:{shown}")

    def judge(values: dict[str, Any]) -> str:
        if missing := {name: said for name, said in NOT_EMPTY.items() if not values[name]}:
            raise Invalid(missing)
        messages.success(request, "바르게 적었습니다. 견본이라 아무것도 저장하지 않았습니다.")
        return own

    def page() -> HttpResponse:
        context = {
            "form": form,
            "title": title,
            "others": tabs(shown),
        }
        return TemplateResponse(request, "console/sample_form.html", context)

    return flow.answer(request, form, do=judge, page=page)
