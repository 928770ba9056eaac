"""Become another user and run a program: `spawn.py UID GID KEEP PROGRAM…`, started by its path.

Stands alone (standard library only): root starts it in a fresh interpreter, so that dropping the
rights never happens inside a process that has threads. KEEP is 1 when the program needs to pass
folders that its user may not enter; it then keeps CAP_DAC_OVERRIDE, and only that.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

USER_REFUSED = 120
CAPABILITY_REFUSED = 121
CANNOT_RUN = 122

CAP_DAC_OVERRIDE = 1 << 1
CAPABILITY_VERSION_3 = 0x20080522
PR_GET_SECUREBITS = 27
PR_SET_SECUREBITS = 28
NO_SETUID_FIXUP = 1 << 2
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Set(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def become(uid: int, gid: int) -> None:
    """Give up root for good; raises OSError when the kernel refuses the user."""
    os.setgroups([gid])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)


def hold_rights() -> None:
    """Let the coming change of user leave the rights alone; raises OSError when it is refused.

    The bit also makes access(2) count them, by which PostgreSQL looks for its own programs.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    now = libc.prctl(PR_GET_SECUREBITS, 0, 0, 0, 0)
    _checked(libc.prctl(PR_SET_SECUREBITS, now | NO_SETUID_FIXUP, 0, 0, 0))


def keep_override() -> None:
    """Carry CAP_DAC_OVERRIDE, alone, over the coming exec; raises OSError when it is refused."""
    libc = ctypes.CDLL(None, use_errno=True)
    bit = CAP_DAC_OVERRIDE
    sets = (_Set * 2)(_Set(bit, bit, bit), _Set(0, 0, 0))
    _checked(libc.capset(ctypes.byref(_Header(CAPABILITY_VERSION_3, 0)), sets))
    _checked(libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, bit.bit_length() - 1, 0, 0))


def _checked(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _fail(error: OSError, code: int) -> None:
    sys.stderr.write(f"{error}\n")
    raise SystemExit(code)


def main(uid: str, gid: str, keep: str, *program: str) -> None:
    """Drop to the user and turn into the program; the exit code tells what was refused."""
    steps: list[tuple[Callable[[], None], int]] = [
        (lambda: become(int(uid), int(gid)), USER_REFUSED)
    ]
    if keep == "1":
        steps = [(hold_rights, CAPABILITY_REFUSED), *steps, (keep_override, CAPABILITY_REFUSED)]
    for step, refused in steps:
        try:
            step()
        except OSError as error:
            _fail(error, refused)
    # Python ignores SIGPIPE; what it starts should not.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    os.umask(0o077)
    try:
        os.execv(program[0], program)
    except OSError as error:
        _fail(error, CANNOT_RUN)


if __name__ == "__main__":
    main(*sys.argv[1:])
