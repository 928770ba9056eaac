"""Stamps: what schema and static files were last made from, so that a warm start makes nothing."""

import hashlib
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import mokmin
from mokmin.surfaces.cli import folders

PACKAGE = Path(mokmin.__file__).parent
SHAPING = (
    "brotli",
    "django",
    "django_allauth",
    "django_cotton",
    "django_htmx",
    "procrastinate",
    "whitenoise",
)
"""Packages whose version decides how tables and static files look."""

NOT_SCHEMA = ("lib", "surfaces")
"""Folders that say nothing about tables; the surfaces own none."""

MARK = "mokmin schema "
"""Before the stamp in the comment on the schema: it travels with the data, dumps included."""

READ = "SELECT coalesce(obj_description('public'::regnamespace, 'pg_namespace'), '')"


def of_schema() -> str:
    """What `migrate` depends on: our floors that hold tables, and the packages that bring some."""
    files = (
        path
        for path in sorted(PACKAGE.rglob("*"))
        if path.suffix in {".py", ".sql"} and path.relative_to(PACKAGE).parts[0] not in NOT_SCHEMA
    )
    return MARK + _digest(_named(path) + path.read_bytes() for path in files)


def of_static() -> str:
    """What `collectstatic` depends on: our static files, and the packages that serve them."""
    files = (path for path in sorted(PACKAGE.rglob("static/**/*")) if path.is_file())
    return _digest(_named(path) + _shape(path) for path in files)


def write_sql(stamp: str) -> str:
    """The statement that stamps the schema; the owner of the database may run it."""
    return f"COMMENT ON SCHEMA public IS '{stamp}'"


def has_static() -> bool:
    """Whether the collected files are there and made from the present ones."""
    try:
        kept = (folders.stamps() / "static").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return kept == of_static() and (folders.static() / "staticfiles.json").is_file()


def forget_static() -> None:
    """Before making them anew."""
    (folders.stamps() / "static").unlink(missing_ok=True)


def keep_static() -> None:
    """After they are all there."""
    folders.stamps().mkdir(parents=True, exist_ok=True)
    (folders.stamps() / "static").write_text(of_static(), encoding="utf-8")


@cache
def _packages() -> bytes:
    """Names with versions of those installed packages that count."""
    return "\n".join(sorted(_installed())).encode()


def _installed() -> Iterator[str]:
    for entry in sys.path:
        folder = Path(entry)
        if folder.name.endswith("-packages") and folder.is_dir():
            names = (path.name.lower() for path in folder.glob("*.dist-info"))
            yield from (name for name in names if name.partition("-")[0] in SHAPING)


def _digest(parts: Iterable[bytes]) -> str:
    total = hashlib.sha256(_packages())
    for part in parts:
        total.update(hashlib.sha256(part).digest())
    return total.hexdigest()


def _named(path: Path) -> bytes:
    return str(path.relative_to(PACKAGE)).encode() + b"\0"


def _shape(path: Path) -> bytes:
    found = path.stat()
    return f"{found.st_size} {found.st_mtime_ns}".encode()
