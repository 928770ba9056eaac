"""The seccomp filter: calls to the kernel that reading a file never needs are refused.

Refused, not allowed by list: which harmless calls an interpreter makes changes with every release.
"""

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from mokmin.lib.sandbox import kernel
from mokmin.lib.sandbox.calls import MACHINES, Machine

PR_SET_SECCOMP = 22
MODE_FILTER = 2

LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050000, 0x80000000
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16
"""Where they stand in what the kernel shows to a filter."""

X32 = 0x40000000
"""Numbers from here on are the same calls by another name, on x86_64."""

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC

Step = tuple[int, int, int, int]
"""Code, how far to jump when true, when false, and a number."""


@dataclass(frozen=True, slots=True)
class _Word:
    """Half of an argument: the kernel shows 32 bits at a time."""

    argument: int
    is_high: bool = False

    @property
    def place(self) -> int:
        return ARGUMENTS + 8 * self.argument + 4 * self.is_high


def install() -> None:
    """Put the filter in force for good; raises OSError where this machine has none."""
    machine = MACHINES.get(platform.machine())
    if machine is None:
        raise OSError(errno.ENOSYS, "no filter is written for this machine")
    steps = list(program(machine, own=os.getpid()))
    code = b"".join(struct.pack("HBBI", *step) for step in steps)
    text = ctypes.create_string_buffer(code, len(code))
    head = struct.pack("HP", len(steps), ctypes.addressof(text))
    kernel.prctl(PR_SET_SECCOMP, MODE_FILTER, ctypes.create_string_buffer(head, len(head)))


def program(machine: Machine, *, own: int) -> Iterator[Step]:
    """The filter of a machine, for a process that may signal nobody but itself."""
    yield (LOAD, 0, 0, ARCHITECTURE)
    yield (EQUAL, 1, 0, machine.audit)
    yield (RETURN, 0, 0, KILL)
    yield (LOAD, 0, 0, NUMBER)
    if machine.has_x32:
        yield (AT_LEAST, 0, 1, X32)
        yield (RETURN, 0, 0, KILL)
    for number in machine.unknown:
        yield from _when(number, [(RETURN, 0, 0, REFUSE | errno.ENOSYS)])
    for number in machine.refused:
        yield from _when(number, [(RETURN, 0, 0, REFUSE | errno.EPERM)])
    for number, argument in machine.opening.items():
        yield from _when(number, _unless(_Word(argument), ANY_BIT, WRITING, refuse=True))
    for number in machine.signalling:
        yield from _when(number, _unless(_Word(0), EQUAL, own, refuse=False))
    for number, argument in machine.limiting.items():
        yield from _when(number, _only_null(argument))
    yield (RETURN, 0, 0, ALLOW)


def _when(number: int, then: list[Step]) -> list[Step]:
    return [(EQUAL, 0, len(then), number), *then]


def _unless(word: _Word, test: int, value: int, *, refuse: bool) -> list[Step]:
    """Refuse (or allow) when the test holds, and the other way round when it does not."""
    no = (RETURN, 0, 0, REFUSE | errno.EPERM)
    yes = (RETURN, 0, 0, ALLOW)
    then, otherwise = (no, yes) if refuse else (yes, no)
    return [(LOAD, 0, 0, word.place), (test, 0, 1, value), then, otherwise]


def _only_null(argument: int) -> list[Step]:
    """Allow only a null pointer."""
    return [
        (LOAD, 0, 0, _Word(argument).place),
        (EQUAL, 0, 3, 0),
        (LOAD, 0, 0, _Word(argument, is_high=True).place),
        (EQUAL, 0, 1, 0),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, REFUSE | errno.EPERM),
    ]
