"""What a zip file says of itself, judged before anything of it is unpacked."""

from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from mokmin.lib.sandbox.reasons import AGAIN, Reason, Unreadable

MOST_ENTRIES = 5_000
MOST_UNPACKED = 300 * 1024**2
ENCRYPTED = 0x1


def opened(file: IO[bytes]) -> ZipFile:
    """The archive; raises Unreadable when it is more, or other, than an office document is."""
    try:
        archive = ZipFile(file)
    except BadZipFile as error:
        raise Unreadable(Reason.BROKEN) from error
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise Unreadable(Reason.TOO_BIG)
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise Unreadable(Reason.PASSWORD)
    if any(map(_is_strange, entries)) or len({entry.filename for entry in entries}) < len(entries):
        raise Unreadable(Reason.BROKEN, f"파일의 짜임이 문서 같지 않아 읽지 않았습니다. {AGAIN}")
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Unreadable(Reason.TOO_BIG)
    return archive


def _is_strange(entry: ZipInfo) -> bool:
    """A name that would leave the folder, or a way of packing that no office program uses."""
    parts = entry.filename.replace("\\", "/").split("/")
    is_outside = ".." in parts or entry.filename.startswith(("/", "\\")) or ":" in parts[0]
    return is_outside or entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}
