"""What is run in place of a given cell that its reader has edited and that stops here.

    instead("import seaborn\\nimport numpy as np", "import numpy as np")

A line that works on one computer alone (`drive.mount(…)`, `%matplotlib widget`, a module that is
not installed here) would else cost every exercise below it. So the cell is run as it was released,
and then what was added to it, statement by statement, each for what it is worth.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from course_lib.notebook import magics
from course_lib.notebook.cell import Cell
from course_lib.notebook.submission import SubmittedCell
from course_lib.text import one_line

ERROR_SHOWN = 160  # characters of the error in the sentence about it


def instead(source: str, released: str) -> str:
    """The released cell and, each guarded, the statements that `source` has more."""
    text = magics.python(released)
    try:
        known = {ast.dump(node) for node in ast.parse(text).body}
        added = [n for n in ast.parse(magics.python(source)).body if ast.dump(n) not in known]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return text
    return "\n".join([text, *(_guarded(node) for node in added if not _is_future(node))])


def _guarded(node: ast.stmt) -> str:
    guard = ast.ExceptHandler(type=ast.Name("Exception", ast.Load()), name=None, body=[ast.Pass()])
    tried = ast.Try(body=[node], handlers=[guard], orelse=[], finalbody=[])
    return ast.unparse(ast.fix_missing_locations(tried))


def _is_future(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def said(cell: SubmittedCell, why: str) -> str:
    """The sentence about a given cell that was edited and that stopped, and `why`."""
    return (
        f"{cell.title[:1].upper()}{cell.title[1:]} came with the notebook, was edited, and stopped "
        f"here with {one_line(why, ERROR_SHOWN)}. It was run as it was released, too."
    )


def no_programs(cells: Iterable[Cell]) -> list[str]:
    """A sentence about the commands in these cells that would have started another program."""
    found = [line for cell in cells if cell.may_run for line in magics.shell_lines(cell.source)]
    if not found:
        return []
    shown = ", ".join(f"`{one_line(line, 60)}`" for line in dict.fromkeys(found[:3]))
    more = f" (and {len(found) - 3} more)" if len(found) > 3 else ""
    return [f"Commands for a terminal do nothing here, and cost nothing: {shown}{more}."]
