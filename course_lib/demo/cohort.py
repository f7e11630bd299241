"""Hand-ins as real ones are: the released notebook, with one student's work in it.

    cohort = read_cohort(root, "05_hamiltonian")       # assignments/05_hamiltonian/cohort/*.py
    cohort["dora"].notebook(released, solved)          # a notebook, as she would hand it in

Each student is a small file: a docstring that says what is the matter, then cells. What a file does
not mention is answered by the instructor's solution.

    # %% fit_line                  this answer, in place of the solution
    # %% fit_line: as released     nothing written yet
    # %% copy of fit_line          the cell once more, right below, with this in it
    # %% after fit_line            a cell of the student's own, below
    # %% without check_fit_line    the cell is deleted
    # %% kernel conda-env-astro    the notebook names another kernel
"""

from __future__ import annotations

import ast
import copy
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_lib.errors import CourseError
from course_lib.notebook.reading import cells_of

Notebook = dict[str, Any]  # a notebook file's JSON

_MARK = re.compile(r"^# %% (.+?)[ \t]*$", re.MULTILINE)
_SOLUTION = re.compile(r"^[ \t]*### (BEGIN|END) SOLUTION[ \t]*\n?", re.MULTILINE)


class CohortError(CourseError):
    """A student's file that does not fit the notebook; names the file and the line."""


@dataclass(frozen=True)
class HandIn:
    """One student: what is the matter, and the edits, each with the code below it."""

    student: str
    story: str
    edits: tuple[tuple[str, str], ...]

    @classmethod
    def parse(cls, student: str, text: str) -> HandIn:
        """Read a student's file."""
        head, *parts = _MARK.split(text)
        story = ast.get_docstring(ast.parse(head)) or ""
        edits = zip(parts[::2], (part.strip() for part in parts[1::2]), strict=True)
        return cls(student, story, tuple(edits))

    def notebook(self, released: Notebook, solved: Notebook) -> Notebook:
        """The released notebook as this student hands it in. Raises CohortError."""
        nb = copy.deepcopy(released)
        given = _answers(released)
        for name, source in _answers(solved).items():
            nb["cells"][self._place(nb, name)]["source"] = _SOLUTION.sub("", source).rstrip("\n")
        for mark, code in self.edits:
            self._edit(nb, mark, code, given)
        return nb

    def _edit(self, nb: Notebook, mark: str, code: str, given: dict[str, str]) -> None:
        cells = nb["cells"]
        verb, _, rest = mark.partition(" ")
        match verb:
            case "copy":
                place = self._place(nb, rest.removeprefix("of "))
                cells.insert(place + 1, {**copy.deepcopy(cells[place]), "source": code})
            case "after":
                place = self._place(nb, rest)
                cells.insert(place + 1, _own_cell(f"own-{len(cells)}", code))
            case "without":
                del cells[self._place(nb, rest)]
            case "kernel":
                nb["metadata"]["kernelspec"] = {
                    "display_name": rest,
                    "language": "python",
                    "name": rest,
                }
            case _:
                name, _, how = mark.partition(": ")
                place = self._place(nb, name)
                cells[place]["source"] = given[name] if how == "as released" else code

    def _place(self, nb: Notebook, grade_id: str) -> int:
        for place, cell in enumerate(cells_of(nb)):
            if cell.grade_id == grade_id:
                return place
        raise CohortError(f"cohort/{self.student}.py: the notebook has no cell {grade_id!r}")


def read_cohort(root: Path, assignment: str) -> dict[str, HandIn]:
    """Every student's file of an assignment, by name. Raises CohortError where there is none."""
    folder = root / "assignments" / assignment / "cohort"
    files = sorted(folder.glob("*.py"))
    if not files:
        raise CohortError(
            f"assignments/{assignment}/cohort/ has no students: one .py file for each"
        )
    return {file.stem: HandIn.parse(file.stem, file.read_text("utf-8")) for file in files}


def _answers(notebook: Notebook) -> dict[str, str]:
    """The text of the cells that students fill in, by grade_id."""
    return {
        cell.grade_id: cell.source
        for cell in cells_of(notebook)
        if cell.is_answer and cell.grade_id
    }


def _own_cell(identity: str, source: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": identity,
        "metadata": {},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }
