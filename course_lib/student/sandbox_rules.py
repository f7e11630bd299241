"""What a submission cannot have, refused to a student's notebook in the words of the sandbox.

    rules = SandboxRules(Path("."), workplace)
    with rules:
        run_cells()         # open("/home/ada/data.csv") raises FileNotFoundError, as in grading

So that what passes `course check` passes grading. This is no isolation: Python is asked to refuse
(audit hooks), and code that wants to get round it can. The sandbox itself is in `grading.sandbox`.
"""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

NO_FILE = "No such file in grading: a submission has only its own notebook and modules"
NO_PROGRAM = "Operation not permitted: no other program runs in grading"
NO_NETWORK = "Temporary failure in name resolution: there is no network in grading"
CACHES = (".", "AppData", "Library")  # where libraries keep theirs, below somebody's home
SHELL_WAS_NOT_FOUND = 32512  # what os.system returns in the sandbox


class SandboxRules:
    """A context in which Python refuses what the sandbox does not have.

    notebook: the folder that the notebook is in. workplace: the folder in which its cells run.
    """

    def __init__(self, notebook: Path, workplace: Path) -> None:
        self._on = False
        self._closed = [_resolved(notebook), _resolved(Path.home())]
        # Python's own files, which may lie in one of these folders: .venv/ often does
        self._open = [_resolved(Path(p)) for p in (*sys.path, sys.prefix, sys.base_prefix) if p]
        self._open.append(_resolved(workplace))
        self._refuse: dict[str, Callable[..., None]] = {
            "open": self._file,
            "os.chdir": self._file,
            "os.listdir": self._file,
            "os.scandir": self._file,
            "subprocess.Popen": _no_program,
            "os.fork": _no_program,
            "os.forkpty": _no_program,
            "os.exec": _no_program,
            "os.posix_spawn": _no_program,
            "os.spawn": _no_program,
            "socket.connect": _no_connection,
            "socket.getaddrinfo": _no_network,
            "socket.gethostbyname": _no_network,
        }
        sys.addaudithook(self._hook)  # for good: nothing takes one away again
        system = os.system
        os.system = lambda command: SHELL_WAS_NOT_FOUND if self._on else system(command)

    def __enter__(self) -> None:
        self._on = True

    def __exit__(self, *_error: object) -> None:
        self._on = False

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._on and event in self._refuse:
            self._refuse[event](*arguments)

    def _file(self, path: Any = None, *_how: object) -> None:
        if not isinstance(path, str | bytes | os.PathLike):
            return  # a descriptor, or the current folder
        place = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 - no link is followed, none looked up
        if any(_in(place, folder) for folder in self._open):
            return
        home = self._closed[-1]
        of_libraries = _in(place, home) and os.path.relpath(place, home).startswith(CACHES)
        if any(_in(place, folder) for folder in self._closed) and not of_libraries:
            raise FileNotFoundError(errno.ENOENT, NO_FILE, os.fsdecode(path))


def _resolved(path: Path) -> str:
    return os.path.realpath(path)


def _in(place: str, folder: str) -> bool:
    return place == folder or place.startswith(folder.rstrip(os.sep) + os.sep)


def _no_program(*_command: object) -> None:
    raise PermissionError(errno.EPERM, NO_PROGRAM)


def _no_connection(_socket: object, _address: object) -> None:
    raise PermissionError(errno.EPERM, NO_NETWORK)


def _no_network(host: object = None, *_port: object) -> None:
    with contextlib.suppress(ValueError):
        ipaddress.ip_address(str(host))
        return  # no name: it needs nobody to be asked
    raise socket.gaierror(socket.EAI_AGAIN, NO_NETWORK)
