"""Reads Excel and CSV files that people bring; always in the disposable process."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
from typing import IO, Any

from mokmin.documents.readers.inside.values import Extent
from mokmin.documents.readers.workbook import (
    NAMED,
    Sheet,
    Workbook,
    named,
    sheet_of,
    shortened,
)
from mokmin.lib import media, sandbox
from mokmin.lib.korean import josa
from mokmin.lib.media import Media
from mokmin.lib.media import kinds as files
from mokmin.lib.sandbox import Reason, Unreadable

INSIDE = "mokmin.documents.readers.inside"
EXCEL = {files.XLSX, files.XLSM, files.XLSB, files.XLS, files.ODS}
ZIPPED = EXCEL - {files.XLS}
WITH_XML = {files.XLSX, files.XLSM}
READABLE = EXCEL | {files.TEXT}
OFFERED = (files.XLSX, files.XLSM, files.XLS, files.XLSB, files.ODS, files.TEXT)
"""The same, the commonest first, for whoever has to choose a file."""
SAVE_AGAIN = "엑셀에서 열어 ‘Excel 통합 문서(*.xlsx)’로 다시 저장한 뒤 올려 주세요."
LEAST_SECONDS = 5


LIMITS = Extent()
"""How much of a workbook is read, unless somebody needs more."""


def read(
    file: IO[bytes],
    *,
    name: str = "",
    limits: Extent = LIMITS,
    process: sandbox.Limits = sandbox.PROMPT,
    tick: Callable[[], None] | None = None,
) -> Workbook:
    """The workbook. Raises Unreadable, whose sentence a form shows at its field `file`.

    Somebody waits for it, unless a job says otherwise with `process`. What the fast reader dies of
    is read once more, slowly, in what is left of the time.
    """
    kind = media.sniff(file)
    if kind not in READABLE:
        raise _refused(kind, name)
    begun = time.monotonic()
    most = asdict(limits)
    try:
        said = _said(file, kind, most, process, tick)
    except Unreadable as unreadable:
        if not unreadable.has_died or kind not in WITH_XML:
            raise
        left = process.seconds - int(time.monotonic() - begun)
        slow = replace(process, seconds=max(left, LEAST_SECONDS))
        reader = f"{INSIDE}.slow_excel:read"
        said = sandbox.read(file, reader, options={"most": most}, limits=slow, tick=tick)
    return _workbook(said, kind, name)


def _said(
    file: IO[bytes],
    kind: Media,
    most: Mapping[str, int],
    process: sandbox.Limits,
    tick: Callable[[], None] | None,
) -> Any:
    options: dict[str, Any] = {"most": most}
    if kind == files.TEXT:
        reader = f"{INSIDE}.texts:read"
    else:
        reader = f"{INSIDE}.excel:read"
        options |= {"is_zip": kind in ZIPPED, "has_xml": kind in WITH_XML}
    return sandbox.read(file, reader, options=options, limits=process, tick=tick)


def _refused(kind: Media, name: str) -> Unreadable:
    match kind:
        case files.LOCKED:
            return Unreadable(Reason.PASSWORD)
        case files.EMPTY:
            return Unreadable(Reason.UNKNOWN_TYPE, "빈 파일입니다. 내용이 있는 파일을 골라 주세요.")
        case files.HTML | files.XML:
            said = f"엑셀 파일이 아니라 {josa(kind.label, '을/를')} 올리셨습니다."
            return Unreadable(Reason.UNKNOWN_TYPE, f"{said} {SAVE_AGAIN}")
        case files.ZIP | files.OLE if media.suffix_of(name) in {"xlsx", "xlsm", "xls"}:
            return Unreadable(Reason.BROKEN)
    return Unreadable(
        Reason.UNKNOWN_TYPE,
        f"엑셀(XLSX, XLS)이나 CSV 파일을 올려 주세요. 올린 파일의 내용은 {kind.label}입니다.",
    )


def _workbook(said: Any, kind: Media, name: str) -> Workbook:
    """The answer, as far as it is one: a process that read a hostile file may say anything."""
    try:
        sheets = tuple(sheet_of(each) for each in said["sheets"])
        told = (*_told_of_name(kind, name), *_told(said, sheets))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Unreadable(Reason.BROKEN) from error
    return Workbook(media=kind, sheets=sheets, told=told)


def _told_of_name(kind: Media, name: str) -> Iterator[str]:
    suffix = media.suffix_of(name)
    if suffix and not kind.fits(name):
        yield (
            f"파일 이름은 .{josa(suffix, '으로/로')} 끝나지만 내용은 {kind.label}입니다. "
            "내용에 맞추어 읽었습니다."
        )


def _told(said: Mapping[str, Any], sheets: tuple[Sheet, ...]) -> Iterator[str]:
    if hidden := [str(name) for name in said["hidden"]]:
        rest = f" 외 {len(hidden) - NAMED:,}개" if len(hidden) > NAMED else ""
        yield f"숨긴 시트는 읽지 않았습니다: {named(hidden)}{rest}."
    for sheet, details in zip(sheets, said["sheets"], strict=True):
        name = shortened(sheet.name)
        if blank := details.get("blank_count"):
            where = _addresses(details["blank"], int(blank))
            yield (
                f"‘{name}’ 시트에 값이 계산되지 않은 수식이 있어 빈칸으로 읽었습니다"
                f"({where}). 엑셀에서 열어 저장하면 값이 채워집니다."
            )
        if wrong := details.get("wrong_count"):
            where = _addresses(details["wrong"], int(wrong))
            yield f"‘{name}’ 시트에 오류 값(#REF! 등)이 있어 빈칸으로 읽었습니다({where})."


def _addresses(cells: list[str], count: int) -> str:
    rest = f" 외 {count - NAMED:,}칸" if count > NAMED else ""
    return ", ".join(cells[:NAMED]) + rest
