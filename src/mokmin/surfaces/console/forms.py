"""The forms of the kit under the name that pages of the console know."""

from django import forms

from mokmin.surfaces.kit.forms.base import Filters, Number, ReasonForm, StaffForm

__all__ = ["Filters", "Number", "ReasonForm", "StaffForm", "date_input"]


def date_input() -> forms.DateInput:
    """The browser's own calendar."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
