"""Calls to the Linux kernel that Python has no words for."""

import ctypes
import os

PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38
CAPABILITY_VERSION_3 = 0x20080522
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000

_libc = ctypes.CDLL(None, use_errno=True)


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Set(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def checked(result: int) -> int:
    """What the kernel answered; raises OSError when it refused."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def prctl(option: int, value: int, pointer: object = None) -> None:
    """prctl(2); `pointer` is its third argument. Raises OSError."""
    unused = ctypes.c_ulong(0)
    checked(_libc.prctl(option, ctypes.c_ulong(value), pointer, unused, unused))


def syscall(number: int, *arguments: object) -> int:
    """A call by its number. Raises OSError."""
    return checked(_libc.syscall(ctypes.c_long(number), *arguments))


def die_with_parent(signal: int) -> None:
    """Be killed when the process that started this one is gone."""
    prctl(PR_SET_PDEATHSIG, signal)


def gain_nothing() -> None:
    """No program started from here can have more rights; what the locks below ask for."""
    prctl(PR_SET_NO_NEW_PRIVS, 1)


def drop_capabilities() -> None:
    """Give up every right of root but its name."""
    none = (_Set * 2)()
    checked(_libc.capset(ctypes.byref(_Header(CAPABILITY_VERSION_3, 0)), none))


def leave_network() -> None:
    """Go to a network namespace of one's own, where there is not even a loopback that is up."""
    try:
        checked(_libc.unshare(CLONE_NEWUSER | CLONE_NEWNET))
    except OSError:
        checked(_libc.unshare(CLONE_NEWNET))
