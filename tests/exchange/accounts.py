"""A course with an exchange, and its people: an instructor and two students, each at home.

with course_with_people() as people:
    people.run("grader", "nbgrader", "release_assignment", ASSIGNMENT)
    people.run("ada", "nbgrader", "fetch_assignment", ASSIGNMENT)

nbgrader asks the system who runs it. Where root runs the tests, everybody has an account of their
own: /etc/passwd is covered by another one in a mount namespace that ends with each command, and
the machine's own accounts stay as they are. Elsewhere they are one user with three homes.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.ordinary_user import NEEDED, PROJECT, is_root, opening

TINY = PROJECT / "tests" / "courses" / "tiny"
ASSIGNMENT, NOTEBOOK, EXERCISE, WRITTEN = "01_mean", "mean", "mean", "why"
IDS = {"grader": 21001, "ada": 21002, "ben": 21003}

# A lesson with one exercise and one answer in words.
LESSON = """\
# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # A mean

# %%
import numpy as np

from course_lib import check

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "mean", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mean(values):
    \"\"\"The mean of `values` [n], at least one: a float.\"\"\"
    ### BEGIN SOLUTION
    return float(np.sum(values) / len(values))
    ### END SOLUTION

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_mean", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(mean)

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "why", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# It minimises the sum of squares.
"""  # noqa: E501  # a cell's metadata is one line


@dataclass
class People:
    """The accounts, and the folder in which everything lies."""

    folder: Path

    @property
    def course(self) -> Path:
        """The instructor's course folder."""
        return self.home("grader") / "course"

    @property
    def exchange(self) -> Path:
        """nbgrader's exchange."""
        return self.folder / "exchange"

    def home(self, name: str) -> Path:
        """Somebody's home folder."""
        return self.folder / "home" / name

    def place(self, name: str) -> Path:
        """Where somebody's commands run."""
        return self.course if name == "grader" else self.home(name)

    @cached_property
    def accounts(self) -> bool:
        """Whether each of them is a user of the system."""
        if not is_root():
            return False
        tried = subprocess.run(self.command("ada", ["id", "-un"]), capture_output=True, text=True)
        return tried.stdout.strip() == "ada"

    def command(self, name: str, command: list[str]) -> list[str]:
        """`command` as that user; root only."""
        user = IDS[name]
        become = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", *command]
        here = f"cd {shlex.quote(str(self.place(name)))}"
        script = "\n".join(
            ["set -e", *opening(NEEDED), *self.covers(), here, f"exec {shlex.join(become)}"]
        )
        return ["unshare", "--mount", "--propagation", "private", "sh", "-c", script]

    def covers(self) -> list[str]:
        """Shell lines that make the accounts known in a mount namespace."""
        return [f"mount --bind {shlex.quote(str(self.folder / 'passwd'))} /etc/passwd"]

    def environment(self, name: str) -> dict[str, str]:
        """What a login sets, and where the project's commands are."""
        path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
        return {"HOME": str(self.home(name)), "USER": name, "PATH": path, "LANG": "C.UTF-8"}

    def run(self, name: str, *command: str, status: int = 0) -> str:
        """What a command of theirs printed; it has to end with `status`."""
        words = list(command)
        if words[0] == "nbgrader":
            words[:1] = [sys.executable, "-m", "nbgrader"]
            if words[3] == "submit" and not self.accounts:
                words.append(f"--student={name}")
        done = subprocess.run(
            self.command(name, words) if self.accounts else words,
            cwd=self.place(name),
            env=self.environment(name),
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    def own(self, path: Path, name: str) -> None:
        """Give a folder and all in it to somebody."""
        if self.accounts:
            for each in (path, *path.rglob("*")):
                os.chown(each, IDS[name], IDS[name], follow_symlinks=False)

    def answer(self, name: str, source: str, words: str) -> None:
        """Write answers into a fetched notebook, as its owner."""
        path = self.home(name) / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
        nb: dict[str, Any] = json.loads(path.read_text("utf-8"))
        for cell in nb["cells"]:
            grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
            cell["source"] = {EXERCISE: source, WRITTEN: words}.get(grade_id, cell["source"])
        path.write_text(json.dumps(nb), "utf-8")
        self.own(path.parent, name)


@contextmanager
def course_with_people() -> Iterator[People]:
    """A course with one lesson that is released, an empty exchange, and three empty homes."""
    folder = Path(tempfile.mkdtemp(prefix="people-"))  # pytest's own is closed to other users
    try:
        folder.chmod(0o755)
        people = People(folder)
        rows = [f"{n}:x:{k}:{k}::{people.home(n)}:/bin/sh\n" for n, k in IDS.items()]
        (folder / "passwd").write_text(Path("/etc/passwd").read_text("utf-8") + "".join(rows))
        people.exchange.mkdir()
        people.exchange.chmod(0o777)
        for name in IDS:
            people.home(name).mkdir(parents=True)
        settings = f"c.Exchange.root = {str(people.exchange)!r}\n"
        _write_course(people.course, settings)
        hub = people.home("grader") / ".jupyter"  # where formgrader on a hub looks
        hub.mkdir()
        root = f"c = get_config()\nc.CourseDirectory.root = {str(people.course)!r}\n"
        (hub / "nbgrader_config.py").write_text(root)
        for name in ("ada", "ben"):
            own = f"c = get_config()\n{settings}c.CourseDirectory.course_id = 'tiny'\n"
            (people.home(name) / "nbgrader_config.py").write_text(own)
        for name in IDS:
            people.own(people.home(name), name)
        yield people
    finally:
        shutil.rmtree(folder)


def _write_course(course: Path, settings: str) -> None:
    content = course / "assignments" / ASSIGNMENT
    content.mkdir(parents=True)
    for name in ("mean.py", "inputs.py"):
        shutil.copy(TINY / "assignments" / "01_basics" / name, content)
    source = course / "source" / ASSIGNMENT / f"{NOTEBOOK}.nb.py"
    source.parent.mkdir(parents=True)
    source.write_text(LESSON)
    config = (TINY / "nbgrader_config.py").read_text("utf-8")
    (course / "nbgrader_config.py").write_text(config + settings)
