"""Compares a release with its source: nothing that was held back may be in it.

for fault in leaks(source_notebook, released_notebook, "worksheet.ipynb"):
    print(fault)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nbformat import NotebookNode

from course_lib.authoring.faults import Fault
from course_lib.notebook.cell import Cell
from course_lib.notebook.markers import BEGIN_HIDDEN, BEGIN_SOLUTION, MARKERS, inside
from course_lib.notebook.reading import cells_of

UNSOLVED = "raise NotImplementedError()"  # nbgrader's stub for code
UNANSWERED = "YOUR ANSWER HERE"  # and for text


def leaks(source: NotebookNode, released: NotebookNode, file: str) -> list[Fault]:
    """Every way in which `released` says more than it should, or has lost a cell."""
    before, after = cells_of(source), cells_of(released)
    if [cell.grade_id for cell in before] != [cell.grade_id for cell in after]:
        return [Fault(file, "whole notebook", "its cells are not the source's", "release it again")]
    secret = held_back(before)
    faults = []
    for cell, node in zip(after, released.cells, strict=True):
        for line in dict.fromkeys(line.strip() for line in cell.source.splitlines()):
            if line in secret:
                faults.append(
                    Fault(
                        file,
                        cell.label,
                        f"the release shows a line of {secret[line]}: {line!r}",
                        "hold it back with the markers here too, or write this cell differently",
                    )
                )
            if line in MARKERS:
                faults.append(
                    Fault(file, cell.label, f"{line!r} was not taken out", "check its cell's kind")
                )
        faults += [Fault(file, cell.label, *reason) for reason in solved(cell, node)]
    return faults


def held_back(before: Iterable[Cell]) -> dict[str, str]:
    """Line → the cell it belongs to, for every line that students must not see.

    Lines that the source also shows openly are no secret (a cell's `return None`, a `]`).
    """
    open_lines: set[str] = set()
    secret: dict[str, str] = {}
    for cell in before:
        lines = {line.strip() for line in cell.source.splitlines()}
        hidden = {*inside(cell.source, BEGIN_SOLUTION), *inside(cell.source, BEGIN_HIDDEN)}
        if cell.is_answer and BEGIN_SOLUTION not in lines:
            hidden |= lines - {""}  # nbgrader replaces such a cell whole
        secret |= dict.fromkeys(hidden, cell.label)
        open_lines |= lines - hidden
    return {line: label for line, label in secret.items() if line not in open_lines}


def solved(cell: Cell, node: NotebookNode) -> Iterator[tuple[str, str]]:
    """What is wrong with a released cell that students are to fill in, or that was run."""
    stub = UNSOLVED if cell.is_code else UNANSWERED
    if cell.is_answer and stub not in cell.source:
        yield f"students would not find {stub!r} in it", "mark its solution in the source"
    if cell.is_code and (node.outputs or node.execution_count is not None):
        yield "it has outputs", "build the notebook again: course build"
