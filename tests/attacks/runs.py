"""`course grade` as a process of its own, in a small course: started, killed, and looked at.

folder = course_in(tmp_path / "course", ("ada", "emmy"))
grading = start(folder)                  # a Popen, in a session of its own
stored(folder), scores(folder)           # what the verdicts say, and the gradebook
left_over(grading.pid)                   # processes of that session, after a moment to leave
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from attack_bank import PROJECT, solved_notebook
from canaries import ASSIGNMENT

from tests.course_folder import TINY_NOTEBOOK, copy_assignment, put_hand_ins
from tests.engine.conftest import copy_of_tiny

SEED = 7
LEAVE = 10.0  # seconds for a killed run's processes to be gone; milliseconds when quiet


def course_in(folder: Path, students: tuple[str, ...]) -> Path:
    """A small course without a bank; of `emmy` all exercises are still empty."""
    shutil.copytree(PROJECT / "release" / ASSIGNMENT, folder / "release" / ASSIGNMENT)
    shutil.copy(PROJECT / "nbgrader_config.py", folder)
    copy_assignment(folder)
    solved = json.dumps(solved_notebook()).encode()
    return _handed_in(folder, f"{ASSIGNMENT}/worksheet.ipynb", students, solved)


def tiny_course_in(folder: Path, students: tuple[str, ...]) -> Path:
    """The engine's own course; `emmy` wrote nothing."""
    copy_of_tiny(folder)
    solved = (folder / "source" / TINY_NOTEBOOK).read_bytes()
    return _handed_in(folder, TINY_NOTEBOOK, students, solved)


def _handed_in(folder: Path, notebook: str, students: tuple[str, ...], solved: bytes) -> Path:
    released = (folder / "release" / notebook).read_bytes()
    hand_ins = {each: released if each == "emmy" else solved for each in students}
    return put_hand_ins(folder, notebook, hand_ins)


def handed_in(folder: Path) -> str:
    """The assignment of which there are hand-ins."""
    return next(folder.glob("submitted/*/*")).name


def command(folder: Path, *options: str) -> list[str]:
    """`course grade`, with one seed for all runs, so that they can be compared."""
    grade = [sys.executable, "-m", "course_lib.cli", "grade", handed_in(folder)]
    return [*grade, "--seed", str(SEED), *options]


def environment() -> dict[str, str]:
    """As the tests', with this project first."""
    return {**os.environ, "PYTHONPATH": str(PROJECT)}


def start(folder: Path, *options: str) -> subprocess.Popen[bytes]:
    """Begin to grade; what it prints goes nowhere."""
    return subprocess.Popen(
        command(folder, *options),
        cwd=folder,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def finish(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Grade to the end."""
    return subprocess.run(
        command(folder, *options),
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def stored(folder: Path) -> dict[str, dict[str, Any]]:
    """Every stored verdict but for its times; a half one would not be JSON."""
    found = {}
    for path in sorted((folder / "verdicts" / handed_in(folder)).glob("[!.]*.json")):
        whole = json.loads(path.read_text())
        found[path.stem] = {
            "earned": whole["earned"],
            "checks": [(c["exercise"], c["earned"], c["status"]) for c in whole["checks"]],
            "hash": whole["content_hash"],
            "key": whole["key"],
        }
    return found


def scores(folder: Path) -> dict[str, float]:
    """Each student's points in the gradebook; twice the same student would be an error here."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{folder}/gradebook.db") as book:
        found = book.assignment_submissions(handed_in(folder))
        assert len(found) == len({one.student.id for one in found})
        return {one.student.id: one.score for one in found}


def is_sound(book: Path) -> bool:
    """Whether SQLite finds nothing wrong with a gradebook, if there is one."""
    if not book.exists():
        return True
    with contextlib.closing(sqlite3.connect(book)) as database:
        return database.execute("pragma integrity_check").fetchone() == ("ok",)


def left_over(session: int) -> list[str]:
    """The processes of a session that are still there after a moment to leave."""
    deadline = time.monotonic() + LEAVE
    while (alive := _of_session(session)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return alive


def _of_session(session: int) -> list[str]:
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            if entry.name.isdigit():
                state, _, _, sid = entry.joinpath("stat").read_text().rpartition(")")[2].split()[:4]
                if int(sid) == session and state != "Z":
                    found.append(entry.joinpath("cmdline").read_text().replace("\0", " "))
    return found
