"""The engine's own course, graded the real way: a fork server, a sandbox, a verdict.

verdict = graded("01_basics", mean="def mean(values): return 0")      # solutions, one replaced
check_of(verdict, "mean")["claims"]
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from course_lib.grading.course import Course
from course_lib.grading.pool.grader import Options
from course_lib.grading.submission.collect import read_submission
from course_lib.grading.verdict import Verdict
from course_lib.grading.verifier import Verifier

TINY = Path(__file__).parent.parent / "courses" / "tiny"
SEED = 7
Graded = Callable[..., Verdict]


def copy_of_tiny(folder: Path) -> Path:
    """A copy of the course in which anything may be changed."""
    shutil.copytree(TINY, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def notebook(course: Course, replaced: dict[str, str], extra: str = "") -> bytes:
    """The instructor's notebook with solution cells replaced, and a cell of a student's own."""
    path = course.root / "source" / course.assignment / f"{course.released.notebook}.ipynb"
    document = json.loads(path.read_text("utf-8"))
    for cell in document["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in replaced:
            cell["source"] = replaced[name]
    if extra:
        own = {"cell_type": "code", "id": "mine", "metadata": {}, "source": extra}
        document["cells"].append(own | {"outputs": [], "execution_count": None})
    return json.dumps(document).encode()


def check_of(verdict: Verdict, exercise: str) -> dict[str, Any]:
    """One exercise's part of a verdict."""
    return next(dict(each) for each in verdict["checks"] if each["exercise"] == exercise)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the course that no test changes."""
    return copy_of_tiny(tmp_path_factory.mktemp("course") / "tiny")


@pytest.fixture(scope="session")
def verifiers(tiny: Path) -> Iterator[Callable[[str], tuple[Course, Verifier]]]:
    """`verifiers("01_basics")`: an assignment and its verifier, started once."""
    started: dict[str, tuple[Course, Verifier]] = {}

    def start(assignment: str) -> tuple[Course, Verifier]:
        if assignment not in started:
            course = Course(tiny, assignment)
            plan = course.plan(SEED)
            assert not plan.faults
            verifier = Options(insist=False).verifier(plan)
            plan.mistakes.prepare(plan, verifier.fork_server)
            started[assignment] = course, verifier
        return started[assignment]

    yield start
    for _, verifier in started.values():
        verifier.fork_server.close()


@pytest.fixture(scope="session")
def graded(verifiers: Callable[[str], tuple[Course, Verifier]]) -> Graded:
    """`graded("01_basics", mean="…")`: the verdict on the solutions with cells replaced."""

    def grade(assignment: str, extra: str = "", **replaced: str) -> Verdict:
        course, verifier = verifiers(assignment)
        submission = read_submission(notebook(course, replaced, extra), course.released, "ada")
        return verifier.grade(submission)

    return grade
