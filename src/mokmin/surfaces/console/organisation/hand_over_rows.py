"""Hand-overs (인계인수) as lists show them."""

from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString

from mokmin.foundation.orgs.queries_hand_overs import HandOverRow
from mokmin.lib.korean import date_text
from mokmin.surfaces.kit.rows import Column, day, link, text, tr
from mokmin.surfaces.kit.tones import status

COLUMNS = (
    Column("자리", names_row=True),
    Column("인계자"),
    Column("인수자"),
    Column("인계일", "date"),
    Column("확인 기한", "date"),
    Column("상태", "status"),
)


def row(sheet: HandOverRow, today: date) -> SafeString:
    """One line."""
    return tr(
        COLUMNS,
        (
            link(sheet.post_name, reverse("console:hand-over", args=[sheet.uid])),
            sheet.leaver.name,
            text(sheet.successor.name if sheet.successor else ""),
            day(sheet.on),
            day(sheet.due_on),
            state(sheet, today),
        ),
    )


def state(sheet: HandOverRow, today: date) -> SafeString:
    """How far the hand-over has come."""
    return status(*progress(sheet, today))


def progress(sheet: HandOverRow, today: date) -> tuple[str, str]:
    """The same as its tone and its word."""
    if sheet.acknowledged_at:
        return "done", f"{date_text(sheet.acknowledged_at)} 확인함"
    if sheet.due_on < today:
        return "late", f"{(today - sheet.due_on).days}일 지남"
    if sheet.successor is None:
        return "warn", "인수자 미정"
    return ("idle", "예정") if sheet.on > today else ("info", "확인 기다림")
