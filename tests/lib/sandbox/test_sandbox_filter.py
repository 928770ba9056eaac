"""The filter's program, run by hand for every kind of machine."""

import errno
import os
import struct

import pytest

from mokmin.lib.sandbox import filter as seccomp
from mokmin.lib.sandbox.calls import AARCH64, X86_64

OWN = 4711
MACHINES = {"x86_64": X86_64, "aarch64": AARCH64}


def answer(machine, number, *arguments, audit=None):
    """What the kernel would do: the little of its machine that the filter uses."""
    steps = list(seccomp.program(machine, own=OWN))
    shown = struct.pack(
        "<IIQ6Q", number, audit or machine.audit, 0, *arguments, *[0] * (6 - len(arguments))
    )
    at = value = 0
    while True:
        code, when_true, when_false, k = steps[at]
        at += 1
        if code == seccomp.RETURN:
            return k
        if code == seccomp.LOAD:
            value = struct.unpack_from("<I", shown, k)[0]
            continue
        is_true = {
            seccomp.EQUAL: value == k,
            seccomp.AT_LEAST: value >= k,
            seccomp.ANY_BIT: bool(value & k),
        }[code]
        at += when_true if is_true else when_false


REFUSED = seccomp.REFUSE | errno.EPERM
UNKNOWN = seccomp.REFUSE | errno.ENOSYS


@pytest.fixture(params=MACHINES.values(), ids=MACHINES)
def machine(request):
    return request.param


def test_every_listed_call_is_refused(machine):
    assert {answer(machine, number) for number in machine.refused} == {REFUSED}


def test_calls_with_hidden_arguments_are_unknown(machine):
    assert {answer(machine, number) for number in machine.unknown} == {UNKNOWN}


def test_any_other_call_is_allowed(machine):
    listed = {
        *machine.refused, *machine.unknown, *machine.opening, *machine.signalling,
        *machine.limiting,
    }  # fmt: skip

    assert {answer(machine, n) for n in set(range(470)) - listed} == {seccomp.ALLOW}


@pytest.mark.parametrize(
    ("flags", "is_refused"),
    [
        (os.O_RDONLY, False),
        (os.O_RDONLY | os.O_CLOEXEC | os.O_DIRECTORY, False),
        (os.O_WRONLY, True),
        (os.O_RDWR, True),
        (os.O_RDONLY | os.O_CREAT, True),
        (os.O_RDONLY | os.O_TRUNC, True),
    ],
)
def test_files_are_opened_for_reading_only(machine, flags, is_refused):
    found = set()
    for number, argument in machine.opening.items():
        arguments = [0] * 6
        arguments[argument] = flags
        found.add(answer(machine, number, *arguments))

    assert found == {REFUSED if is_refused else seccomp.ALLOW}


def test_only_oneself_is_signalled(machine):
    found = {answer(machine, number, OWN) for number in machine.signalling}
    others = {answer(machine, number, OWN + 1) for number in machine.signalling}

    assert (found, others) == ({seccomp.ALLOW}, {REFUSED})


@pytest.mark.parametrize("pointer", [1, 1 << 32, (1 << 47) + 8])
def test_limits_are_read_and_never_set(machine, pointer):
    (number,) = machine.limiting

    reading, setting = answer(machine, number), answer(machine, number, 0, 0, pointer)

    assert (reading, setting) == (seccomp.ALLOW, REFUSED)


def test_calls_of_another_machine_end_the_process(machine):
    assert answer(machine, 0, audit=0x40000003) == seccomp.KILL


def test_the_other_names_of_a_call_end_the_process():
    assert answer(X86_64, seccomp.X32 + 1) == seccomp.KILL
