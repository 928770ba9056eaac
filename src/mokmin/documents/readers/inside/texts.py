"""CSV as Korean offices write it: UTF-8 with or without its mark, CP949, UTF-16."""

import csv
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from io import StringIO
from typing import IO, Any

from mokmin.documents.readers.inside.values import Extent, rows_within
from mokmin.lib.sandbox.reasons import AGAIN, Reason, Unreadable

ENCODINGS = ("utf-8-sig", "cp949")
DELIMITERS = (",", "\t", ";")
SAMPLE_LINES = 20
MOST_BYTES = 100 * 1024**2
LONGEST_FIELD = 1_000_000


def read(file: IO[bytes], *, most: dict[str, int]) -> dict[str, Any]:
    """One sheet of texts; what is a number or a date is decided by whoever knows the column."""
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Unreadable(Reason.TOO_BIG)
    text = _decoded(content)
    csv.field_size_limit(LONGEST_FIELD)
    try:
        table = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
        rows = rows_within("CSV", table, Extent(**most), taken=0)
    except csv.Error as error:
        raise Unreadable(Reason.BROKEN) from error
    return {"sheets": [{"name": "CSV", "rows": rows, "merged": []}], "hidden": []}


def _decoded(content: bytes) -> str:
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return content.decode("utf-16", "strict")
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(
        Reason.BROKEN, f"글자를 읽을 수 없습니다. UTF-8이나 엑셀의 CSV로 저장해 주세요. {AGAIN}"
    )


def _delimiter(text: str) -> str:
    """The mark that stands most often in the first lines."""
    sample = "".join(text.splitlines(keepends=True)[:SAMPLE_LINES])
    return max(DELIMITERS, key=sample.count)
