"""`{% load kit_forms %}`: what is wrong in a form, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django import forms, template
from django.forms.boundfield import BoundField

from mokmin.lib.korean import in_seoul, time_text
from mokmin.surfaces.kit.forms.base import PlacedError

register = template.Library()


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """One problem, with the place it leads to; above the form both are empty."""

    sentence: str
    label: str = ""
    anchor: str = ""


@register.filter
def error_lines(form: forms.BaseForm) -> Iterator[ErrorLine]:
    """`{% for line in form|error_lines %}`: those of the form itself, then field by field."""
    for sentence in form.non_field_errors():
        yield ErrorLine(str(sentence))
    for field in form:
        for error in field.errors.as_data():
            [sentence] = error.messages
            if isinstance(error, PlacedError):
                yield ErrorLine(sentence, anchor=f"{field.auto_id}-{error.anchor}")
            else:
                yield ErrorLine(sentence, str(field.label), _anchor(field))


@register.filter
def whole_errors(field: BoundField) -> list[str]:
    """`{{ field|whole_errors }}`: those that are not already told at a part of the field."""
    whole = [error for error in field.errors.as_data() if not isinstance(error, PlacedError)]
    return [sentence for error in whole for sentence in error.messages]


@register.filter
def described_by(field: BoundField) -> str:
    """`{{ field|described_by }}`: the ids of the hint and of what is wrong with the whole field."""
    found = ["helptext"] if field.help_text else []
    found += ["error"] if whole_errors(field) else []
    return " ".join(f"{field.auto_id}_{each}" for each in found)


def _anchor(field: BoundField) -> str:
    return field.id_for_label or field.auto_id


@register.filter
def begun(at: datetime) -> str:
    """`{{ kept_at|begun }}`: 7월 2일 15:04, in Seoul."""
    day = in_seoul(at)
    return f"{day.month}월 {day.day}일 {time_text(at)}"
