"""Between the fork and the server's program: give up rights, tie the child's life to its parent's, exec.

Run as a script by a bare interpreter (``-I -S``), never imported: Python code between fork and exec in a
process with threads can deadlock, a program of its own cannot. Standard library only; it must start in
milliseconds.

Usage: ``trampoline.py PARENT SIGNAL UID GID PROGRAM ARGUMENT…`` with UID = GID = -1 to stay who we are and
SIGNAL = 0 for no parent-death signal. The process id stays the same, so the caller's child is the server.
"""

import ctypes
import os
import sys

# <linux/prctl.h>, <linux/capability.h>
PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAPABILITY_VERSION_3 = 0x20080522
CAP_DAC_OVERRIDE = 1
CAP_DAC_READ_SEARCH = 2

CANNOT_START = 126
"""The shell's exit code for "found but cannot be executed"."""


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Sets(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def main(arguments: list[str]) -> None:
    """Become the program; ends the process if that is not possible."""
    parent, death_signal, uid, gid = (int(word) for word in arguments[:4])
    command = arguments[4:]
    linux = sys.platform == "linux"
    if uid >= 0:
        _become(uid, gid, reaching=(command[0], os.getcwd()), linux=linux)
    if linux and death_signal:
        # After the change of user, which clears it; then look whether the parent died before it was set.
        _prctl(PR_SET_PDEATHSIG, death_signal)
        if os.getppid() != parent:
            _fail("the process that started this one has ended")
    os.execv(command[0], command)


def _become(uid: int, gid: int, *, reaching: tuple[str, ...], linux: bool) -> None:
    """Take this identity for good, but stay able to reach these paths.

    A directory above them may be closed to the new user (root's home is). No mode outside the state
    directory is touched for that: instead the child keeps one capability, to pass through directories, and
    says so in its log. Of the two that allow it the weaker is taken: CAP_DAC_READ_SEARCH, else
    CAP_DAC_OVERRIDE (all that a container's root has by default).
    """
    if linux:
        _prctl(PR_SET_KEEPCAPS, 1)
    try:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    except OSError as error:
        _fail(f"cannot become user {uid}: {error.strerror}")
    closed = [path for path in reaching if not os.access(path, os.X_OK)]
    if linux:
        _keep(_pass_through() if closed else 0)
    elif closed:
        _fail(f"{closed[0]} cannot be reached by user {uid}; use a directory that it can reach")


def _pass_through() -> int:
    """The capability to keep, as a bit."""
    sets = _capabilities()
    for capability in (CAP_DAC_READ_SEARCH, CAP_DAC_OVERRIDE):
        if sets[0].permitted & 1 << capability:
            sys.stderr.write(f"a directory above is closed to this user: keeping capability {capability}\n")
            return 1 << capability
    return _fail("a directory above is closed to this user and no capability opens it; use another directory")


def _capabilities() -> ctypes.Array[_Sets]:
    sets = (_Sets * 2)()
    if ctypes.CDLL(None, use_errno=True).capget(ctypes.byref(_Header(CAPABILITY_VERSION_3, 0)), sets) != 0:
        _fail("cannot read the capabilities of this process")
    return sets


def _keep(bits: int) -> None:
    """Keep these capabilities, also across exec, and drop all others."""
    sets = (_Sets * 2)()
    sets[0].effective = sets[0].permitted = sets[0].inheritable = bits
    if ctypes.CDLL(None, use_errno=True).capset(ctypes.byref(_Header(CAPABILITY_VERSION_3, 0)), sets) != 0:
        _fail("cannot give up the capabilities of this process")
    for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
        if bits & 1 << capability:
            _prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability)


def _prctl(option: int, *values: int) -> None:
    words = [ctypes.c_ulong(value) for value in (*values, 0, 0, 0, 0)[:4]]
    if ctypes.CDLL(None, use_errno=True).prctl(option, *words) != 0:
        _fail(f"prctl {option} failed: {os.strerror(ctypes.get_errno())}")


def _fail(reason: str) -> int:
    sys.stderr.write(f"cannot start: {reason}\n")
    sys.exit(CANNOT_START)


if __name__ == "__main__":
    main(sys.argv[1:])
