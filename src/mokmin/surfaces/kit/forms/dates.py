"""Dates: the browser's own calendar, and what people write by hand."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mokmin.lib.errors import Refusal
from mokmin.lib.korean import date_text, parse_date


def date_input() -> forms.DateInput:
    """The browser's own calendar."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class DateField(forms.Field):
    """A date; also written as 2026. 7. 1. or 2026년 7월 1일. Empty is None."""

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
            return parse_date(str(value))
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from refusal

    def prepare_value(self, value: Any) -> Any:
        """A calendar takes only what it would have sent itself; other texts stay as typed."""
        if isinstance(value, date):
            return date_text(value) if self.is_typed else value
        try:
            return self.to_python(value) if not self.is_typed else value
        except ValidationError:
            return value
