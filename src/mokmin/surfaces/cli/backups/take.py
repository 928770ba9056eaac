"""`mokmin db backup`: a dump with its manifest, both of the same moment."""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from mokmin.lib.errors import Refusal
from mokmin.lib.korean import SEOUL
from mokmin.lib.postgres import Cluster, backup, roles
from mokmin.surfaces.cli import running
from mokmin.surfaces.cli.backups import contents, files, manifest
from mokmin.surfaces.cli.backups.files import Listing, Saved
from mokmin.surfaces.cli.screen import Screen

NAME = re.compile(r"mokmin-\d{8}-\d{6}\.dump")
"""What `--keep` may delete, and nothing else."""

LOCK = ".lock"
UNFINISHED = ".unfinished"


def take(cluster: Cluster | None, path: Path, *, screen: Screen) -> str:
    """Back up into `path`; the one line that says what came of it."""
    if path.exists():
        raise Refusal(f"같은 이름의 파일({path})이 이미 있습니다. 다른 이름을 적어 주세요.")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    url = running.address(roles.BACKUP)
    dump = path.with_name(f"{path.name}{UNFINISHED}")
    with _alone(path.parent), contents.snapshot(url) as connection:
        seen = contents.exported(connection)
        tools = running.tools(cluster, server=connection.info.server_version // 10000)
        for left in path.parent.glob(f"*{UNFINISHED}*"):
            left.unlink()
        try:
            with screen.step("자료를 셉니다") as step:
                counted = contents.read(connection)
                step.end(f"자료를 셌습니다(표 {len(counted.tables)}개, {counted.row_count:,}행).")
            with screen.step("자료를 받습니다") as step:
                backup.dump(url, dump, binaries=tools, snapshot=seen, say=step.note)
                step.end("자료를 받았습니다.")
            with screen.step("파일을 담습니다") as step:
                saved = files.collect(connection, path.parent, step.note)
                step.end(f"파일을 담았습니다(새로 담은 것 {saved.copied:,}개).")
            made_at = datetime.now(SEOUL).isoformat(timespec="seconds")
            listed = manifest.of(dump, counted, made_at=made_at, saved=saved)
            manifest.write(listed, manifest.beside(path))
            dump.rename(path)
        finally:
            dump.unlink(missing_ok=True)
    return (
        f"백업했습니다: {path} ({size(listed.bytes)}, 자치단체 {len(counted.tenants)}곳, "
        f"{counted.row_count:,}행{_of_files(saved)})"
    )


def _of_files(saved: Saved) -> str:
    """What is said of files: nothing where there are none."""
    told = f", 파일 내용 {saved.count:,}개 {size(saved.size)}" if saved.count else ""
    lost = f", 보관함에서 잃은 파일 내용 {len(saved.lost):,}개는 빠짐" if saved.lost else ""
    return told + lost


def default_name(now: datetime) -> str:
    """A name that sorts by time."""
    return f"mokmin-{now.astimezone(SEOUL):%Y%m%d-%H%M%S}.dump"


def all_in(folder: Path) -> list[Path]:
    """Backups with a name of ours, oldest first."""
    return sorted(path for path in folder.glob("mokmin-*.dump") if NAME.fullmatch(path.name))


def keep(folder: Path, number: int) -> int:
    """Delete all but the newest, and contents of files that no backup lists; the number deleted."""
    old = all_in(folder)[:-number]
    with _alone(folder):
        for path in old:
            path.unlink()
            manifest.beside(path).unlink(missing_ok=True)
        if old and (listings := _listings(folder)) is not None:
            files.clear(folder, listings)
    return len(old)


def _listings(folder: Path) -> list[Listing] | None:
    """What the backups of a folder list; None when one of them cannot be read."""
    try:
        return [
            manifest.read(manifest.beside(dump)).files for dump in sorted(folder.glob("*.dump"))
        ]
    except Refusal:
        return None


def size(count: int) -> str:
    """Bytes as people read them."""
    return f"{count / 1_000_000:,.1f}MB" if count >= 100_000 else f"{count / 1000:,.1f}KB"  # noqa: PLR2004  # a tenth of the unit


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep a second backup into the same folder out."""
    opened = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise Refusal(
            f"다른 백업이 {folder} 폴더에 받고 있습니다. 끝난 뒤 다시 실행해 주세요."
        ) from None
    finally:
        os.close(opened)
