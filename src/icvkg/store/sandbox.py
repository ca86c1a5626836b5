"""What a worker process can no longer do: use much memory, write large files, open sockets, start programs.

The kernel keeps it so (setrlimit; on Linux seccomp too), whatever the query or a fault of the engine asks for.
"""

import ctypes
import os
import platform
import resource
import struct
import sys

_SET_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050001, 0x80000000
_CALLS = {
    "x86_64": (0xC000003E, (41, 42, 49, 50, 59, 322, 101, 57, 58)),
    "aarch64": (0xC00000B7, (198, 203, 200, 201, 221, 281, 117)),
}
"""Audit name of the machine, its numbers of socket, connect, bind, listen, execve, execveat, ptrace, fork, vfork."""


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def confine(memory: int, file: int, nice: int = 5) -> bool:
    """Limits this process to so many bytes of address space and of any one file; whether sockets are closed off too."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file, file))
    os.nice(nice)
    return sys.platform == "linux" and platform.machine() in _CALLS and _refuse_calls()


def _refuse_calls() -> bool:
    """Has the kernel answer the calls named above with EPERM, in this process for good; False where it cannot."""
    audit, calls = _CALLS[platform.machine()]
    program = [_step(_LOAD, 4), _step(_JUMP_IF_EQUAL, audit, 1, 0), _step(_RETURN, _KILL), _step(_LOAD, 0)]
    for place, number in enumerate(calls):
        program.append(_step(_JUMP_IF_EQUAL, number, len(calls) - place, 0))
    program += [_step(_RETURN, _ALLOW), _step(_RETURN, _REFUSE)]
    loaded = _Program(len(program), b"".join(program))
    libc = ctypes.CDLL(None, use_errno=True)
    return not libc.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) and not libc.prctl(
        _SET_SECCOMP, _FILTER, ctypes.byref(loaded), 0, 0
    )


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)
