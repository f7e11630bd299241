"""Reads the cells of a notebook that can be trusted: released, an instructor's, one's own.

    cells = cells_of(json.loads(path.read_text()))     # or an nbformat NotebookNode
    cells[0].role, cells[0].number                     # ("given", 1)

What students hand in is not read here, but by `course_lib.notebook.raw_notebook`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast, get_args

from course_lib.notebook.cell import Cell, Kind, role_of


def cells_of(notebook: Mapping[str, Any]) -> tuple[Cell, ...]:
    """The cells of a notebook in format 4, in order, numbered from 1.

    A cell that has no id (format 4.4 and older), or that of an earlier cell (a copy), gets
    `cell-N`. Raises ValueError with the cell's number where the notebook is not valid.
    """
    raw_cells = notebook.get("cells") if isinstance(notebook, Mapping) else None
    if not isinstance(raw_cells, list):
        raise ValueError("it has no cells")
    claimed = [cell.get("id") for cell in raw_cells if isinstance(cell, Mapping)]
    cells: list[Cell] = []
    seen: set[str] = set()
    for number, raw in enumerate(raw_cells, 1):
        try:
            raw = _object(raw, "it")
            id_ = raw.get("id")
            if not isinstance(id_, str) or not id_ or id_ in seen:
                id_ = f"cell-{number}"
                while id_ in claimed:
                    id_ += "-"
            cells.append(_cell(raw, id_, number))
        except ValueError as error:
            raise ValueError(f"cell {number} is not valid: {error}") from None
        seen.add(id_)
    return tuple(cells)


def _cell(raw: Mapping[str, Any], id_: str, number: int) -> Cell:
    kind = raw.get("cell_type")
    if kind not in get_args(Kind):
        raise ValueError(f"its cell_type is {kind!r}")
    metadata = _object(raw.get("metadata", {}), "its metadata")
    grading = _object(metadata.get("nbgrader", {}), "its nbgrader metadata")
    grade_id = grading.get("grade_id")
    return Cell(
        id=id_,
        source=_text(raw.get("source", "")),
        kind=cast("Kind", kind),
        role=role_of(grading),
        grade_id=str(grade_id) if grade_id else None,
        points=_points(grading.get("points")),
        locked=bool(grading.get("locked")),
        tags=tuple(metadata.get("tags") or ()),
        number=number,
    )


def _object(value: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError(f"{what} is not a JSON object")
    return value


def _text(source: Any) -> str:
    """A source, which is stored as one string or as a list of lines."""
    lines = source if isinstance(source, list) else [source]
    if not all(isinstance(line, str) for line in lines):
        raise ValueError("its source is not text")
    return "".join(lines)


def _points(value: Any) -> float:
    try:
        return float(value or 0)
    except (TypeError, ValueError):
        raise ValueError(f"its points are {value!r}") from None
