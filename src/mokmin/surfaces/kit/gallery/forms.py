"""Whole forms."""

from typing import ClassVar

from django import forms
from django.http import QueryDict

from mokmin.surfaces.kit.forms.base import Number, StaffForm
from mokmin.surfaces.kit.forms.dates import DateField
from mokmin.surfaces.kit.gallery.example import LONG, Example, Part, State


class Meeting(StaffForm):
    """A field of each plain kind; nothing is kept, so nothing is swapped."""

    needed: ClassVar[tuple[str, ...]] = ("title", "on")
    swaps: ClassVar[bool] = False

    title = forms.CharField(label="제목", help_text="무엇을 하는지 한 줄로 적어 주세요.")
    on = DateField(label="날짜")
    kind = forms.ChoiceField(label="구분", choices=(("event", "행사"), ("meeting", "회의")))
    count = Number(label="인원")
    ways = forms.MultipleChoiceField(
        label="알리는 방법",
        choices=(("mail", "전자우편"), ("notice", "알림")),
        widget=forms.CheckboxSelectMultiple,
    )
    is_open = forms.BooleanField(label="누리집에도 알립니다")
    text = forms.CharField(label="내용", widget=forms.Textarea(attrs={"rows": 3}))
    secret = forms.CharField(label="비밀번호", widget=forms.PasswordInput)


class Long(StaffForm):
    """Names, hints and words of three hundred characters."""

    swaps: ClassVar[bool] = False

    title = forms.CharField(label=LONG, help_text=LONG)
    kind = forms.ChoiceField(label="구분", choices=(("a", LONG), ("b", "짧은 것")))


def _refused() -> Meeting:
    form = Meeting(QueryDict("refused-on=내일"), prefix="refused")
    form.is_valid()
    form.add_error("title", "제목을 적어 주세요.")
    return form


def _long() -> Long:
    form = Long({"long-title": LONG, "long-kind": "a"}, prefix="long")
    form.is_valid()
    form.add_error("title", LONG)
    return form


SOURCE = '<c-form :form="form" submit="저장" id="{{ form.prefix }}" />'
FORM = Part(
    "form",
    "양식",
    "틀린 칸을 한 번에 모두 알리고, 위의 요약에서 그 칸으로 바로 갑니다.",
    (
        Example(State.FILLED, SOURCE, {"form": Meeting(prefix="meeting")}),
        Example(State.ERROR, SOURCE, {"form": _refused()}),
        Example(State.LONG, SOURCE, {"form": _long()}),
    ),
)


class Conditions(forms.Form):
    """What a list is asked for."""

    word = forms.CharField(label="이름이나 부서", required=False)
    state = forms.ChoiceField(
        label="상태", choices=(("", "모두"), ("late", "지연")), required=False
    )
    since = forms.DateField(
        label="첫날", widget=forms.DateInput(attrs={"type": "date"}), required=False
    )


FILTER_BAR = Part(
    "filter_bar",
    "찾기 조건",
    "조건은 주소에 남아 그대로 나누어 줄 수 있습니다. 저절로 찾지 않고 찾기를 눌러야 찾습니다.",
    (
        Example(
            State.FILLED,
            '<c-filter-bar :form="form" label="견본 찾기 조건" reset="?" />',
            {"form": Conditions({"since": "2026-07-01"}, prefix="find")},
            is_wide=True,
        ),
        Example(
            State.LONG,
            '<c-filter-bar :form="form" label="긴 찾기 조건" reset="?" />',
            {"form": Conditions({"ask-word": LONG}, prefix="ask")},
        ),
    ),
)
