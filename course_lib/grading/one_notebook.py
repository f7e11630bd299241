"""One notebook in, one verdict out: no course folder is written to, and no gradebook is needed.

    verdict = grade_notebook(Path("ada.ipynb"), by_source(Path("means.ipynb")), Options())
    verdict["earned"]

For a queue, a web service or a CI job, which have their own way of giving points back.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat
from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions

from course_lib.authoring.plain import plain_faults
from course_lib.claims.assignment import Assignment
from course_lib.claims.loading import folders, load_or_refuse
from course_lib.claims.sampling import SamplingPlan
from course_lib.errors import CourseError
from course_lib.grading.course import SEED_BITS, Course
from course_lib.grading.hidden_tests import folder_beside
from course_lib.grading.pool.grader import Options
from course_lib.grading.submission.collect import read_submission
from course_lib.grading.verdict import Verdict
from course_lib.notebook.beside import modules_beside
from course_lib.notebook.cell import Cell
from course_lib.notebook.dependencies import imported
from course_lib.notebook.plain import is_generated, is_plain, with_tests
from course_lib.notebook.reading import cells_of
from course_lib.notebook.released_notebook import ReleasedNotebook


@dataclass(frozen=True)
class By:
    """What a notebook is graded by: the notebook as it was released, and how it is judged."""

    released: ReleasedNotebook
    plan: SamplingPlan


def grade_notebook(handed_in: Path, by: By, options: Options, student: str = "student") -> Verdict:
    """The verdict on the file `handed_in`; nothing that is in it makes this raise.

    Raises CourseError where the file is not there or the machine cannot isolate.
    """
    if not handed_in.is_file():
        raise CourseError(f"{handed_in} is not a file. Next: name the notebook that was handed in")
    submission = read_submission(handed_in, by.released, student)
    submission = replace(submission, modules=modules_beside(handed_in.parent))
    verifier = options.verifier(by.plan)
    with verifier.fork_server:
        return verifier.grade(submission)


def by_source(path: Path, data: Path | None = None, seed: int | None = None) -> By:
    """Grading by an instructor's plain notebook, with its solutions and hidden tests or without.

    data: the folder of the files that students had beside it. Raises CourseError where it cannot
    be graded by; it names the cell and the next step.
    """
    try:
        text = path.read_text("utf-8")
        notebook = json.loads(text)
        cells = cells_of(notebook)
    except (OSError, ValueError) as error:
        raise CourseError(
            f"{path} is not a notebook: {error}. Next: name the instructor's .ipynb"
        ) from None
    if faults := plain_faults(notebook, path.name):
        raise CourseError("\n".join([f"{path} cannot be graded by:", *map(str, faults)]))
    _refuse(cells, path)
    released = ReleasedNotebook.parse(_stripped(text), path.stem, path.stem)
    tests = {c.grade_id: c.source for c in cells if c.role == "test" and c.grade_id}
    content = Assignment(path.stem, path.parent / "no-claims")
    plan = _plan(content, cells, seed, data)
    plan.hidden = folder_beside(path.parent)
    return By(with_tests(released, tests), plan)


def by_assignment(name: str, root: Path | None, notebook: str = "", seed: int | None = None) -> By:
    """Grading by an assignment of the course in `root`; without one, by one that is installed.

    notebook: which one, of an assignment with several. Raises CourseError where there is none.
    """
    if root is not None and ((root / "release" / name).is_dir() or name in folders(root)):
        course = Course(root, name)
        books = {each.notebook: each for each in course.notebooks}
        if notebook not in books and len(books) > 1:
            raise CourseError(
                f"{name} has the notebooks {', '.join(books)}, and this is called {notebook}. "
                "Next: give it the name it came with"
            )
        plan = course.plan(_seed(seed))
        return By(books.get(notebook) or course.released, plan)
    content = load_or_refuse(name, root or Path.cwd())
    if content.released is None:
        raise CourseError(
            f"{name} has no released notebook here. Next: `course release {name}` in its course"
        )
    text, stem = content.released.read_text("utf-8"), content.released.stem
    released = ReleasedNotebook.parse(text, name, stem)
    return By(released, _plan(content, released.cells, seed, None))


def _plan(
    content: Assignment, cells: Sequence[Cell], seed: int | None, data: Path | None
) -> SamplingPlan:
    plan = SamplingPlan.draw(content, _seed(seed))
    sources = [cell.source for cell in cells if cell.is_code]
    found = dict.fromkeys(name for source in sources for name in imported(source))
    plan.imports = tuple(name for name in found if not content.is_closed(name))
    plan.data = str(data.resolve()) if data is not None else ""
    return plan


def _seed(seed: int | None) -> int:
    return secrets.randbits(SEED_BITS) if seed is None else seed


def _refuse(cells: Sequence[Cell], path: Path) -> None:
    tests = [cell for cell in cells if cell.role == "test"]
    if not tests:
        raise CourseError(
            f"{path} has no test cells. Next: name the notebook of source/, not a hand-in"
        )
    for cell in tests:
        if not is_plain(cell):
            raise CourseError(
                f"{path}, {cell.label}: claims judge it, not asserts. Next: --assignment NN_topic"
            )
        if is_generated(cell.source):
            raise CourseError(
                f"{path}, {cell.label}: nbgrader writes its asserts when it releases. "
                "Next: `course release` in its course, then --assignment"
            )


def _stripped(text: str) -> str:
    """An instructor's notebook as students get it: without solutions and hidden tests."""
    notebook = nbformat.reads(text, as_version=4)
    for step in (ClearSolutions(), ClearHiddenTests()):
        notebook, _ = step.preprocess(notebook, {})
    stripped: str = nbformat.writes(notebook)
    return stripped
