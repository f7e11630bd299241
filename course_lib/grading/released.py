"""An assignment's notebooks as they are graded: what was released, with its instructor's own tests.

    for notebook in released_notebooks(root, "ps1"):
        notebook.cell("correct_squares").inside      # "assert squares(1) == [1] …"

A release has no hidden tests. nbgrader keeps the instructor's test cells in the gradebook, where
`nbgrader generate_assignment` puts them, hidden tests and generated ones included; without them
there, those of `source/` count.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from course_lib.errors import CourseError
from course_lib.notebook.plain import (
    PYTHON,
    is_checked,
    is_generated,
    is_plain,
    language_of,
    with_tests,
)
from course_lib.notebook.reading import cells_of
from course_lib.notebook.released_notebook import ReleasedNotebook


def released_notebooks(root: Path, assignment: str) -> tuple[ReleasedNotebook, ...]:
    """The notebooks of an assignment, one or several.

    Raises CourseError where there is none, or one that cannot be graded; it names the notebook, the
    cell and the next step.
    """
    try:
        found = ReleasedNotebook.load_all(root, assignment)
    except (FileNotFoundError, ValueError) as error:
        raise CourseError(str(error)) from None
    for released in found:
        refuse(released, f"release/{assignment}/{released.notebook}.ipynb")
    return tuple(_with_tests(root, released) for released in found)


def _with_tests(root: Path, released: ReleasedNotebook) -> ReleasedNotebook:
    tests = _of_source(root, released)
    if any(is_plain(cell) for cell in released.cells):
        tests |= _of_gradebook(root, released)
    ready = with_tests(released, tests)
    missing = [cell.label for cell in ready.cells if is_plain(cell) and not cell.inside.strip()]
    if missing:
        raise CourseError(
            f"the tests of {released.notebook}.ipynb, {missing[0]}, are neither in the gradebook "
            f"nor in source/{released.assignment}/. Next: course release {released.assignment}"
        )
    return ready


def _of_source(root: Path, released: ReleasedNotebook) -> dict[str, str]:
    """The texts of the test cells in `source/`, by grade_id; none where it cannot be read."""
    path = root / "source" / released.assignment / f"{released.notebook}.ipynb"
    try:
        cells = cells_of(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError):
        return {}
    tests = (cell for cell in cells if cell.role == "test" and cell.grade_id)
    return {cell.grade_id or "": cell.source for cell in tests if not is_generated(cell.source)}


def _of_gradebook(root: Path, released: ReleasedNotebook) -> dict[str, str]:
    """The same, of the cells that nbgrader keeps; none without a gradebook that has them."""
    from course_lib.grading.nbgrader.source_cells import source_cells  # seconds

    kept = source_cells(root, released.assignment, released.notebook)
    checked = {c.grade_id for c in released.cells if is_checked(c.source, c.exercise or "")}
    return {name: text for name, text in kept.items() if name not in checked}


def refuse(released: ReleasedNotebook, file: str) -> None:
    """Raise CourseError for another language than Python, names used twice, tests without points.

    >>> refuse(ReleasedNotebook("ps1", "a", (), {"kernelspec": {"name": "ir", "language": "R"}}),
    ...     "a.ipynb")
    Traceback (most recent call last):
    ...
    course_lib.errors.CourseError: a.ipynb is written in R, for the kernel 'ir': only Python ...
    """
    language, kernel = language_of(released.metadata)
    if language != PYTHON:
        raise CourseError(
            f"{file} is written in {language}, for the kernel {kernel!r}: only Python is run here. "
            "Next: leave this assignment to `nbgrader autograde`, which starts that kernel"
        )
    counts = Counter(cell.grade_id for cell in released.cells if cell.grade_id)
    if twice := [name for name, count in counts.items() if count > 1]:
        raise CourseError(
            f"{file} has {counts[twice[0]]} cells with the id {twice[0]!r}. Next: give each of "
            f"them an id of its own in source/, then `course release {released.assignment}`"
        )
    tests = Counter(cell.exercise for cell in released.cells if cell.role == "test")
    if alike := [name for name, count in tests.items() if count > 1]:
        raise CourseError(
            f"{file} has two test cells, {alike[0]!r} and 'check_{alike[0]}', which would be one "
            "exercise. Next: rename one of them in source/"
        )
    for cell in released.cells:
        if is_plain(cell) and not cell.grade_id:
            raise CourseError(f"{file}, {cell.label}: a test cell without an id. Next: give it one")
