"""The manifest beside a dump: what it was made from, what it holds, and the hash of the file."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from mokmin import __version__
from mokmin.lib.errors import Refusal
from mokmin.surfaces.cli.backups.contents import Contents, Rows
from mokmin.surfaces.cli.backups.files import Listing, Saved

FORMAT = 2
"""1 knew of no files."""
SUFFIX = ".json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is known of one dump; `lost` are contents of files that were not to be had."""

    format: int
    product: str
    made_at: str
    bytes: int
    sha256: str
    contents: Contents
    files: Listing = field(default_factory=dict)
    lost: tuple[str, ...] = ()

    @property
    def file_count(self) -> int:
        """Contents of files that lie beside the dump."""
        return sum(map(len, self.files.values()))


def beside(dump: Path) -> Path:
    """Where the manifest of a dump lies."""
    return dump.with_name(dump.name + SUFFIX)


def of(dump: Path, contents: Contents, *, made_at: str, saved: Saved | None = None) -> Manifest:
    """The manifest of a finished dump and what was saved of files."""
    return Manifest(
        format=FORMAT,
        product=__version__,
        made_at=made_at,
        bytes=dump.stat().st_size,
        sha256=hash_of(dump),
        contents=contents,
        files=saved.listing if saved else {},
        lost=tuple(saved.lost) if saved else (),
    )


def hash_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(manifest: Manifest, path: Path) -> None:
    """Put it in place in one step, readable by this user only."""
    new = path.with_name(f"{path.name}.{os.getpid()}.partial")
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(asdict(manifest), file, ensure_ascii=False, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def read(path: Path) -> Manifest:
    """The manifest at `path`; raises Refusal when there is none, or none that we understand."""
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if found["format"] > FORMAT:
            raise Refusal(
                f"{path}: 더 새로운 판({found['product']})이 만들었습니다. 그 판으로 실행해 주세요."
            )
        contents = found.pop("contents")
        contents["migrations"] = tuple(contents["migrations"])
        contents["heads"] = {key: (seq, text) for key, (seq, text) in contents["heads"].items()}
        found["lost"] = tuple(found.get("lost", ()))
        return Manifest(**found, contents=Contents(**contents))
    except FileNotFoundError:
        raise Refusal(
            f"백업의 목록({path})이 없습니다. 백업 파일과 함께 만들어진 목록을 같은 폴더에 두세요."
        ) from None
    except (KeyError, TypeError, ValueError) as error:
        raise Refusal(f"백업의 목록({path})을 읽을 수 없습니다. 망가졌습니다.") from error


def differences(before: Contents, now: Contents) -> Iterator[str]:
    """Every place where two databases do not hold the same, as a sentence."""
    if before.tenants != now.tenants:
        yield f"자치단체가 다릅니다: {_names(before)} → {_names(now)}."
    if missing := set(before.migrations) ^ set(now.migrations):
        yield f"마이그레이션이 다릅니다: {', '.join(sorted(missing))}."
    yield from _other_rows(before.tables, now.tables)
    for tenant in sorted({*before.heads, *now.heads}):
        if before.heads.get(tenant) != now.heads.get(tenant):
            yield f"{_name(now, tenant)}의 변경 이력 끝이 다릅니다."


def _other_rows(before: Rows, now: Rows) -> Iterator[str]:
    for table in sorted({*before, *now}):
        if before.get(table) != now.get(table):
            was, is_now = (sum(rows.get(table, {}).values()) for rows in (before, now))
            each = " 자치단체마다 다릅니다." if was == is_now else ""
            yield f"{table}: {was:,}행 → {is_now:,}행.{each}"


def _name(contents: Contents, tenant: str) -> str:
    return contents.tenants.get(tenant, tenant)


def _names(contents: Contents) -> str:
    return ", ".join(sorted(contents.tenants.values())) or "없음"
