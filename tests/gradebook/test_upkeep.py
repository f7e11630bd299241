"""What is written follows all that is shown, and nothing is judged again for it.

The tiny course, its real gradebook, real hand-ins; verdicts are made here, since none is judged.
"""

from __future__ import annotations

import io
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from rich.console import Console

from course_lib.authoring.release import settings, tools_on_path
from course_lib.errors import GradebookError
from course_lib.grading.course import Course
from course_lib.grading.nbgrader.writer import Writer
from course_lib.grading.pool.engine import store
from course_lib.grading.verdict import read_verdict, write_verdict
from course_lib.report.grading import grade_assignment
from course_lib.report.run import Request
from tests.engine.conftest import copy_of_tiny

A, NOTEBOOK, SEED = "02_energy", "energy", 7
QUESTION = {
    "cell_type": "markdown",
    "id": "why",
    "metadata": {
        "nbgrader": {
            "cell_type": "markdown", "grade": True, "grade_id": "why", "locked": False,
            "points": 2, "schema_version": 3, "solution": True, "task": False,
        }
    },
    "source": "YOUR ANSWER HERE",
}  # fmt: skip
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5Erk"
    "Jggg=="
)
Notebook = dict[str, Any]


@dataclass
class Class:
    """A course folder with a question in words, and what people do in it."""

    root: Path

    @property
    def folder(self) -> Path:
        return self.root / "submitted" / "ada" / A

    @property
    def release(self) -> Path:
        return self.root / "release" / A / f"{NOTEBOOK}.ipynb"

    @property
    def autograded(self) -> Path:
        return self.root / "autograded" / "ada" / A / f"{NOTEBOOK}.ipynb"

    @property
    def page(self) -> Path:
        return self.root / "feedback" / "ada" / A / f"{NOTEBOOK}.html"

    def change_release(self, change: Callable[[Notebook], None]) -> None:
        nb = json.loads(self.release.read_text())
        change(nb)
        self.release.write_text(json.dumps(nb))

    def hand_in(
        self, answer: str = "Because.", change: Callable[[Notebook], None] | None = None
    ) -> None:
        nb = json.loads(self.release.read_text())
        nb["cells"][-1]["source"] = answer
        if change:
            change(nb)
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{NOTEBOOK}.ipynb").write_text(json.dumps(nb))

    def judge(self, share: float = 0.5) -> None:
        """Store a verdict that gives each exercise this share of its points."""
        course = Course(self.root, A)
        submission = course.submission("ada")
        checks: list[Any] = [
            {
                "exercise": name,
                "earned": share * points,
                "points": points,
                "status": "failed",
                "claims": [],
            }
            for name, points in course.released.points.items()
        ]
        possible = sum(course.released.points.values())
        verdict: Any = {
            "format": 1, "assignment": A, "student": "ada", "notebook": NOTEBOOK, "seed": SEED,
            "isolation": [], "earned": share * possible, "possible": possible,
            "cpu_seconds": 0.0, "wall_seconds": 0.0, "content_hash": submission.content_hash,
            "checks": checks, "status": "graded", "notices": [], "remarks": [],
        }  # fmt: skip
        store(course, submission, verdict, SEED)

    def grade(self, code: int = 0) -> str:
        """`course grade`, which finds every verdict right; what it printed."""
        said = io.StringIO()
        request = Request(self.root, A, unjailed=True)
        assert grade_assignment(request, Console(file=said, width=300)) == code, said.getvalue()
        assert "1 of them were graded before" in said.getvalue()
        return said.getvalue()

    def book(self) -> Gradebook:
        return Gradebook(f"sqlite:///{self.root}/gradebook.db", "tiny")

    def by_hand(self, points: float, comment: str = "") -> None:
        """What formgrader does when a person grades."""
        where = ("why", NOTEBOOK, A, "ada")
        with self.book() as book:
            grade = book.find_grade(*where)
            grade.manual_score, grade.needs_manual_grade = points, False
            book.find_comment(*where).manual_comment = comment or None
            book.db.commit()


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course in which one hand-in is judged, written and has its page."""
    course = Class(copy_of_tiny(tmp_path_factory.mktemp("first") / "course"))
    course.change_release(lambda nb: nb["cells"].append(QUESTION))
    course.hand_in()
    course.judge()
    said = course.grade()
    assert "written again: ada" in said
    return course.root


@pytest.fixture
def course(first: Path, tmp_path: Path) -> Class:
    """A copy of it."""
    return Class(Path(shutil.copytree(first, tmp_path / "course")))


def answer_in(path: Path) -> str:
    nb = json.loads(path.read_text())
    return "".join(nb["cells"][-1]["source"])


def test_nothing_is_written_where_nothing_changed(course: Class):
    before = [path.stat().st_mtime_ns for path in (course.autograded, course.page)]
    said = course.grade()
    assert "written again" not in said
    assert [path.stat().st_mtime_ns for path in (course.autograded, course.page)] == before


def test_a_new_answer_in_words_is_written_and_the_old_grade_is_to_be_looked_at(course: Class):
    course.by_hand(1.5)
    course.hand_in("Because of the energy.")
    assert "written again: ada" in course.grade()
    assert (
        "of the energy" in answer_in(course.autograded)
        and "of the energy" in course.page.read_text()
    )
    with course.book() as book:
        grade = book.find_grade("why", NOTEBOOK, A, "ada")
        assert (grade.manual_score, grade.needs_manual_grade) == (1.5, True)


@pytest.mark.parametrize("what", ["gradebook.db", "student", "assignment", "autograded"])
def test_what_is_gone_is_written_again(course: Class, what: str):
    if what == "gradebook.db":
        (course.root / what).unlink()
    elif what == "autograded":
        course.autograded.unlink()
    else:
        with course.book() as book:
            book.remove_student("ada") if what == "student" else book.remove_assignment(A)
    course.grade()
    with course.book() as book:
        assert book.find_submission(A, "ada").score == 2.5
    assert course.autograded.is_file()


def test_points_that_another_program_changed_are_the_verdicts_again(course: Class):
    with course.book() as book:
        book.find_grade("check_mean", NOTEBOOK, A, "ada").auto_score = 77.0
        book.db.commit()
    course.grade()
    with course.book() as book:
        assert book.find_submission(A, "ada").score == 2.5


def test_a_verdict_from_elsewhere_reaches_gradebook_and_page_whatever_its_age(course: Class):
    verdict = read_verdict(course.root, A, "ada")
    assert verdict is not None
    verdict["checks"][0]["earned"] = 2.0
    verdict["earned"] = 3.5
    path = write_verdict(course.root, verdict)
    os.utime(path, (1, 1))  # as an archive unpacks it
    course.grade()
    with course.book() as book:
        assert book.find_submission(A, "ada").score == 3.5
    assert "3.5 of 7 points" in course.page.read_text()


def late_course(course: Class, due: str, stamp: str | None, encoding: str = "utf-8") -> float:
    """The penalty after a due date and a time stamp were set, or changed."""
    with course.book() as book:
        book.update_or_create_assignment(A, duedate=due)
    path = course.folder / "timestamp.txt"
    if stamp is None:
        path.unlink()
    else:
        path.write_text(stamp, encoding)
    course.grade()
    with course.book() as book:
        return float(book.find_submission(A, "ada").late_submission_penalty or 0.0)


def test_late_penalties_follow_due_date_time_stamp_and_points_by_hand(course: Class):
    config = course.root / "nbgrader_config.py"
    config.write_text(config.read_text() + "\nc.LateSubmissionPlugin.penalty_method = 'zero'\n")
    early, late = "2026-11-19 23:59:00 UTC", "2026-11-25 23:59:00 UTC"
    assert late_course(course, early, "2026-11-20 10:00:00 UTC") == 2.5
    assert "Handed in late" in course.page.read_text()
    assert late_course(course, late, "2026-11-20 10:00:00 UTC") == 0.0
    assert "Handed in late" not in course.page.read_text()
    assert late_course(course, late, "2026-11-26 10:00:00 UTC") == 2.5
    course.by_hand(1.0)
    assert late_course(course, late, "2026-11-26 10:00:00 UTC") == 3.5  # all of the new points
    stamp = "2026-11-26 10:00:00 UTC"
    assert late_course(course, late, stamp, "utf-8-sig") == 3.5  # with a mark before it
    assert late_course(course, late, None) == 0.0
    with course.book() as book:
        assert book.find_grade("why", NOTEBOOK, A, "ada").needs_manual_grade is False


def test_points_and_comments_by_hand_are_on_the_page(course: Class):
    autograded = course.autograded.read_bytes()
    course.by_hand(1.5, "Nearly: say what a density is.")
    course.grade()
    page = course.page.read_text()
    assert "Nearly: say what a density is." in page and "4 of 7 points" in page
    assert course.autograded.read_bytes() == autograded


def test_points_of_the_release_that_changed_reach_the_gradebook_and_judge_nobody(course: Class):
    course.by_hand(1.5)

    def three(nb: Notebook) -> None:
        nb["cells"][-1]["metadata"]["nbgrader"]["points"] = 3

    course.change_release(three)
    course.grade()
    with course.book() as book:
        assert book.find_submission(A, "ada").max_score == 8
        assert book.find_grade("why", NOTEBOOK, A, "ada").needs_manual_grade is False
    assert "4 of 8 points" in course.page.read_text()


def test_a_question_that_came_with_another_release_is_refused_by_name(course: Class):
    def another(nb: Notebook) -> None:
        cell = json.loads(json.dumps(nb["cells"][-1]))
        cell["id"] = cell["metadata"]["nbgrader"]["grade_id"] = "why_not"
        nb["cells"].append(cell)

    course.change_release(another)
    with pytest.raises(
        GradebookError, match=r"`why_not` is new\. Next: .*nbgrader db assignment remove"
    ):
        course.grade()


@pytest.mark.parametrize("what", ["picture", "name", "extra"])
def test_all_else_that_is_shown_is_written_too(course: Class, what: str):
    def change(nb: Notebook) -> None:
        if what == "picture":
            nb["cells"][-1]["attachments"] = {"a.png": {"image/png": PIXEL}}
        elif what == "extra":
            nb["cells"].append({"cell_type": "markdown", "metadata": {}, "source": "A word more."})

    course.hand_in(change=change)
    if what == "name":
        path = course.folder / f"{NOTEBOOK}.ipynb"
        path.rename(path.with_name("mine.ipynb"))
    said = course.grade()
    assert "written again: ada" in said
    expected = {"picture": "image/png", "name": "mine.ipynb", "extra": "A word more."}[what]
    assert expected in course.autograded.read_text().replace("&#46;", ".")
    if what == "name":
        assert "mine.ipynb was graded as energy.ipynb" in said
        assert "mine.ipynb" in json.dumps(read_verdict(course.root, A, "ada"))


def test_nbgraders_own_command_renews_a_page_and_leaves_the_others(course: Class):
    def generate() -> str:
        with tools_on_path():
            done = NbGraderAPI(config=settings(course.root)).generate_feedback(A, force=False)
        assert done["success"], done
        return str(done.get("log"))

    page = course.page.read_bytes()
    generate()
    assert course.page.read_bytes() == page
    course.by_hand(1.5, "Nearly.")
    generate()
    assert "Nearly." in course.page.read_text()
    assert Writer(course.root).has_page(A, "ada")
