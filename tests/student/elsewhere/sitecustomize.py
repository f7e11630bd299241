"""Python as it is on Windows, as far as this project could notice: put this folder on PYTHONPATH.

Alarm clocks, forks and POSIX's calls are gone; course_lib cannot import POSIX's modules; a file
that is opened without an encoding is an error, since Windows has another one than this machine.
"""

import builtins
import os
import signal
import sys
import warnings

GONE = {
    signal: ("setitimer", "getitimer", "SIGALRM", "alarm", "pause", "pthread_kill"),
    os: (
        "fork", "forkpty", "getuid", "geteuid", "getgid", "setsid", "killpg", "mkfifo",
        "O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "memfd_create", "sched_getaffinity",
        "sched_setaffinity", "wait4", "getloadavg", "chown", "sysconf", "ttyname",
    ),
}  # fmt: skip
MODULES = {"resource", "fcntl", "pwd", "grp", "termios", "tty", "pty", "posix", "syslog"}

for module, names in GONE.items():
    for name in names:
        if hasattr(module, name):
            delattr(module, name)

real_import, real_open = builtins.__import__, builtins.open


def without_posix(name, globals=None, locals=None, fromlist=(), level=0):
    """Python's import, which does not find POSIX's modules for course_lib."""
    importer = (globals or {}).get("__name__", "")
    if name in MODULES and importer.startswith("course_lib"):
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    return real_import(name, globals, locals, fromlist, level)


def without_proc(file, *rest, **more):
    """Python's open, for which there is no /proc."""
    if isinstance(file, str | os.PathLike) and os.fspath(file).startswith("/proc"):
        raise FileNotFoundError(2, "No such file or directory", file)
    return real_open(file, *rest, **more)


builtins.__import__, builtins.open = without_posix, without_proc
warnings.filterwarnings("error", category=EncodingWarning, module=r"course_lib")
sys.flags  # noqa: B018 - PYTHONWARNDEFAULTENCODING, which the test sets, is what makes the warning
