"""The one writer: verdicts into nbgrader's gradebook, `autograded/` and `feedback/`.

    writer = Writer(root)
    written = writer.write(verdict)        # autograded/ada/05_hamiltonian/, gradebook.db
    writer.feedback("05_hamiltonian", "ada")   # feedback/ada/05_hamiltonian/hamiltonian.html

It runs nbgrader's own converters, in this process, one student at a time. Writing a verdict twice
changes nothing the second time; grades and comments given by hand stay. What has to be written at
all, `is_written` and `has_page` say (`upkeep`). A student who cannot be written raises WriteError,
which names the student and the next step; the others are not touched.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from nbformat import from_dict
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.converters.base import BaseConverter
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import SaveCells
from nbgrader.utils import parse_utc
from traitlets.config import Config

from course_lib.authoring.gradebook import refuse_other_schema, take_release
from course_lib.authoring.release import settings
from course_lib.grading.nbgrader.autograded import shown
from course_lib.grading.nbgrader.exchange import carried, time_stamp
from course_lib.grading.nbgrader.feedback.freshness import key_of_page, page_key
from course_lib.grading.nbgrader.gradebook_lock import gradebook_lock
from course_lib.grading.nbgrader.held import Held, held
from course_lib.grading.nbgrader.late import work_out
from course_lib.grading.nbgrader.pieces import with_pieces
from course_lib.grading.nbgrader.retried import logging_to, quick, retried
from course_lib.grading.nbgrader.upkeep import cells_shown, is_current, still_graded
from course_lib.grading.released import released_notebooks
from course_lib.grading.verdict import Verdict, name_in
from course_lib.notebook.plain import is_plain
from course_lib.notebook.released_notebook import ReleasedNotebook
from course_lib.notebook.submission import Submission

Result = TypeVar("Result")


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
        self._config = with_pieces(settings(self.root))
        self._known: dict[str, tuple[ReleasedNotebook, ...]] = {}

    def is_written(self, verdict: Verdict, submission: Submission) -> bool:
        """Whether `write` would change nothing. Raises WriteError."""
        assignment, student = verdict["assignment"], verdict["student"]
        submitted, stamp = self._submitted(assignment, student)
        beside = carried(submitted)
        return all(
            is_current(
                self._autograded(released, student),
                shown(submission, released, beside),
                verdict,
                self._held(released, student),
                released,
                stamp,
            )
            for released in self.register(assignment)
        )

    def write(self, verdict: Verdict, submission: Submission | None = None) -> Written:
        """Bring a verdict into the gradebook and `autograded/`. Raises WriteError.

        submission: what was judged, as it was read; without it, it is read again.
        """
        assignment, student = verdict["assignment"], verdict["student"]
        notebooks = self.register(assignment)
        paths = [self._autograded(released, student) for released in notebooks]
        before = [self._held(released, student) for released in notebooks]
        then = [cells_shown(path) for path in paths]
        coursedir = self._coursedir(assignment, student)
        converter = OneStudent(coursedir, self._config, verdict, notebooks, submission)
        what = f"{student}'s {assignment}"
        log = self._run(converter, what)
        for released, path, held_then, shown_then in zip(
            notebooks, paths, before, then, strict=True
        ):
            kept = still_graded(held_then, shown_then, cells_shown(path))
            settle = functools.partial(self._settle, released, student, kept)
            self._retry(settle, what)
        with self._gradebook() as gradebook:
            found = [
                gradebook.find_submission_notebook(released.notebook, assignment, student)
                for released in notebooks
            ]
            return Written(
                student=student,
                assignment=assignment,
                automatic=sum(g.auto_score or 0.0 for each in found for g in each.grades),
                score=sum(each.score for each in found),
                needs_manual_grade=any(each.needs_manual_grade for each in found),
                log=log,
            )

    def _settle(self, released: ReleasedNotebook, student: str, kept: set[str]) -> None:
        """After nbgrader wrote a hand-in: cells that a person need not see again; no old time."""
        _, stamp = self._submitted(released.assignment, student)
        with self._gradebook() as gradebook:
            found = gradebook.find_submission_notebook(
                released.notebook, released.assignment, student
            )
            for grade in found.grades:
                if grade.name in kept:
                    grade.needs_manual_grade = False
            gone = stamp is None and found.assignment.timestamp is not None
            if gone:
                found.assignment.timestamp = None
            gradebook.db.commit()
        if gone:
            self._penalise(released, student)

    def penalise(self, assignment: str, student: str) -> None:
        """Work out the late penalty of a hand-in that is written. Raises WriteError."""
        what = f"the late penalty of {student}'s {assignment}"
        for released in self.register(assignment):
            self._retry(functools.partial(self._penalise, released, student), what)

    def _penalise(self, released: ReleasedNotebook, student: str) -> None:
        coursedir = self._coursedir(released.assignment, student)
        converter = Autograde(coursedir=coursedir, config=self._config)
        with logging_to(converter, io.StringIO()):
            work_out(converter, released.assignment, released.notebook, student, coursedir.db_url)

    def has_page(self, assignment: str, student: str) -> bool:
        """Whether the student's page is there and tells what the gradebook holds now."""
        for released in self.register(assignment):
            key = page_key(self._autograded(released, student), self._held(released, student))
            if key is None or key_of_page(self._page(released, student)) != key:
                return False
        return True

    def feedback(self, assignment: str, student: str) -> Path:
        """Write the student's feedback, a page for each notebook; the first. Raises WriteError."""
        released = self.register(assignment)[0]
        coursedir = self._coursedir(assignment, student)
        config = Config(self._config)
        config.HTMLExporter.template_name = "feedback"
        converter = GenerateFeedback(coursedir=coursedir, config=config)
        self._run(converter, f"the feedback for {student}'s {assignment}")
        return self._page(released, student)

    def register(self, assignment: str) -> tuple[ReleasedNotebook, ...]:
        """The released notebooks, whose cells and points the gradebook then has too.

        An assignment that was released elsewhere (a fresh clone, say) is entered from its release,
        and so are points that changed there. Raises WriteError; GradebookError where the gradebook
        is another nbgrader's, or has hand-ins and other cells.
        """
        if assignment not in self._known:
            notebooks = released_notebooks(self.root, assignment)
            self._retry(lambda: self._register(notebooks), f"{assignment}'s cells")
            self._known[assignment] = notebooks
        return self._known[assignment]

    def _register(self, notebooks: Sequence[ReleasedNotebook]) -> None:
        """Bring cells and points of a release into the gradebook, where it has not got them."""
        refuse_other_schema(self._coursedir("*", "*").db_url)
        with self._gradebook() as gradebook:
            missing = take_release(gradebook, notebooks)
            if missing:
                gradebook.update_or_create_assignment(missing[0].assignment)
        for released in missing:
            self._save(released)

    def _save(self, released: ReleasedNotebook) -> None:
        """Have nbgrader keep the cells; of a plain test what runs, hidden tests included."""
        cells = [
            {
                "cell_type": c.kind,
                "source": c.inside if is_plain(c) else c.source,
                "metadata": dict(c.metadata),
            }
            for c in released.cells
        ]
        nb = from_dict({"cells": cells, "metadata": dict(released.metadata)})
        about = {
            "notebook": released.notebook,
            "assignment": released.assignment,
            "db_url": self._coursedir(released.assignment, "*").db_url,
        }
        SaveCells(config=self._config).preprocess(nb, {"nbgrader": about})

    def _held(self, released: ReleasedNotebook, student: str) -> Held | None:
        def ask() -> Held | None:
            with self._gradebook() as gradebook:
                return held(gradebook, released.assignment, released.notebook, student)

        return self._retry(ask, f"{student}'s {released.assignment}")

    def _submitted(self, assignment: str, student: str) -> tuple[Path, datetime | None]:
        """Where a hand-in lies, and when it was handed in (UTC)."""
        coursedir = self._coursedir(assignment, student)
        folder = coursedir.format_path(coursedir.submitted_directory, student, assignment)
        return Path(folder), coursedir.get_existing_timestamp(folder)

    def _autograded(self, released: ReleasedNotebook, student: str) -> Path:
        coursedir = self._coursedir(released.assignment, student)
        about = (coursedir.autograded_directory, student, released.assignment)
        return Path(coursedir.format_path(*about)) / f"{released.notebook}.ipynb"

    def _page(self, released: ReleasedNotebook, student: str) -> Path:
        coursedir = self._coursedir(released.assignment, student)
        about = (coursedir.feedback_directory, student, released.assignment)
        return Path(coursedir.format_path(*about)) / f"{released.notebook}.html"

    def _coursedir(self, assignment: str, student: str) -> CourseDirectory:
        coursedir = CarefulCourse(config=self._config)
        coursedir.assignment_id, coursedir.student_id = assignment, student
        return coursedir

    def _turn(self) -> AbstractContextManager[None]:
        return gradebook_lock(self._coursedir("*", "*").db_url, self.root / "verdicts")

    @contextmanager
    def _gradebook(self) -> Iterator[Any]:
        coursedir = self._coursedir("*", "*")
        with quick(), Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
            yield gradebook

    def _run(self, converter: BaseConverter, what: str) -> str:
        """Run a converter, quietly; what nbgrader logged. Raises WriteError."""
        converter.force = True
        heard = io.StringIO()
        with logging_to(converter, heard):
            self._retry(converter.start, what, heard)
        return heard.getvalue()

    def _retry(
        self, action: Callable[[], Result], what: str, heard: io.StringIO | None = None
    ) -> Result:
        return retried(action, what, self._turn, heard)


class OneStudent(Autograde):
    """nbgrader's Autograde for one verdict, independent of what is in the student's folder.

    `verdict` is what `autograde.Judge` puts into the notebooks, `submission` what it reads,
    `released` what it puts it in order by.
    """

    def __init__(
        self,
        coursedir: CourseDirectory,
        config: Config,
        verdict: Verdict,
        released: tuple[ReleasedNotebook, ...],
        submission: Submission | None,
    ) -> None:
        super().__init__(coursedir=coursedir, config=config)
        self.verdict, self.submission = verdict, submission
        self.released = released

    def init_notebooks(self) -> None:
        """The notebooks, under the names that they should have."""
        folder = self._format_source(self.coursedir.assignment_id, self.coursedir.student_id)
        names = [f"{released.notebook}.ipynb" for released in self.released]
        self.assignments = {folder: [str(Path(folder) / name) for name in names]}
        self.notebooks: list[str] = []

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Enter the submission, and the student's name where the gradebook shows only an id."""
        super().init_assignment(assignment_id, student_id)
        name = name_in(self.verdict)
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            student = gradebook.find_student(student_id)
            if name != student_id and not (student.last_name or student.first_name):
                # formgrader shows names that have both parts
                gradebook.update_or_create_student(student_id, last_name=name, first_name="")


class CarefulCourse(CourseDirectory):
    """nbgrader's course folder, which reads a time stamp only from a file that can be one."""

    def get_existing_timestamp(self, dest_path: str) -> datetime | None:
        """When it was handed in (UTC); None without a stamp that can be read."""
        stamp = time_stamp(Path(dest_path))
        return parse_utc(stamp) if stamp else None
