"""The one writer: verdicts into nbgrader's gradebook, `autograded/` and `feedback/`.

    writer = Writer(root)
    written = writer.write(verdict)        # autograded/ada/00_worksheet/, gradebook.db
    writer.feedback("00_worksheet", "ada") # feedback/ada/00_worksheet/worksheet.html

It runs nbgrader's own converters, in this process, one student at a time. Writing a verdict twice
changes nothing the second time; grades and comments given by hand stay. A student who cannot be
written raises WriteError, which names the student and the next step; the others are not touched.
"""

from __future__ import annotations

import io
import logging
import os
import stat
import time
import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from nbformat import from_dict
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import SaveCells
from nbgrader.utils import parse_utc
from traitlets.config import Config

from course_lib.authoring.release import settings, tools_on_path
from course_lib.grading.one_engine import one_engine
from course_lib.grading.skeleton import Skeleton
from course_lib.grading.turn import turn
from course_lib.grading.verdict import Verdict

WAITS = (0.2, 0.5, 1.0, 2.0, 4.0)  # seconds between tries at a locked gradebook; SQLite waits 5 too
STAMP = "timestamp.txt"  # when it was handed in, as nbgrader's exchange writes it
STAMP_LIMIT = 200  # bytes


class WriteError(RuntimeError):
    """A verdict, or a feedback page, that could not be written. `log` is what nbgrader said."""

    def __init__(self, message: str, log: str = "") -> None:
        self.log = log
        super().__init__(message)


@dataclass(frozen=True)
class Written:
    """What the gradebook holds after a verdict was written; points by hand where there are."""

    student: str
    assignment: str
    automatic: float
    score: float
    needs_manual_grade: bool
    log: str


class Writer:
    """Writes for one course folder. Use one at a time: nbgrader's gradebook has one writer."""

    def __init__(self, root: Path | str) -> None:
        self.root = Path(root).resolve()
        self._config = settings(self.root)
        self._known: dict[str, Skeleton] = {}

    def write(self, verdict: Verdict) -> Written:
        """Bring a verdict into the gradebook and `autograded/`. Raises WriteError."""
        assignment, student = verdict["assignment"], verdict["student"]
        skeleton = self.register(assignment)
        coursedir = self._coursedir(assignment, student)
        converter = OneStudent(coursedir, self._config, verdict, skeleton.notebook)
        log = self._run(converter, f"{student}'s {assignment}")
        with self._gradebook() as gradebook:
            found = gradebook.find_submission_notebook(skeleton.notebook, assignment, student)
            return Written(
                student=student,
                assignment=assignment,
                automatic=sum(g.auto_score or 0.0 for g in found.grades),
                score=found.score,
                needs_manual_grade=found.needs_manual_grade,
                log=log,
            )

    def feedback(self, assignment: str, student: str) -> Path:
        """Write the student's feedback page and return where it is. Raises WriteError."""
        skeleton = self.register(assignment)
        coursedir = self._coursedir(assignment, student)
        config = Config(self._config)
        config.HTMLExporter.template_name = "feedback"
        converter = GenerateFeedback(coursedir=coursedir, config=config)
        self._run(converter, f"the feedback for {student}'s {assignment}")
        folder = coursedir.format_path(coursedir.feedback_directory, student, assignment)
        return Path(folder) / f"{skeleton.notebook}.html"

    def register(self, assignment: str) -> Skeleton:
        """The released notebook, whose cells and points the gradebook then knows too.

        An assignment that was released elsewhere (a fresh clone, say) is entered from its release.
        """
        if assignment not in self._known:
            skeleton = Skeleton.load(self.root, assignment)
            self._retry(lambda: self._register(skeleton), f"{assignment}'s cells")
            self._known[assignment] = skeleton
        return self._known[assignment]

    def _register(self, skeleton: Skeleton) -> None:
        """Put an assignment that the gradebook does not know into it, from the release."""
        with self._gradebook() as gradebook:
            try:
                gradebook.find_notebook(skeleton.notebook, skeleton.assignment)
                return
            except MissingEntry:
                gradebook.update_or_create_assignment(skeleton.assignment)
        cells = [
            {"cell_type": c.kind, "source": c.source, "metadata": dict(c.metadata)}
            for c in skeleton.cells
        ]
        nb = from_dict({"cells": cells, "metadata": dict(skeleton.metadata)})
        about = {
            "notebook": skeleton.notebook,
            "assignment": skeleton.assignment,
            "db_url": self._coursedir(skeleton.assignment, "*").db_url,
        }
        SaveCells(config=self._config).preprocess(nb, {"nbgrader": about})

    def _coursedir(self, assignment: str, student: str) -> CourseDirectory:
        coursedir = CarefulCourse(config=self._config)
        coursedir.assignment_id, coursedir.student_id = assignment, student
        return coursedir

    def _turn(self) -> AbstractContextManager[None]:
        return turn(self._coursedir("*", "*").db_url, self.root / "verdicts")

    @contextmanager
    def _gradebook(self) -> Iterator[Any]:
        coursedir = self._coursedir("*", "*")
        with _quick(), Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
            yield gradebook

    def _run(self, converter: BaseConverter, what: str) -> str:
        """Run a converter, quietly; what nbgrader logged. Raises WriteError."""
        converter.force = True
        heard = io.StringIO()
        with _logging_to(converter, heard):
            self._retry(converter.start, what, heard)
        return heard.getvalue()

    def _retry(self, action: Any, what: str, heard: io.StringIO | None = None) -> None:
        """Run `action`; again, later, while another program holds the gradebook."""
        for wait in (*WAITS, None):
            start = heard.tell() if heard else 0
            try:
                with self._turn(), _as_it_was(), _quick(), warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    action()
                return
            except Exception as error:  # nbgrader raises what its parts raise
                log = heard.getvalue()[start:] if heard else ""
                locked = "database is locked" in log + str(error)
                if locked and wait is not None:
                    time.sleep(wait)
                    continue
                raise WriteError(_why(what, locked, log, error), log) from error


class OneStudent(Autograde):
    """nbgrader's Autograde for one verdict, whatever is or is not in the student's folder.

    `verdict` is what the Judge of `nbgrader_plugin` puts into the notebook.
    """

    def __init__(
        self, coursedir: CourseDirectory, config: Config, verdict: Verdict, notebook: str
    ) -> None:
        super().__init__(coursedir=coursedir, config=config)
        self.verdict = verdict
        self._notebook = notebook

    def init_notebooks(self) -> None:
        """One notebook, under the name it should have."""
        folder = self._format_source(self.coursedir.assignment_id, self.coursedir.student_id)
        self.assignments = {folder: [str(Path(folder) / f"{self._notebook}.ipynb")]}
        self.notebooks: list[str] = []


class CarefulCourse(CourseDirectory):
    """nbgrader's course folder, which reads a time stamp only from a file that can be one."""

    def get_existing_timestamp(self, dest_path: str) -> datetime | None:
        """When it was handed in (UTC); None without a stamp that can be read."""
        stamp = time_stamp(Path(dest_path))
        return parse_utc(stamp) if stamp else None


def time_stamp(folder: Path) -> str | None:
    """The text of a hand-in's time stamp; None unless a short, ordinary file says a time."""
    path = folder / STAMP
    try:
        state = path.lstat()
        if not stat.S_ISREG(state.st_mode) or state.st_size > STAMP_LIMIT:
            return None
        text = path.read_text("utf-8").strip()
        parse_utc(text)
    except (OSError, ValueError, OverflowError):
        return None
    return text


def _why(what: str, locked: bool, log: str, error: Exception) -> str:
    if locked:
        return (
            f"{what} could not be written: another program holds gradebook.db. Close it (a "
            "formgrader, a database browser, a second grading run) and run the command again."
        )
    lines = [line for line in log.splitlines() if line.strip()]
    told = [line for line in lines if "Error" in line or "Changed" in line] or lines
    reason = str(error) if not isinstance(error, NbGraderException) or not told else told[-1]
    return f"{what} could not be written: {reason.strip()}"


@contextmanager
def _logging_to(converter: BaseConverter, heard: io.StringIO) -> Iterator[None]:
    """nbgrader's log into `heard`, and nowhere else."""
    log = logging.Logger("nbgrader", logging.INFO)  # not in the tree: nothing is passed on
    log.addHandler(logging.StreamHandler(heard))
    converter.log = log
    of_gradebook = logging.getLogger("tornado.application")  # a stack for what it raises as well
    before = of_gradebook.level
    of_gradebook.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        of_gradebook.setLevel(before)


@contextmanager
def _quick() -> Iterator[None]:
    with tools_on_path(), one_engine():
        yield


@contextmanager
def _as_it_was() -> Iterator[None]:
    """nbgrader changes the working directory and leaves a variable behind when it fails."""
    before = os.environ.get("NBGRADER_EXECUTION")
    folder = Path.cwd()
    try:
        yield
    finally:
        os.chdir(folder)
        os.environ.pop("NBGRADER_EXECUTION", None)
        if before is not None:
            os.environ["NBGRADER_EXECUTION"] = before
