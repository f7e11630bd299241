"""A notebook file as its author saved it: read and put in order as a hand-in is.

notebook = read(Path("worksheet.ipynb"))
notebook.assignment.name        # "05_hamiltonian"
notebook.unwritten("fit_line")    # True while the cell is as it was released
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from course_lib.claims.assignment import Assignment
from course_lib.claims.loading import course_root, load, names
from course_lib.errors import UnusableError
from course_lib.notebook.align import in_order, worked_on
from course_lib.notebook.beside import modules_beside
from course_lib.notebook.cell import CHECK_PREFIX, Cell
from course_lib.notebook.dependencies import Names
from course_lib.notebook.prerequisites import Prerequisites
from course_lib.notebook.raw_notebook import Unreadable
from course_lib.notebook.raw_notebook import parse as parse_raw
from course_lib.notebook.recognise import exercises_of
from course_lib.notebook.released_notebook import ReleasedNotebook
from course_lib.notebook.submission import Submission, SubmittedCell


@dataclass(frozen=True)
class StudentNotebook:
    """A notebook as it would be graded, and the claims about its exercises."""

    submission: Submission
    released: ReleasedNotebook
    assignment: Assignment

    @property
    def cells(self) -> tuple[SubmittedCell, ...]:
        """Its cells, in the order in which they are run."""
        return self.submission.cells

    @property
    def possible(self) -> float:
        """The points of all exercises that are checked."""
        return self.assignment.possible

    def unwritten(self, exercise: str) -> bool:
        """Whether its cell is as it was released, or gone, and nothing else defines it."""
        names = {cell.grade_id for cell in self._written}
        return exercise not in names.union(*(Names.of(c.source).binds for c in self._written))

    @cached_property
    def _written(self) -> list[SubmittedCell]:
        """The cells of code in which there is something that was not released.

        Where nothing is released yet, there is nothing to compare with: all are.
        """
        known = self.assignment.released is not None
        given = {cell.id: cell for cell in self.released.cells} if known else {}
        return [
            cell
            for cell in self.cells
            if cell.may_run and (cell.id not in given or worked_on(cell, given[cell.id]))
        ]

    @property
    def untouched(self) -> bool:
        """Whether there is nothing to try in it yet."""
        return all(self.unwritten(name) for name in self.assignment.exercises)

    @cached_property
    def prerequisites(self) -> Prerequisites[SubmittedCell]:
        """What its exercises are built on."""
        return Prerequisites(self.cells)

    @property
    def by_hand(self) -> list[str]:
        """The questions that a person reads."""
        return [cell.grade_id or cell.title for cell in self.cells if cell.by_hand]


def read(path: Path, command: str = "course check") -> StudentNotebook:
    """Read a notebook. Raises UnusableError where there is none, or none of this course's.

    command: what its author called, which the error's next step names.
    """
    if path.is_dir():
        inside = next((f"`{command} {n}`" for n in sorted(path.glob("*.ipynb"))), "name a file")
        raise UnusableError(f"{path} is a folder, not a notebook. Next: {inside}")
    try:
        return parse(path.read_bytes(), path)
    except FileNotFoundError:
        raise UnusableError(
            f"there is no file {path}. Next: `{command}` and the notebook's name, from the "
            "folder that it is in"
        ) from None
    except OSError as error:
        raise UnusableError(f"{path} cannot be read: {error.strerror}") from None


def parse(data: bytes, path: Path) -> StudentNotebook:
    """A notebook file's bytes. Raises UnusableError where it is not one, or not one of this
    course's."""
    try:
        raw = parse_raw(data)
    except Unreadable as error:
        raise UnusableError(
            f"{path} cannot be checked. {error} Next: save it in Jupyter, or name another file"
        ) from None
    assignment = assignment_of(raw.cells, path)
    released = _released(assignment, data, path)
    submission = in_order(raw, released, "you")
    modules = modules_beside(path.parent)
    return StudentNotebook(replace(submission, modules=modules), released, assignment)


def _released(assignment: Assignment, data: bytes, path: Path) -> ReleasedNotebook:
    """The notebook that students get; where there is none yet, the one in hand."""
    try:
        if assignment.released is not None:
            text, stem = assignment.released.read_text("utf-8"), assignment.released.stem
            return ReleasedNotebook.parse(text, assignment.name, stem)
        return ReleasedNotebook.parse(data.decode("utf-8-sig"), assignment.name, path.stem)
    except (OSError, ValueError) as error:
        raise UnusableError(f"{path} cannot be compared with what was released: {error}") from None


def assignment_of(cells: Iterable[Cell], path: Path) -> Assignment:
    """The assignment with which the notebook has most exercises in common.

    An exercise is known by the name of its cell, and where an editor has dropped that, by what the
    cells define. Where several assignments have as many, it is the one whose name the file or its
    folder has.
    """
    cells = tuple(cells)
    named = {cell.grade_id.removeprefix(CHECK_PREFIX) for cell in cells if cell.grade_id}

    def in_common(each: Assignment) -> set[str]:
        return exercises_of(cells, each.exercises) | (named & set(each.exercises))

    root = course_root(path.parent) or course_root()
    known = [load(name, root) for name in names(root)]
    folder, stem = path.resolve().parent.name, path.stem
    best = max(
        known,
        key=lambda each: (
            len(in_common(each)),
            each.name == folder,
            each.topic == stem,
        ),
        default=None,
    )
    if best is None or not in_common(best):
        there = ", ".join(each.name for each in known) or "none is installed"
        raise UnusableError(
            f"{path} has no exercise that can be checked: it is not one of the assignments here "
            f"({there}). Next: name the notebook that you were given"
        )
    return best


def load_beside(name: str, path: Path) -> Assignment:
    """The assignment of this name, of the course that the file lies in or else of this place."""
    return load(name, course_root(path.parent) or course_root())
