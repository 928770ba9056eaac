"""Columns of a table that is expected, and what a cell means in each of them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Literal

from mokmin.documents.readers.workbook import Value
from mokmin.lib.errors import Refusal
from mokmin.lib.korean import in_seoul, josa, parse_date, quoted
from mokmin.lib.sheets import clean

Kind = Literal["text", "date", "number"]

NEGATIVE = re.compile(r"^\((.+)\)$|^[△▲−–-](.+)$")
NUMBER = re.compile(r"[0-9]+|[0-9]{1,3}(,[0-9]{3})+|([0-9]+|[0-9]{1,3}(,[0-9]{3})+)\.[0-9]+")
LONGEST_NUMBER = 40
DATE_NUMBER = range(10_000_000, 100_000_000)
"""20260701 as a number is a date; 46204 might be anything."""

EMPTY: Mapping[Kind, Any] = {"text": "", "date": None, "number": None}
NOT_FILLED = "비어 있습니다. 적어 주세요."


@dataclass(frozen=True, slots=True)
class Sought:
    """A column that is looked for by its title or a synonym.

    `needed` must stand in the table and be filled in every row; `choices` are the only values.
    """

    key: str
    title: str
    synonyms: tuple[str, ...] = ()
    kind: Kind = "text"
    needed: bool = False
    choices: tuple[str, ...] = ()


def read_value(column: Sought, cell: Value) -> tuple[Any, str]:
    """What the cell means in this column, and what is wrong with it (else nothing)."""
    empty = EMPTY[column.kind]
    if cell is None or (isinstance(cell, str) and not clean(cell)):
        return empty, NOT_FILLED if column.needed else ""
    try:
        return READERS[column.kind](cell, column), ""
    except Refusal as refusal:
        return empty, str(refusal)


def as_text(cell: Value) -> str:
    """A cell as it would be typed."""
    match cell:
        case None:
            return ""
        case bool():
            return "예" if cell else "아니요"
        case float():
            return f"{Decimal(repr(cell)):f}"
        case datetime():
            return _moment_text(cell)
        case date() | time():
            return cell.isoformat()
    return clean(str(cell))


def _moment_text(moment: datetime) -> str:
    there = in_seoul(moment)
    return there.date().isoformat() if there.time() == time() else f"{there:%Y-%m-%d %H:%M}"


def _text(cell: Value, column: Sought) -> str:
    text = as_text(cell)
    if not column.choices:
        return text
    bare = {_bare(choice): choice for choice in column.choices}
    if found := bare.get(_bare(text)):
        return found
    raise Refusal(
        f"{josa(quoted(text), '은/는')} 목록에 없는 값입니다. "
        f"{', '.join(column.choices)} 가운데에서 골라 주세요."
    )


def _bare(text: str) -> str:
    return "".join(text.split())


def _date(cell: Value, _column: Sought) -> date:
    if isinstance(cell, datetime):
        return in_seoul(cell).date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int) and not isinstance(cell, bool) and cell not in DATE_NUMBER:
        raise Refusal(
            f"{josa(quoted(str(cell)), '은/는')} 날짜로 읽을 수 없습니다. "
            "셀 서식을 날짜로 바꾸거나 2026-07-01처럼 적어 주세요."
        )
    return parse_date(as_text(cell))


def _number(cell: Value, _column: Sought) -> int | Decimal:
    if isinstance(cell, int) and not isinstance(cell, bool):
        return cell
    if isinstance(cell, float):
        return Decimal(repr(cell))
    text = as_text(cell)
    sign, plain = 1, text.replace(" ", "")
    if found := NEGATIVE.match(plain):
        sign, plain = -1, found[1] or found[2]
    if len(plain) > LONGEST_NUMBER or not NUMBER.fullmatch(plain):
        raise Refusal(
            f"{josa(quoted(text), '은/는')} 숫자로 읽을 수 없습니다. 1,234처럼 숫자만 적어 주세요."
        )
    number = sign * Decimal(plain.replace(",", ""))
    return int(number) if "." not in plain else number


READERS: Mapping[Kind, Callable[[Value, Sought], Any]] = {
    "text": _text,
    "date": _date,
    "number": _number,
}
