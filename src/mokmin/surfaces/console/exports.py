"""Downloads as CSV that Excel opens as they are meant."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import StringIO

from django import forms
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from mokmin.foundation.people import queries as people
from mokmin.lib.errors import Denied, Invalid
from mokmin.lib.korean import in_seoul
from mokmin.surfaces.console.forms import ReasonForm

LIMIT = 5_000
BOM = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""With these Excel begins to calculate; a quotation mark in front keeps it text."""


class ExportForm(ReasonForm):
    """Why personal data leaves the system."""

    swaps = False

    reason = forms.CharField(
        label="내려받는 사유",
        help_text="개인정보를 내려받은 사유는 접속기록에 남습니다. 근거: 「개인정보의 안전성 "
        "확보조치 기준」 제8조.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def judge(values: Mapping[str, str]) -> None:
    """A download without its reason is refused; raises Invalid."""
    if problems := people.problems_of_reason(values["reason"]):
        raise Invalid(problems)


def plain(value: object) -> str:
    """The text of a cell, harmless in a spreadsheet."""
    if isinstance(value, datetime):
        return in_seoul(value).strftime("%Y-%m-%d %H:%M:%S")
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def within_limit(count: int) -> None:
    """Refuse what is too much for one request."""
    if count > LIMIT:
        raise Denied(f"한 번에 {LIMIT:,}건까지 내려받을 수 있습니다. 기간이나 조건을 좁혀 주세요.")


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
