"""Which operating-system user runs the server, and how a program is run as that user."""

import errno
import os
import pwd
import stat
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mokmin.lib.postgres import spawn
from mokmin.lib.postgres.problem import PostgresProblem

SERVICE_USERS = ("postgres", "nobody")
"""Whom root runs the server as, best first; PostgreSQL itself refuses to run as root."""

NEEDED = {"CAP_CHOWN": 0, "CAP_DAC_OVERRIDE": 1, "CAP_KILL": 5, "CAP_SETGID": 6, "CAP_SETUID": 7}
"""What root needs to prepare, start, enter and stop a server that runs as another user."""

USER_REFUSED = (
    "root에서 서버용 사용자로 바꾸는 것을 이 환경이 막고 있습니다. "
    "일반 사용자로 실행해 주세요. (changing the user was refused: run as an ordinary user)"
)


@dataclass(frozen=True)
class ServerUser:
    """The user of the server; `callers` are the users who may connect, in every role."""

    uid: int
    gid: int
    callers: tuple[str, ...]

    @property
    def is_other(self) -> bool:
        """Whether the server runs as another user than this process."""
        return self.uid != os.geteuid()

    def own(self, path: Path | int) -> None:
        """Hand a path or open file to the user of the server."""
        if not self.is_other:
            return
        try:
            os.chown(path, self.uid, self.gid)
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise
            # In a user name space that does not know the user of the server.
            raise PostgresProblem(USER_REFUSED) from error

    def command(self, program: Sequence[str | Path], *, reach: Sequence[Path]) -> list[str]:
        """The command line that runs `program` as this user, with a way through to `reach`."""
        plain = [str(part) for part in program]
        if not self.is_other:
            return plain
        keep = not all(self._may_pass(path) for path in reach)
        drop = [str(self.uid), str(self.gid), "1" if keep else "0"]
        return [sys.executable, "-I", "-S", spawn.__file__, *drop, *plain]

    def _may_pass(self, path: Path) -> bool:
        wanted = stat.S_IXOTH if path.is_dir() else stat.S_IXOTH | stat.S_IROTH
        return all(self._has(stat.S_IXOTH, each) for each in path.parents) and self._has(
            wanted, path
        )

    def _has(self, wanted: int, path: Path) -> bool:
        found = path.stat()
        if found.st_uid == self.uid:
            wanted <<= 6
        elif found.st_gid == self.gid:
            wanted <<= 3
        return found.st_mode & wanted == wanted


def for_data(data: Path) -> ServerUser:
    """The account that runs `data`; raises PostgresProblem when this user is not the one."""
    owner = _owner(data)
    if os.geteuid() == 0:
        return _service_account(data, owner)
    me = os.geteuid()
    if owner not in {None, me}:
        raise _strangers(data, owner)
    return ServerUser(me, os.getegid(), (_name(me),))


def explain_exit(code: int | None) -> str | None:
    """The sentence for what `spawn` could not do, None for any other end."""
    return {
        spawn.USER_REFUSED: USER_REFUSED,
        spawn.CAPABILITY_REFUSED: (
            "데이터나 프로그램이 다른 사용자가 들어갈 수 없는 폴더에 있는데, 서버에 "
            "CAP_DAC_OVERRIDE를 넘기는 것을 이 환경이 막고 있습니다. 일반 사용자로 실행하거나 "
            "누구나 지나갈 수 있는 폴더로 옮겨 주세요. "
            "(ambient CAP_DAC_OVERRIDE was refused: run as an ordinary user or move the folder)"
        ),
        spawn.CANNOT_RUN: "PostgreSQL 프로그램을 실행할 수 없습니다.",
    }.get(code or 0)


def _service_account(data: Path, owner: int | None) -> ServerUser:
    if lacking := _lacking_capabilities():
        names = ", ".join(lacking)
        options = " ".join(f"--cap-add={name.removeprefix('CAP_')}" for name in lacking)
        raise PostgresProblem(
            f"이 환경의 root에는 {names} 권한이 없어 PostgreSQL을 켤 수 없습니다. "
            f"일반 사용자로 실행하거나 컨테이너에 {options}를 주세요. "
            f"(root lacks {names}: run as an ordinary user or add {options})"
        )
    known = [found for name in SERVICE_USERS if (found := _find(name))]
    for user in known:
        if owner in {None, user.pw_uid}:
            return ServerUser(user.pw_uid, user.pw_gid, (_name(0), user.pw_name))
    if owner is not None:
        raise _strangers(data, owner)
    raise PostgresProblem(
        "PostgreSQL은 root로 돌 수 없는데 postgres나 nobody 사용자가 없습니다. "
        "일반 사용자로 실행하거나 `useradd --system postgres`로 만들어 주세요."
    )


def _strangers(data: Path, owner: int | None) -> PostgresProblem:
    if owner == 0:
        return PostgresProblem(
            f"데이터({data})의 주인이 root로 바뀌어 있습니다. PostgreSQL은 root로 돌지 않으므로 "
            "`chown -R`로 처음 만든 사용자에게 되돌려 주세요."
        )
    name = _known_as(owner)
    who = f"root나 {name}" if owner in _service_uids() else name
    return PostgresProblem(
        f"데이터({data})를 {who} 사용자가 만들었으므로 {_known_as(os.geteuid())} 사용자로는 "
        f"다루지 않습니다. {who} 사용자로 실행하거나 MOKMIN_VAR로 다른 폴더를 정해 주세요."
    )


def _owner(data: Path) -> int | None:
    """Whose the data is; None while there is none."""
    try:
        return data.stat().st_uid if (data / "PG_VERSION").exists() else None
    except PermissionError:  # closed to us, so certainly somebody's
        return _owner_of_folder(data)


def _owner_of_folder(data: Path) -> int | None:
    try:
        return data.stat().st_uid
    except PermissionError:
        return None


def _lacking_capabilities() -> list[str]:
    for line in Path("/proc/self/status").read_text().splitlines():
        name, _, value = line.partition(":")
        if name == "CapEff":
            return [name for name, bit in NEEDED.items() if not int(value, 16) >> bit & 1]
    return []


def _service_uids() -> set[int]:
    return {found.pw_uid for name in SERVICE_USERS if (found := _find(name))}


def _find(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        raise PostgresProblem(
            f"사용자 번호 {uid}에 이름이 없어 PostgreSQL을 켤 수 없습니다. "
            "이름이 있는 사용자로 실행하거나 /etc/passwd에 그 번호를 더해 주세요. "
            f"(uid {uid} has no passwd entry)"
        ) from None


def _known_as(uid: int | None) -> str:
    try:
        return pwd.getpwuid(uid or 0).pw_name
    except KeyError:
        return f"{uid}번"
