"""Readers as a hostile file would have them; each runs in the disposable process only."""

import ctypes
import errno
import fcntl
import json
import os
import resource
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

from mokmin.lib.sandbox import filter as seccomp
from mokmin.lib.sandbox import kernel, landlock, trial
from mokmin.lib.sandbox import parent as waiting

TEMP = Path(os.sep, "tmp")
"""Where everybody may write; the process is too locked in to look for it."""

SIOCSIFFLAGS, IFF_UP = 0x8914, 1


def echo(file, **options):
    return {"content": file.read().decode(), "options": options}


def environment(_file):
    return dict(os.environ)


def where_things_are(_file):
    return {"folder": str(Path.cwd()), "open": sorted(int(n) for n in os.listdir("/proc/self/fd"))}


def spin(_file):
    while True:
        pass


def sleep(_file):
    time.sleep(3600)


def swallow_memory(_file):
    return len(bytearray(10**12))


def exhaust_memory_below_python(_file):
    sys.stderr.write("memory allocation of 21474836480 bytes failed")
    sys.stderr.flush()
    os.abort()


def die(_file):
    os.kill(os.getpid(), signal.SIGSEGV)


def leave(_file):
    os._exit(0)


def raise_an_error(_file):
    return {}["없는 것"]


def descend(file):
    return descend(file)


def flood(_file):
    return "가" * 40_000_000


def complain(_file):
    for _ in range(10_000):
        sys.stderr.write("x" * 1000)
    return "끝"


def close_and_hang(_file):
    os.close(1)
    os.close(2)
    time.sleep(3600)


def say_nonsense(_file, *, said):
    os.write(1, said.encode())
    os._exit(0)


def attempts(_file, *, parent, own):
    """What is refused, and how; `own` is a file that whoever reads may otherwise change."""
    return {name: _refusal(deed, parent, Path(own)) for name, deed in DEEDS.items()}


def _refusal(deed, parent, own):
    try:
        deed(parent, own)
    except OSError as error:
        return errno.errorcode[error.errno]
    except (ValueError, RuntimeError) as error:
        return type(error).__name__
    return ""


def _system_call(number, *arguments):
    if ctypes.CDLL(None, use_errno=True).syscall(number, *arguments) < 0:
        raise OSError(ctypes.get_errno(), "refused")


DEEDS = {
    "socket": lambda *_: socket.socket(),
    "socketpair": lambda *_: socket.socketpair(),
    "fork": lambda *_: os.fork(),
    "program": lambda *_: subprocess.run(["/bin/true"], check=True),
    "thread": lambda *_: threading.Thread(target=print).start(),
    "new file": lambda *_: (TEMP / "mokmin-hostile").write_text("x"),
    "write to the file": lambda *_: os.write(0, b"x"),
    "mode": lambda _, own: own.chmod(0o777),
    "rename": lambda _, own: own.rename(f"{own}.new"),
    "unlink": lambda _, own: own.unlink(),
    "folder": lambda *_: (TEMP / "mokmin-hostile").mkdir(),
    "link": lambda *_: os.symlink("/etc", TEMP / "mokmin-hostile"),
    "signal": lambda parent, _: os.kill(parent, 0),
    "others' memory": lambda parent, _: Path(f"/proc/{parent}/maps").read_text(),
    "others' environment": lambda parent, _: Path(f"/proc/{parent}/environ").read_bytes(),
    "passwords": lambda *_: Path("/etc/passwd").read_text(),
    "more memory": lambda *_: resource.setrlimit(resource.RLIMIT_AS, (2**40, 2**40)),
    "more time": lambda *_: resource.setrlimit(resource.RLIMIT_CPU, (10**6, 10**6)),
    "user": lambda *_: os.setuid(os.getuid()),
    "io_uring": lambda *_: _system_call(425, 1, None),
    "file in memory": lambda *_: os.memfd_create("x"),
}
ANYBODY_MAY = ("mode", "rename", "unlink", "user")
"""Deeds that without a lock are done; none of them is refused for another reason."""

LOCKS = {
    "namespace": kernel.leave_network,
    "capabilities": kernel.drop_capabilities,
    "privileges": kernel.gain_nothing,
    "landlock": lambda: landlock.restrict(waiting._library_folders()),
    "seccomp": seccomp.install,
}


def take(name):
    """For a process of its own: take this lock and no other."""
    kernel.gain_nothing()
    LOCKS[name]()


def one_lock(name):
    """For a process of its own: only this lock is taken; what is then refused, as JSON."""
    with trial.neighbour() as port:
        take(name)
        _say(port)


def without_a_route():
    """For a process of its own: no lock, and a network that ends at this machine."""
    kernel.leave_network()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        fcntl.ioctl(way, SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", IFF_UP))
        sys.stdout.write(errno.errorcode[way.connect_ex((trial.OUTSIDE, 9))] + " ")
    with trial.neighbour() as port:
        _say(port)


def _say(port):
    found = trial.tried(None, above=os.getpid(), folder=str(TEMP), port=port)
    sys.stdout.write(json.dumps([key for key, value in found.items() if value is True]))
