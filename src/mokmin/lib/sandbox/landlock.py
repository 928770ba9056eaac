"""Landlock: from here on only these folders can be read, and nothing can be written."""

import ctypes
import os
from collections.abc import Iterable

from mokmin.lib.sandbox import kernel

CREATE, ADD, RESTRICT = 444, 445, 446
"""Numbers of the calls, the same on every machine."""

GET_VERSION = 1
PATH_BENEATH = 1
READ_FILE, READ_DIR = 1 << 2, 1 << 3
FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
"""Every right that a version of the kernel's interface knows how to withhold."""

NET_SINCE, NET_RIGHTS = 4, 0b11
SCOPE_SINCE, SCOPES = 6, 0b11


class _Ruleset(ctypes.Structure):
    _fields_ = (("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def restrict(folders: Iterable[str]) -> None:
    """Lock this process in; raises OSError where the kernel has no Landlock."""
    version = kernel.syscall(CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(GET_VERSION))
    ruleset = _created(version)
    try:
        for folder in folders:
            _allow(ruleset, folder)
        kernel.syscall(RESTRICT, ctypes.c_int(ruleset), ctypes.c_uint32(0))
    finally:
        os.close(ruleset)


def _created(version: int) -> int:
    rights = FILE_RIGHTS[max(known for known in FILE_RIGHTS if known <= version)]
    wanted = _Ruleset(rights, NET_RIGHTS, SCOPES)
    parts = 1 + (version >= NET_SINCE) + (version >= SCOPE_SINCE)
    size = ctypes.c_size_t(8 * parts)
    return kernel.syscall(CREATE, ctypes.byref(wanted), size, ctypes.c_uint32(0))


def _allow(ruleset: int, folder: str) -> None:
    try:
        parent = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        rule = _PathBeneath(READ_FILE | READ_DIR, parent)
        kernel.syscall(
            ADD, ctypes.c_int(ruleset), ctypes.c_int(PATH_BENEATH), ctypes.byref(rule),
            ctypes.c_uint32(0),
        )  # fmt: skip
    finally:
        os.close(parent)
