"""Plain nbgrader notebooks: those in `source/` that have no `.nb.py`.

    plain_sources("ps1", root)       # [source/ps1/problem1.ipynb, source/ps1/problem2.ipynb]
    plain_faults(notebook, "source/ps1/problem1.ipynb")

nbgrader releases them as they are. What it would stop at with a traceback, or release although it
leaks, is found here and said.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from course_lib.authoring.build import TWIN
from course_lib.authoring.faults import Fault
from course_lib.authoring.scan import markers_are_spelt_right, names_are_given_once
from course_lib.errors import AuthoringError
from course_lib.notebook.cell import Cell
from course_lib.notebook.plain import language_of
from course_lib.notebook.reading import cells_of

IDS = 'give it a "grade_id" in its nbgrader metadata (Jupyter: View, Create Assignment)'
POINTS = "give it its points there (Jupyter: View, Create Assignment); 0 is a number, too"


def plain_assignments(root: Path) -> list[str]:
    """The names of the assignments in `source/` that have notebooks and no `.nb.py`, in order."""
    found = {path.parent.name for path in (root / "source").glob("*/*.ipynb")}
    return sorted(name for name in found if plain_sources(name, root))


def plain_sources(assignment: str, root: Path) -> list[Path]:
    """The notebooks of a plain assignment; none where it has a `.nb.py`, or does not exist."""
    folder = root / "source" / assignment
    return [] if any(folder.glob(f"*{TWIN}")) else sorted(folder.glob("*.ipynb"))


def read_plain(path: Path) -> tuple[Mapping[str, Any], tuple[Cell, ...]]:
    """A notebook and its cells. Raises AuthoringError where it is not one."""
    try:
        notebook = json.loads(path.read_text("utf-8"))
        return notebook, cells_of(notebook)
    except (OSError, ValueError) as error:
        raise AuthoringError(
            f"source/{path.parent.name}/{path.name} cannot be read: {error}. "
            "Next: open it in Jupyter and save it again"
        ) from None


def plain_faults(notebook: Mapping[str, Any], file: str) -> list[Fault]:
    """Every fault of an instructor's notebook, which `file` is called."""
    cells = list(cells_of(notebook))
    found = [
        *markers_are_spelt_right(cells),
        *names_are_given_once(cells),
        *_names_and_points(cells, notebook["cells"]),
    ]
    faults = [Fault(file, cell.label, problem, step) for cell, problem, step in found]
    language, kernel = language_of(notebook.get("metadata", {}))
    if language != "python":
        problem = f"it is written in {language}, for the kernel {kernel!r}; only Python is run here"
        step = "release and grade it with nbgrader's own commands, which start that kernel"
        faults.append(Fault(file, "the notebook", problem, step))
    return faults


def _names_and_points(
    cells: list[Cell], raw: list[Mapping[str, Any]]
) -> Iterator[tuple[Cell, str, str]]:
    """Each cell that nbgrader keeps has an id, each graded one has points."""
    for cell, node in zip(cells, raw, strict=True):
        about = node.get("metadata", {}).get("nbgrader", {})
        if (cell.is_graded or cell.is_answer) and not cell.grade_id:
            yield cell, "has no id", IDS
        if cell.is_graded and about.get("points") is None:
            yield cell, "is graded and has no points", POINTS
        elif cell.is_graded and cell.points < 0:
            yield cell, f"is worth {cell.points:g} points", POINTS
