"""Uploads on their way in: always on disk, measured while they arrive, never more than allowed."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from mokmin.foundation.files.actions import Upload
from mokmin.foundation.files.rules import MEGABYTE
from mokmin.lib.errors import Invalid

FOLDER_MODE = 0o700


class MeasuredUploads(TemporaryFileUploadHandler):
    """Writes each file to disk until it is too much; what is too much is only counted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._before = self._size = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin with the next file of the request."""
        folder = Path(settings.FILE_UPLOAD_TEMP_DIR)
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        super().new_file(*args, **kwargs)
        self._before += self._size
        self._size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece, if there is room for it."""
        self._size += len(raw_data)
        if self._is_within:
            super().receive_data_chunk(raw_data, start)

    @property
    def _is_within(self) -> bool:
        whole = self._before + self._size
        return self._size <= settings.MOKMIN_FILE_BYTES and whole <= settings.MOKMIN_UPLOAD_BYTES

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        """The file with its whole size; of one that was too much, nothing is left but that."""
        made = super().file_complete(file_size)
        if made is not None:
            made.size = self._size
            made.is_cut = not self._is_within  # type: ignore[attr-defined]  # ours
            if not self._is_within and made.file is not None:
                made.file.truncate(0)
        return made


def problem(file: "UploadedFile[bytes]") -> str | None:
    """Why a file did not arrive whole."""
    if not getattr(file, "is_cut", False):
        return None
    if (file.size or 0) > settings.MOKMIN_FILE_BYTES:
        return f"{settings.MOKMIN_FILE_BYTES // MEGABYTE:,}MB까지 올릴 수 있습니다."
    most = settings.MOKMIN_UPLOAD_BYTES // MEGABYTE
    return f"한 번에 모두 {most:,}MB까지 올릴 수 있습니다. 나누어 올려 주세요."


def arrived(files: "Sequence[UploadedFile[bytes]]") -> list[Upload]:
    """Files as the actions take them; raises Invalid at `file` for all that did not come whole."""
    told = [f"{file.name}: {why}" for file in files if (why := problem(file))]
    if told:
        raise Invalid({"file": " ".join(told)})
    return [Upload(file.name or "", file) for file in files]
