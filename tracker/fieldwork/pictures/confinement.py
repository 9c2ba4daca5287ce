"""What the decoding child may still do: use its memory, read what it has open, write, end.

Two fences, neither needs root. Limits of the kernel: no new file or socket, no new process, no
byte written to a file, so much memory and time. And on Linux a filter of system calls: whoever
takes the child over through a decoder cannot signal, trace, connect or run anything.
"""

import ctypes
import os
import resource
import signal
import struct
import sys

MEMORY_BYTES = 512 * 1024 * 1024  # holds 50 megapixels as JPEG or PNG; measured
_DIE_WITH_PARENT, _NO_NEW_PRIVILEGES, _SET_FILTER, _FILTER = 1, 38, 22, 2  # prctl(2)
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06  # classic BPF
_ARCHITECTURE_AT, _CALL_AT = 4, 0  # offsets in struct seccomp_data
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050001  # go on; fail with EPERM

# Machine → its audit number and the calls that are left, numbered as its kernel does: read, write,
# close, fstat, lseek, mmap, mprotect, munmap, brk, mremap, madvise, rt_sigaction, rt_sigprocmask,
# rt_sigreturn, sigaltstack, sched_yield, futex, gettimeofday, clock_gettime, getrandom, exit,
# exit_group.
_CALLS = {
    "x86_64": (0xC000003E, (0, 1, 3, 5, 8, 9, 10, 11, 12, 25, 28, 13, 14, 15, 131, 24, 202, 96,
                            228, 318, 60, 231)),
    "aarch64": (0xC00000B7, (63, 64, 57, 80, 62, 222, 226, 215, 214, 216, 233, 134, 135, 139, 132,
                             124, 98, 169, 113, 278, 93, 94)),
}  # fmt: skip


def confine(*, seconds: int) -> None:
    """Give up everything but memory and time. Whatever is imported later cannot be."""
    libc = ctypes.CDLL(None)
    _limit(seconds)
    if sys.platform == "linux":
        libc.prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        _filter_calls(libc)


def _limit(seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))  # SIGXCPU, then SIGKILL
    for name in ("RLIMIT_FSIZE", "RLIMIT_CORE", "RLIMIT_NPROC", "RLIMIT_NOFILE"):
        resource.setrlimit(getattr(resource, name), (0, 0))


def _filter_calls(libc: ctypes.CDLL) -> None:
    """Leave out the calls not listed. A kernel without filters still has the limits."""
    machine = os.uname().machine
    if machine not in _CALLS:
        return
    code = _program(*_CALLS[machine])
    parked = ctypes.create_string_buffer(code)
    program = struct.pack("@HP", len(code) // 8, ctypes.addressof(parked))
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    libc.prctl(_SET_FILTER, _FILTER, ctypes.create_string_buffer(program), 0, 0)


def _program(architecture: int, calls: tuple[int, ...]) -> bytes:
    """The filter: the right machine, then any of the calls; all else is refused."""
    last = len(calls)
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_JUMP_IF_EQUAL, 0, last + 1, architecture),
        (_LOAD, 0, 0, _CALL_AT),
        *((_JUMP_IF_EQUAL, last - number, 0, call) for number, call in enumerate(calls)),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
