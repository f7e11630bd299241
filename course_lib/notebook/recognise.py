"""What a cell is where nbgrader's metadata is lost (VS Code, Colab, a merge): read off its text.

    exercises_of(cells, {"mean", "roots"})      # {"mean"}: by metadata, else by what cells define

Nothing is run. Cells that parse and cells that do not are read in the same way.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable

from course_lib.notebook.cell import Cell
from course_lib.notebook.magics import python

_DEFINED = re.compile(
    r"^(?:(?:async[^\S\n]+)?def|class)[^\S\n]+(\w+)|^(\w+)[^\S\n]*(?::[^=\n]*)?=(?!=)",
    re.MULTILINE,
)
_CHECKED = re.compile(r"check\([^\S\n]*(\w+)[^()\n]*\);?")
_SENTENCE = re.compile(r"\b(?:[^\W\d_]{1,40}[,;:]?[^\S\n]{1,9}){3}[^\W\d_]")  # four words in a row


def defined(source: str) -> frozenset[str]:
    """The names that code defines at its left margin: functions, classes, variables.

    >>> sorted(defined("def f(x):\\n    y = x\\nclass G: ...\\nh: int = 3"))
    ['G', 'f', 'h']
    """
    return frozenset(name for pair in _DEFINED.findall(source) for name in pair if name)


def checks(source: str) -> str | None:
    """The function of a cell that is `check(function)` and nothing else.

    >>> checks("# now try it\\ncheck(mean)"), checks("mean = 3\\ncheck(mean)")
    ('mean', None)
    """
    lines = statements(source)
    found = _CHECKED.fullmatch(lines[0]) if len(lines) == 1 else None
    return found[1] if found else None


def statements(source: str) -> list[str]:
    """The lines of code without white space around them; comments and empty lines left out."""
    lines = [line.strip() for line in source.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def is_prose(cell: Cell) -> bool:
    """Whether somebody wrote text in it: in a code cell comments, a string, or no Python at all.

    >>> is_prose(Cell("a", "# It is a density, not a probability.")), is_prose(Cell("b", "# y = 3"))
    (True, False)
    """
    if not cell.is_code:
        return bool(cell.source.strip())
    if not _SENTENCE.search(cell.source):
        return False
    try:
        body = ast.parse(python(cell.source)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError, SystemError):
        return not defined(cell.source)
    return all(
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for node in body
    )


def exercises_of(cells: Iterable[Cell], among: Collection[str]) -> set[str]:
    """The exercises `among` these that a notebook has: named by its metadata, else defined."""
    names: set[str] = set()
    for cell in cells:
        if cell.exercise:
            names.add(cell.exercise)
        elif cell.is_code and not cell.grade_id:
            names |= defined(cell.source)
    return names & set(among)
