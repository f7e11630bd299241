"""What a breach would touch: a small course with something to steal, to change and to call.

    with Canaries(folder) as canaries:
        ...                                # attacks, with canaries.places
        assert canaries.touched() == []    # else: sentences about what was reached

Everything is writable by everyone, so that only the sandbox stands in front of it.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import shutil
import socket
import sqlite3
import tempfile
from pathlib import Path
from typing import Self

from attack_bank import PROJECT, solved_notebook

from tests.course_folder import copy_assignment

ASSIGNMENT = "00_worksheet"
GRADE = 11.5  # what ada's row in the gradebook says
_NS_GET_PARENT = 0xB702  # linux/nsfs.h: the namespace that a namespace is in


class Canaries:
    """The course in `folder`, and two listeners.

    graded: it will really be graded, so gradebook and results are the grader's to make.
    """

    def __init__(self, folder: Path, graded: bool = False) -> None:
        self.course = folder
        self._graded = graded
        self.token = secrets.token_hex(8)
        self.secret = "secret-" + secrets.token_hex(8)
        self.called: list[str] = []
        self._outside = [Path(tempfile.gettempdir()), Path("/var/tmp"), Path("/dev/shm")]
        self._outside += [Path.home(), Path.cwd(), PROJECT]
        self._make_course()
        self._tcp = socket.create_server(("127.0.0.1", 0))
        self._unix = socket.socket(socket.AF_UNIX)
        self._unix.bind(f"\0{self.token}")
        self._unix.listen()
        self._before = self._state()

    @property
    def places(self) -> dict[str, str]:
        """What an attack may know."""
        return {
            "COURSE": str(self.course),
            "PROJECT": str(PROJECT),
            "PORT": str(self._tcp.getsockname()[1]),
            "SOCKET": self.token,
            "GRADER": str(os.getpid()),
            "TOKEN": self.token,
        }

    def _make_course(self) -> None:
        shutil.copytree(PROJECT / "release" / ASSIGNMENT, self.course / "release" / ASSIGNMENT)
        shutil.copy(PROJECT / "nbgrader_config.py", self.course)
        copy_assignment(self.course)
        self.submit("ada", json.dumps(solved_notebook()).encode())
        (self.course / "secret.txt").write_text(self.secret)
        if self._graded:
            stored = self.course / "other.json"
        else:
            stored = self.course / "verdicts" / ASSIGNMENT / "grace.json"
        stored.parent.mkdir(parents=True, exist_ok=True)
        stored.write_text('{"student": "grace", "earned": 11.5}')
        self.book = self.course / ("other.db" if self._graded else "gradebook.db")
        with contextlib.closing(sqlite3.connect(self.book)) as book, book:
            book.execute("create table grade (student, auto_score, manual_score)")
            book.execute("insert into grade values ('ada', ?, 0)", [GRADE])
        for directory, folders, files in os.walk(self.course):
            for name in (*folders, *files, "."):
                Path(directory, name).chmod(0o777)
        for parent in self.course.parents:  # pytest's own folders are closed to others
            with contextlib.suppress(PermissionError):
                if parent.is_relative_to(tempfile.gettempdir()):
                    parent.chmod(parent.stat().st_mode | 0o005)

    def submit(self, student: str, data: bytes) -> Path:
        """Hand in; the folder that was handed in."""
        folder = self.course / "submitted" / student / ASSIGNMENT
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "worksheet.ipynb").write_bytes(data)
        return folder

    def _answer(self) -> None:
        """Take the calls that wait: the kernel has them as soon as the caller has got through."""
        for name, server in (("TCP port", self._tcp), ("abstract socket", self._unix)):
            server.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                while True:
                    server.accept()[0].close()
                    self.called.append(name)

    def _state(self) -> dict[str, str]:
        return {
            str(path.relative_to(self.course)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.course.rglob("*"))
            if path.is_file() and not path.is_symlink() and not self._ignored(path)
        }

    def _ignored(self, path: Path) -> bool:
        """Whether this file is an attacker's own, or one that grading makes."""
        first, *rest = path.relative_to(self.course).parts
        if self._graded and self.token not in path.name:
            results = (
                "autograded",
                "feedback",
                "verdicts",
                "reports",
                "gradebook.db",
                ".hypothesis",
            )
            return first in results or (first == "submitted" and rest[0] not in ("ada",))
        return first == "submitted" and rest[0].startswith("m-")

    def touched(self) -> list[str]:
        """A sentence for each canary that was reached; none are forgotten once reached."""
        self._answer()
        found = [f"the {name} was called" for name in self.called]
        now = self._state()
        for name in sorted({*now, *self._before}):
            if now.get(name) != self._before.get(name):
                found.append(f"{name} in the course was changed")
        for folder in self._outside:
            names = [entry.name for entry in os.scandir(folder)] if folder.is_dir() else []
            found += [f"{name} is in {folder}" for name in names if self.token in name]
        with contextlib.closing(sqlite3.connect(self.book)) as book:
            rows = book.execute("select * from grade").fetchall()
        if rows != [("ada", GRADE, 0)]:
            found.append(f"the gradebook says {rows}")
        return found

    def clean(self) -> None:
        """Remove what a breach left outside the course."""
        for folder in self._outside:
            for entry in os.scandir(folder) if folder.is_dir() else ():
                if self.token in entry.name and entry.is_file(follow_symlinks=False):
                    Path(entry.path).unlink()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.clean()
        self._tcp.close()
        self._unix.close()


def processes_in(namespace: int) -> list[int]:
    """The processes in the pid namespace with this inode, or in one inside it."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and namespace in _namespaces(entry):
            found.append(int(entry.name))
    return sorted(found)


def _namespaces(process: Path) -> list[int]:
    """The pid namespace of a process, the one around it, and so on, as inodes."""
    inodes: list[int] = []
    try:
        handle = os.open(process / "ns" / "pid", os.O_RDONLY | os.O_CLOEXEC)
        while True:
            inodes.append(os.fstat(handle).st_ino)
            outer = fcntl.ioctl(handle, _NS_GET_PARENT)
            os.close(handle)
            handle = outer
    except OSError:  # it has ended, or its outermost namespace is reached
        with contextlib.suppress(OSError, UnboundLocalError):
            os.close(handle)
    return inodes


def namespace_of_children(pid: int) -> int:
    """The pid namespace in which the children of process `pid` are, as an inode."""
    return (Path("/proc") / str(pid) / "ns" / "pid_for_children").stat().st_ino
