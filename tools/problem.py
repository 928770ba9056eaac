"""What can go wrong during set-up, each in one clear line of Korean and one of English."""

import errno
import os
import pwd
import re
from pathlib import Path


class Problem(Exception):
    """An expected failure, told in both languages, after the last lines of the tool that failed."""

    def __init__(self, korean: str, english: str) -> None:
        super().__init__(korean)
        self.korean = korean
        self.english = english
        self.tail: list[str] = []

    def __str__(self) -> str:
        tail = "".join(f"\n    {line}" for line in self.tail)
        return f"{tail}\n✗ {self.korean}\n  {self.english}"

    @property
    def lines(self) -> tuple[str, str]:
        """The two sentences, for comparing one problem with another."""
        return self.korean, self.english


FULL = (
    "디스크에 빈 자리가 없습니다. 자리를 비운 뒤 같은 명령을 다시 실행해 주세요.",
    "The disk is full. Free some space and run the same command again.",
)
READ_ONLY = (
    "읽기 전용 폴더라서 쓸 수 없습니다. 쓸 수 있는 폴더에 다시 복제해 주세요.",
    "This folder is read-only. Clone the project into a folder that can be written.",
)
HASH = (
    "받은 패키지가 잠금 파일의 해시와 다릅니다. "
    "미러나 중간 장비가 내용을 바꾸었는지 확인해 주세요.",
    "A package does not match its hash in the lock file. Check the mirror or proxy in between.",
)
CERTIFICATE = (
    "패키지 저장소의 인증서를 확인할 수 없습니다. "
    "기관 인증서의 위치를 PIP_CERT와 NODE_EXTRA_CA_CERTS로 알려 주세요.",
    "The package index's certificate is not trusted. "
    "Point PIP_CERT and NODE_EXTRA_CA_CERTS to your organisation's certificate.",
)
NETWORK = (
    "패키지 저장소에 연결할 수 없습니다. "
    "처음 준비할 때는 인터넷이나 기관 미러(pip·npm 설정)가 필요합니다.",
    "The package index cannot be reached. "
    "The first set-up needs the internet or a mirror (pip and npm settings).",
)
RIGHTS = (
    "이 폴더에 쓸 권한이 없습니다. 폴더 주인으로 실행하시거나 다른 곳에 복제해 주세요.",
    "You may not write in this folder. Run as its owner or clone the project elsewhere.",
)
PLATFORM = (
    "이 컴퓨터에 맞는 패키지가 저장소에 없습니다. "
    "파이썬 판(3.11~3.14)과 CPU, 미러의 내용을 확인해 주세요.",
    "The package index has nothing that fits this machine. "
    "Check the Python version (3.11 to 3.14), the CPU and what the mirror holds.",
)
NO_ENSUREPIP = (
    "파이썬에 ensurepip이 없습니다. "
    "데비안·우분투에서는 'apt install python3-venv'를 실행해 주세요.",
    "This Python has no ensurepip. On Debian or Ubuntu run 'apt install python3-venv'.",
)
NO_NODE = (
    "Node 20 이상이 없고, 이 컴퓨터에 맞는 Node 패키지도 없습니다. "
    "Node 20 이상을 npm과 함께 설치해 주세요.",
    "There is no Node 20 or later, and no Node package fits this machine. "
    "Install Node 20 or later with npm.",
)

SIGNS: tuple[tuple[str, tuple[str, str]], ...] = (
    (r"No space left on device|ENOSPC|Errno 28\b|os error 28\b|Disk quota exceeded", FULL),
    (r"Read-only file system|EROFS|os error 30\b", READ_ONLY),
    (r"DO NOT MATCH THE HASHES|[Hh]ash mismatch|EINTEGRITY", HASH),
    (
        r"CERTIFICATE_VERIFY_FAILED|invalid peer certificate|UnknownIssuer|SELF_SIGNED_CERT"
        r"|UNABLE_TO_(?:GET|VERIFY)_\w+",
        CERTIFICATE,
    ),
    (
        r"Failed to establish a new connection|Temporary failure in name resolution"
        r"|Network is unreachable|Connection refused|Connection reset|ProxyError|[Tt]imed out"
        r"|ConnectTimeout|error sending request|dns error|tcp connect error"
        r"|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT"
        r"|network was disabled",
        NETWORK,
    ),
    (r"Permission denied|Operation not permitted|EACCES|EPERM", RIGHTS),
    (
        r"No matching distribution found|no wheels with a matching|has no usable wheels"
        r"|was not found in the (?:provided|package)|there is no version of"
        r"|EBADPLATFORM|Unsupported platform",
        PLATFORM,
    ),
)
"""What tools print (pip, uv, npm), from the most to the least telling."""

ERRNOS = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: RIGHTS,
    errno.EPERM: RIGHTS,
}


def from_output(text: str) -> Problem | None:
    """The problem that a failed tool's output speaks of, if it is one we know."""
    for pattern, words in SIGNS:
        if re.search(pattern, text):
            return Problem(*words)
    return None


def from_error(error: OSError) -> Problem | None:
    """The problem behind an operating-system error, if it is one we know."""
    words = ERRNOS.get(error.errno or 0)
    return Problem(*words) if words else None


def foreign(path: Path) -> Problem:
    """Someone else made this environment, and the present user cannot use it."""
    uid = path.lstat().st_uid
    try:
        owner = pwd.getpwuid(uid).pw_name
    except KeyError:
        owner = str(uid)
    return Problem(
        f"{path.name}은(는) 다른 사용자({owner})가 만들었습니다. "
        f"그 사용자로 실행하시거나 폴더 주인을 바꾸시거나 새로 복제해 주세요.",
        f"{path.name} was made by another user ({owner}). "
        f"Run as that user, change the owner of the folder, or make a new clone.",
    )


def is_foreign(path: Path) -> bool:
    """Whether another user owns this path and we lack root's right to take it over."""
    return os.path.lexists(path) and os.geteuid() not in (0, path.lstat().st_uid)
