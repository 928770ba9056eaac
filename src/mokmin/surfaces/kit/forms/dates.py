"""Dates: the browser's own calendar, and what people write by hand."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mokmin.lib.errors import Refusal
from mokmin.lib.korean import date_text, parse_date

YEARS = range(1900, 3000)
NO_YEAR = f"{YEARS[0]}년부터 {YEARS[-1]}년까지의 날짜를 적어 주세요."


def date_input() -> forms.DateInput:
    """The browser's own calendar."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class DateField(forms.Field):
    """A date; also written as 2026. 7. 1. or 2026년 7월 1일. Empty is None.

    A browser's calendar offers days next to which there is none; only those of YEARS are taken.
    """

    def __init__(self, *, is_typed: bool = False, **how: Any) -> None:
        """`is_typed`: a plain input, which takes what is pasted, instead of the calendar."""
        widget = forms.TextInput() if is_typed else date_input()
        super().__init__(widget=widget, **how)
        self.is_typed = is_typed

    def to_python(self, value: Any) -> date | None:
        """The day."""
        if isinstance(value, date) or not str(value or "").strip():
            return value or None
        try:
            day = parse_date(str(value))
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from refusal
        if day.year not in YEARS:
            raise ValidationError(NO_YEAR)
        return day

    def prepare_value(self, value: Any) -> Any:
        """A calendar takes only what it would have sent itself; other texts stay as typed."""
        if isinstance(value, date):
            return date_text(value) if self.is_typed else value
        try:
            return self.to_python(value) if not self.is_typed else value
        except ValidationError:
            return value
