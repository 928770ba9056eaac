"""Kinds of files that an office meets."""

from dataclasses import dataclass
from pathlib import PurePath

_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Media:
    """A kind of file: its media type, what people call it, and how its names end."""

    slug: str
    type: str
    label: str
    suffixes: tuple[str, ...]

    def fits(self, name: str) -> bool:
        """Whether a file of this name may be expected to be one."""
        return suffix_of(name) in self.suffixes


def suffix_of(name: str) -> str:
    """`xlsx` of `2026 현황.XLSX`; empty when the name has none."""
    return PurePath(name.strip()).suffix.removeprefix(".").lower()


XLSX = Media("xlsx", f"{_OFFICE}.spreadsheetml.sheet", "엑셀(XLSX)", ("xlsx",))
XLSM = Media(
    "xlsm", "application/vnd.ms-excel.sheet.macroenabled.12", "매크로가 든 엑셀(XLSM)", ("xlsm",)
)
XLSB = Media(
    "xlsb", "application/vnd.ms-excel.sheet.binary.macroenabled.12", "엑셀(XLSB)", ("xlsb",)
)
XLS = Media("xls", "application/vnd.ms-excel", "옛 엑셀(XLS)", ("xls",))
ODS = Media(
    "ods", "application/vnd.oasis.opendocument.spreadsheet", "오픈문서 스프레드시트(ODS)", ("ods",)
)
TEXT = Media("text", "text/plain", "텍스트(TXT·CSV)", ("csv", "tsv", "txt", "log", "md"))
HWPX = Media("hwpx", "application/hwp+zip", "한글 문서(HWPX)", ("hwpx",))
HWP = Media("hwp", "application/x-hwp", "한글 문서(HWP)", ("hwp",))
PDF = Media("pdf", "application/pdf", "PDF", ("pdf",))
DOCX = Media("docx", f"{_OFFICE}.wordprocessingml.document", "워드(DOCX)", ("docx",))
DOC = Media("doc", "application/msword", "옛 워드(DOC)", ("doc",))
PPTX = Media("pptx", f"{_OFFICE}.presentationml.presentation", "파워포인트(PPTX)", ("pptx",))
PPT = Media("ppt", "application/vnd.ms-powerpoint", "옛 파워포인트(PPT)", ("ppt",))
ODT = Media("odt", "application/vnd.oasis.opendocument.text", "오픈문서(ODT)", ("odt",))
PNG = Media("png", "image/png", "그림(PNG)", ("png",))
JPEG = Media("jpeg", "image/jpeg", "그림(JPEG)", ("jpg", "jpeg"))
GIF = Media("gif", "image/gif", "그림(GIF)", ("gif",))
WEBP = Media("webp", "image/webp", "그림(WebP)", ("webp",))
TIFF = Media("tiff", "image/tiff", "그림(TIFF)", ("tif", "tiff"))
BMP = Media("bmp", "image/bmp", "그림(BMP)", ("bmp",))
HEIC = Media("heic", "image/heic", "그림(HEIC)", ("heic", "heif"))
AVIF = Media("avif", "image/avif", "그림(AVIF)", ("avif",))
M4A = Media("m4a", "audio/mp4", "소리(M4A)", ("m4a", "m4b"))
MP4 = Media("mp4", "video/mp4", "동영상(MP4)", ("mp4", "m4v", "mov"))
ZIP = Media("zip", "application/zip", "압축 파일(ZIP)", ("zip",))
HTML = Media("html", "text/html", "웹 문서(HTML)", ("html", "htm"))
XML = Media("xml", "application/xml", "XML", ("xml", "svg"))
PROGRAM = Media("program", "application/x-executable", "실행 프로그램", ("exe", "dll", "so"))
LOCKED = Media("locked", "application/encrypted", "암호가 걸린 오피스 문서", ())
OLE = Media("ole", "application/x-ole-storage", "알 수 없는 오피스 문서", ())
EMPTY = Media("empty", "application/x-empty", "빈 파일", ())
UNKNOWN = Media("unknown", "application/octet-stream", "알 수 없는 종류의 파일", ())

KINDS = {
    kind.slug: kind
    for kind in (
        XLSX, XLSM, XLSB, XLS, ODS, TEXT, HWPX, HWP, PDF, DOCX, DOC, PPTX, PPT, ODT, PNG, JPEG,
        GIF, WEBP, TIFF, BMP, HEIC, AVIF, M4A, MP4, ZIP, HTML, XML, PROGRAM, LOCKED, OLE, EMPTY,
        UNKNOWN,
    )
}  # fmt: skip
