"""Numbers of the kernel's calls that the filter speaks of, per kind of machine."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Machine:
    """A kind of machine.

    `opening` and `limiting` map a call to the argument that decides; `signalling` may reach only
    oneself; `unknown` answers as an older kernel would, so that the C library asks otherwise.
    """

    audit: int
    has_x32: bool
    refused: tuple[int, ...]
    opening: Mapping[int, int]
    signalling: tuple[int, ...]
    limiting: Mapping[int, int]

    @property
    def unknown(self) -> tuple[int, ...]:
        """clone3 and openat2: a filter cannot look into what they point to."""
        return (435, 437)


EVERYWHERE = (
    424, 434, 438,  # pidfd_send_signal, pidfd_open, pidfd_getfd
    425, 426, 427,  # io_uring: would open and send past any filter
    428, 429, 430, 431, 432, 433, 442,  # the newer ways to mount
    447, 452,  # memfd_secret, fchmodat2
)  # fmt: skip

X86_64 = Machine(
    audit=0xC000003E,
    has_x32=True,
    refused=(
        *EVERYWHERE,
        41, 42, 43, 44, 46, 49, 50, 53, 288, 307,  # socket, connect, accept, send…, bind, listen
        56, 57, 58, 59, 322,  # clone, fork, vfork, execve, execveat
        76, 77, 285,  # truncate, ftruncate, fallocate
        82, 83, 84, 85, 86, 87, 88, 133,  # rename, mkdir, creat, link, unlink, mknod …
        258, 259, 263, 264, 265, 266, 316,  # the same with a folder
        90, 91, 92, 93, 94, 260, 268,  # chmod and chown
        132, 235, 261, 280,  # utime…
        188, 189, 190, 197, 198, 199,  # setxattr…, removexattr…
        101, 310, 311, 312,  # ptrace, process_vm_readv, process_vm_writev, kcmp
        129, 297,  # rt_sigqueueinfo, rt_tgsigqueueinfo
        29, 64, 68, 240,  # shmget, semget, msgget, mq_open
        155, 161, 165, 166, 272, 303, 304, 308,  # pivot_root … setns
        105, 106, 113, 114, 117, 119, 126,  # setuid …, capset
        160, 169, 175, 176, 246, 248, 249, 250, 298, 313, 319, 320, 321, 323,  # setrlimit …
    ),
    opening={2: 1, 257: 2},
    signalling=(62, 200, 234),
    limiting={302: 2},
)  # fmt: skip

AARCH64 = Machine(
    audit=0xC00000B7,
    has_x32=False,
    refused=(
        *EVERYWHERE,
        198, 199, 200, 201, 202, 203, 206, 211, 242, 269,  # socket … sendmmsg
        220, 221, 281,  # clone, execve, execveat
        45, 46, 47,  # truncate, ftruncate, fallocate
        33, 34, 35, 36, 37, 38, 276,  # mknodat … renameat2
        52, 53, 54, 55,  # chmod and chown
        88,  # utimensat
        5, 6, 7, 14, 15, 16,  # setxattr…, removexattr…
        117, 270, 271, 272,  # ptrace … kcmp
        138, 240,  # rt_sigqueueinfo, rt_tgsigqueueinfo
        180, 186, 190, 194,  # mq_open, msgget, semget, shmget
        39, 40, 41, 51, 97, 264, 265, 268,  # umount2 … setns
        91, 143, 144, 145, 146, 147, 149,  # capset, setregid …
        104, 105, 106, 142, 164, 217, 218, 219, 241, 273, 279, 280, 282, 294,  # kexec_load …
    ),
    opening={56: 2},
    signalling=(129, 130, 131),
    limiting={261: 2},
)  # fmt: skip

MACHINES = {"x86_64": X86_64, "aarch64": AARCH64, "arm64": AARCH64}
