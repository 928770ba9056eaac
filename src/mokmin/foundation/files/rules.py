"""Judgements on files: names, sizes and kinds that can be taken."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePosixPath

from mokmin.lib.korean import josa
from mokmin.lib.media import KINDS, Media, kinds, suffix_of

NAME_LENGTH = 200
KILOBYTE, MEGABYTE = 1_000, 1_000_000
UNITS = {"KB": KILOBYTE, "MB": MEGABYTE, "GB": 1_000 * MEGABYTE}
UNNAMED = "이름 없는 파일"
FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
"""Characters that no name may have on some system where it will be downloaded."""

USUAL = (
    kinds.HWPX, kinds.HWP, kinds.PDF, kinds.XLSX, kinds.XLS, kinds.ODS, kinds.DOCX, kinds.DOC,
    kinds.ODT, kinds.PPTX, kinds.PPT, kinds.TEXT, kinds.PNG, kinds.JPEG, kinds.GIF, kinds.WEBP,
    kinds.HEIC, kinds.AVIF, kinds.TIFF, kinds.BMP, kinds.MP4, kinds.ZIP,
)  # fmt: skip
"""Kinds that are taken unless an installation says otherwise, the commonest first."""

LOCKED = "암호가 걸린 문서는 올릴 수 없습니다. 암호를 풀어 저장한 뒤 올려 주세요."
MACROS = "매크로가 든 엑셀은 올릴 수 없습니다. ‘Excel 통합 문서(*.xlsx)’로 저장한 뒤 올려 주세요."
EMPTY = "빈 파일입니다. 내용이 있는 파일을 골라 주세요."


def why_not_kinds(slugs: Collection[str]) -> str | None:
    """Why an installation cannot choose these kinds; one that is misspelt would be none."""
    known = sorted(kind.slug for kind in KINDS.values() if kind.suffixes)
    if unknown := [slug for slug in slugs if slug not in known]:
        return (
            f"MOKMIN_FILE_TYPES에 모르는 종류가 있습니다: {', '.join(unknown)}. "
            f"적을 수 있는 것: {', '.join(known)}."
        )
    return None


def cleaned_name(name: str) -> str:
    """A name without folders, invisible marks and what some system forbids; never too long."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(mark for mark in plain if unicodedata.category(mark) not in {"Cc", "Cf", "Cs"})
    clean = " ".join(FORBIDDEN.sub("_", shown).split()).strip(". ")
    if not clean:
        return UNNAMED
    suffix = PurePosixPath(clean).suffix[:20]
    return clean[: NAME_LENGTH - len(suffix)].removesuffix(suffix) + suffix


def problem_of_file(
    name: str, kind: Media, *, size: int, allowed: Collection[str], most: int
) -> str | None:
    """Why a file cannot be taken; `most` in bytes."""
    if size > most:
        return f"{most // MEGABYTE:,}MB까지 올릴 수 있습니다(이 파일은 {size_text(size)})."
    if kind.slug in allowed:
        return _problem_of_name(name, kind)
    return {kinds.EMPTY: EMPTY, kinds.LOCKED: LOCKED, kinds.XLSM: MACROS}.get(
        kind, f"{josa(kind.label, '은/는')} 올릴 수 없습니다. {_offered(allowed)}"
    )


def _problem_of_name(name: str, kind: Media) -> str | None:
    if kind.fits(name):
        return None
    suffix = suffix_of(name)
    if not suffix:
        return f"이름 끝에 확장자가 없습니다. 내용은 {kind.label}입니다. 이름을 바로잡아 주세요."
    return (
        f"이름은 .{josa(suffix, '으로/로')} 끝나지만 내용은 {kind.label}입니다. "
        "이름이나 내용을 바로잡아 올려 주세요."
    )


def suffixes_of(allowed: Collection[str]) -> tuple[str, ...]:
    """How names of files end that are taken, the commonest first."""
    ordered = dict.fromkeys((*USUAL, *KINDS.values()))
    return tuple(suffix for kind in ordered if kind.slug in allowed for suffix in kind.suffixes)


def _offered(allowed: Collection[str]) -> str:
    return f"올릴 수 있는 것: {', '.join(suffixes_of(allowed)).upper()}."


def all_problems(problems: Iterable[tuple[str, str | None]]) -> Mapping[str, str]:
    """The problems of several files as one sentence each, all at the field `file`."""
    told = [f"{name}: {problem}" for name, problem in problems if problem]
    return {"file": " ".join(told)} if told else {}


def size_text(size: int) -> str:
    """Bytes as people read them: `24바이트`, `12.3KB`, `4.5MB`, `100MB`."""
    if size < KILOBYTE:
        return f"{size}바이트"
    for unit, most in (("KB", MEGABYTE // 10), ("MB", 1_000 * MEGABYTE)):
        if size < most:
            return f"{_rounded(size / UNITS[unit])}{unit}"
    return f"{_rounded(size / UNITS['GB'])}GB"


def _rounded(number: float) -> str:
    return f"{number:,.1f}".removesuffix(".0")
