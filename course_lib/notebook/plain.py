"""Plain nbgrader test cells: asserts that run in the submission's own process.

    runs_inside("assert mean([1, 3]) == 2", "mean")        # all of it
    runs_inside("check(mean)", "mean")                     # "": claims judge it

A test cell that calls `check(NAME)` is judged by the claims about NAME alone: hidden tests beside
that call do not count. Every other test cell is judged by running it, as nbgrader does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from course_lib.notebook.cell import Cell
from course_lib.notebook.released_notebook import ReleasedNotebook

PYTHON = "python"
HIDDEN_TESTS = "hidden_tests"  # the folder beside a notebook that is there only when it is graded


def is_checked(source: str, exercise: str) -> bool:
    """Whether claims judge the test cell with this text.

    >>> is_checked("check(mean)", "mean"), is_checked("assert mean([2]) == 2", "mean")
    (True, False)
    """
    return f"check({exercise})" in source


def runs_inside(source: str, exercise: str) -> str:
    """What of a test cell's text, as its instructor wrote it, runs in the submission's process."""
    return "" if is_checked(source, exercise) else source


def is_plain(cell: Cell) -> bool:
    """Whether it is a test cell that no claims judge."""
    return cell.role == "test" and cell.is_code and not is_checked(cell.source, cell.exercise or "")


def is_generated(source: str) -> bool:
    """Whether nbgrader writes asserts into a test cell with this text when it releases.

    >>> is_generated("### HASHED AUTOTEST mean([1])"), is_generated("assert mean([2]) == 2")
    (True, False)
    """
    return any("AUTOTEST" in line and line.lstrip()[:1] == "#" for line in source.splitlines())


def with_tests(released: ReleasedNotebook, texts: Mapping[str, str]) -> ReleasedNotebook:
    """The notebook with what runs of its test cells; texts: by grade_id, the instructor's own."""
    cells = tuple(
        replace(cell, inside=runs_inside(texts[cell.grade_id], cell.exercise or ""))
        if cell.role == "test" and cell.is_code and cell.grade_id and cell.grade_id in texts
        else cell
        for cell in released.cells
    )
    return replace(released, cells=cells)


def language_of(metadata: Mapping[str, Any]) -> tuple[str, str]:
    """The language of a notebook with this metadata, and its kernel's name.

    Jupyter writes both. A notebook that has no language is Python, unless its kernel is R's.
    """
    spec, info = metadata.get("kernelspec") or {}, metadata.get("language_info") or {}
    kernel = str(spec.get("name") or "")
    language = str(spec.get("language") or info.get("name") or ("R" if kernel == "ir" else PYTHON))
    return (PYTHON if language.lower() in (PYTHON, "ipython") else language), kernel
