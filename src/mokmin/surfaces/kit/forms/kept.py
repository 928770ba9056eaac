"""What a draft holds of a form: raw values as they were sent, without secrets and files."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django import forms
from django.http import QueryDict

from mokmin.foundation.people.models import Draft

PART = re.compile(r"_\d+|__\w+|-\d+-\w+|-rows")
"""How names of inputs go on from the name of a field that has several."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Raw values by name of input, and the fields that they are all of."""

    fields: frozenset[str]
    data: QueryDict
    kept_at: datetime | None = None
    rests: str = ""
    """The mark of what stood in the form before anything was written."""

    def as_json(self) -> dict[str, Any]:
        """As it is stored."""
        found = {"fields": sorted(self.fields), "data": dict(self.data.lists())}
        return {**found, "rests": self.rests}


def mark_of(initial: Mapping[str, Any]) -> str:
    """What stands in a form at first, in a few letters; a proposed day is no content."""
    told = {name: str(value) for name, value in initial.items() if not isinstance(value, date)}
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


def values_of(form: forms.BaseForm, never: Collection[str]) -> Kept:
    """What may be kept of a form as it was sent."""
    wanted = {name: form.add_prefix(name) for name in form.fields if _may(form, name, never)}
    left_out = {form.add_prefix(name) for name in form.fields} - {*wanted.values()}
    data = QueryDict(mutable=True)
    for key, values in form.data.lists() if isinstance(form.data, QueryDict) else ():
        if key not in left_out and _is_of(key, wanted.values()):
            data.setlist(key, [value.replace("\0", "") for value in values])
    return Kept(frozenset(wanted), data)


def read(draft: Draft) -> Kept | None:
    """A stored draft; None when it is no longer written as this version writes them."""
    try:
        fields, stored = frozenset(draft.values["fields"]), draft.values["data"]
        data = QueryDict(mutable=True)
        for key, values in _lists(stored):
            data.setlist(key, values)
    except (KeyError, TypeError, ValueError):
        return None
    return Kept(fields, data, draft.kept_at, str(draft.values.get("rests", "")))


def _lists(stored: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    return [(key, [str(value) for value in values]) for key, values in dict(stored).items()]


def _may(form: forms.BaseForm, name: str, never: Collection[str]) -> bool:
    widget = form.fields[name].widget
    is_secret = getattr(widget, "input_type", "") == "password"
    is_code = widget.attrs.get("autocomplete") == "one-time-code"
    is_file = widget.needs_multipart_form
    return not (name in never or is_secret or is_code or is_file or widget.is_hidden)


def _is_of(key: str, names: Collection[str]) -> bool:
    return key in names or any(
        key.startswith(name) and PART.fullmatch(key, len(name)) for name in names
    )
