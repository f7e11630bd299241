"""`nbgrader validate`, and the hub's Validate button, leave long demonstrations alone.

In nbgrader_config.py:

    c.Execute.on_notebook_start = leave_demonstrations

nbclient calls it when the kernel is up and no cell has run. As the grader and `course check` do, it
leaves out the demonstrations that no exercise and no test cell needs: nbclient passes over a cell
with the tag `skip-execution`. The notebook is nbgrader's copy in memory; no file is changed.
"""

from __future__ import annotations

from dataclasses import dataclass

from nbformat import NotebookNode

from course_lib.checks.dependencies import choose

SKIP = "skip-execution"  # nbclient's word


def leave_demonstrations(notebook: NotebookNode) -> None:
    """Tag the cells of `notebook` that validation can do without."""
    cells = [_Cell.of(number, cell) for number, cell in enumerate(notebook.cells)]
    for cell in choose(cells, ()).skipped:
        metadata = notebook.cells[int(cell.id)].metadata
        metadata.tags = [*metadata.get("tags", []), SKIP]


@dataclass(frozen=True)
class _Cell:
    """A cell as `choose` looks at it. Validation runs test cells: what they read is needed."""

    id: str
    role: str
    source: str
    demonstration: bool
    may_run: bool

    @classmethod
    def of(cls, number: int, cell: NotebookNode) -> _Cell:
        about = cell.metadata.get("nbgrader", {})
        asked = about.get("solution") or about.get("grade")
        return cls(
            id=str(number),
            role="solution" if asked else "given",
            source=cell.source,
            demonstration="demonstration" in cell.metadata.get("tags", []),
            may_run=cell.cell_type == "code" and bool(cell.source.strip()),
        )
