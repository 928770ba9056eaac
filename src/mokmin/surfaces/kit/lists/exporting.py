"""A list as a file (내려받기): asked for with its reason, read in batches, never held whole."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from io import StringIO
from typing import Any

from django import forms
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header

from mokmin.foundation.access.states import Handling
from mokmin.foundation.people import queries as people
from mokmin.foundation.tenancy.keyset import Window
from mokmin.lib.errors import Denied, Invalid
from mokmin.lib.korean import in_seoul
from mokmin.surfaces.kit.forms.base import StaffForm
from mokmin.surfaces.kit.http import MokminRequest, note_personal
from mokmin.surfaces.kit.lists import asked, parts
from mokmin.surfaces.kit.lists.asked import Asked
from mokmin.surfaces.kit.lists.declared import Ask, ListColumn, Listing, asks

LIMIT = 5_000
BATCH = 1_000
BOM = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""With these Excel begins to calculate; a quotation mark in front keeps it text."""


class ExportForm(StaffForm):
    """Which columns, and why personal data leaves the system."""

    needed = ("reason",)

    has_all = forms.BooleanField(label="숨긴 칸도 모두 담기", required=False)
    reason = forms.CharField(
        label="내려받는 사유",
        help_text="개인정보를 내려받은 사유는 접속기록에 남습니다. 근거: 「개인정보의 안전성 "
        "확보조치 기준」 제8조.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, listing: Listing, state: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if columns_of(listing, state, has_all=True) == columns_of(listing, state):
            del self.fields["has_all"]
        if not (state.is_personal or any(column.is_personal for column in listing.columns)):
            del self.fields["reason"]


def columns_of(listing: Listing, state: Asked, *, has_all: bool = False) -> tuple[ListColumn, ...]:
    """The columns that a file holds."""
    chosen = listing.columns if has_all else state.columns
    return tuple(column for column in chosen if column.value)


def page(request: MokminRequest, listing: Listing) -> HttpResponse:
    """Ask what is wanted and why; answer the file."""
    state = asked.read(listing, request.GET, request.actor)
    form = ExportForm(request.POST or None, listing=listing, state=state)
    if request.method == "POST" and not state.problems and form.has_done(judge):
        ask = asks(request, Window(state.sort), state.conditions)
        within_limit(listing, ask)
        columns = columns_of(listing, state, has_all=form.cleaned_data.get("has_all", False))
        return _file(request, listing, ask, columns, reason=form.cleaned_data.get("reason", ""))
    context = {
        "listing": listing,
        "form": form,
        "told": parts.told(listing, state, request.actor),
        "problems": [f"{each.label}: {state.problems[each.name]}" for each in state.filters
                     if each.name in state.problems],
        "back": f"{listing.address()}{state.address()}",
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "lists/export.html", context, status=status)


def judge(values: dict[str, Any]) -> None:
    """A download of personal data without its reason is refused; raises Invalid."""
    if "reason" in values and (problems := people.problems_of_reason(values["reason"])):
        raise Invalid(problems)


def within_limit(listing: Listing, ask: Ask) -> None:
    """Refuse what is too much for one request."""
    beyond = replace(ask.window, skip=LIMIT, limit=1)
    if listing.rows(replace(ask, window=beyond)):
        raise Denied(f"한 번에 {LIMIT:,}건까지 내려받을 수 있습니다. 기간이나 조건을 좁혀 주세요.")


def batches(listing: Listing, ask: Ask) -> Iterator[Sequence[Any]]:
    """All rows, a batch at a time, each from behind the last one's last row."""
    window = replace(ask.window, limit=BATCH)
    while rows := listing.rows(replace(ask, window=window)):
        yield rows
        if len(rows) < BATCH:
            return
        window = replace(window, after=str(listing.key(rows[-1])))


def _file(
    request: MokminRequest,
    listing: Listing,
    ask: Ask,
    columns: Sequence[ListColumn],
    *,
    reason: str,
) -> HttpResponse:
    subjects: dict[str, None] = {}

    def rows() -> Iterator[Sequence[object]]:
        for batch in batches(listing, ask):
            if listing.subjects:
                subjects.update(dict.fromkeys(listing.subjects(batch)))
            yield from ([column.value(row) for column in columns if column.value] for row in batch)

    response = download(
        listing.said_name, columns=[column.title for column in columns], rows=rows(), at=ask.at
    )
    if reason:
        name, whose = listing.said_name, tuple(subjects)
        note_personal(request, Handling.DOWNLOAD, name, subjects=whose, reason=reason)
    return response


def plain(value: object) -> str:
    """The text of a cell, harmless in a spreadsheet."""
    if isinstance(value, datetime):
        return in_seoul(value).strftime("%Y-%m-%d %H:%M:%S")
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def download(
    name: str, *, columns: Sequence[str], rows: Iterable[Sequence[object]], at: datetime
) -> HttpResponse:
    """The file: UTF-8 with its mark, so that Excel reads Korean."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([plain(value) for value in row] for row in rows)
    response = HttpResponse(BOM + text.getvalue(), content_type="text/csv; charset=utf-8")
    file = f"{name}-{in_seoul(at):%Y%m%d-%H%M}.csv"
    response["Content-Disposition"] = content_disposition_header(True, file)  # noqa: FBT003
    return response
