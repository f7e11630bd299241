"""What the notebook's kernel has run: its cells' texts, and whether a function is still theirs.

    history = History.of_kernel(path)
    history.prerequisites.exercises("hmc", names)      # ["energy"]: what it is built on
    history.stale(energy, "energy", ("q", "k"))        # "The last cell that defines energy …"

A kernel keeps a function after its cell was edited, emptied or renamed. Then what is checked is not
what is on the page, and that is said. At a bare prompt there is no history, and nothing is said.
"""

from __future__ import annotations

import ast
import difflib
import inspect
import json
import re
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from course_lib.notebook import magics
from course_lib.notebook.cell import Cell
from course_lib.notebook.code import Code
from course_lib.notebook.dependencies import Names
from course_lib.notebook.prerequisites import Prerequisites

ALIKE = 0.75  # of a new name to the exercise's, by difflib: one that was probably renamed


@dataclass(frozen=True)
class History:
    """The cells that were run, in order, the last of them running now; and the notebook's file."""

    inputs: tuple[str, ...] = ()
    path: Path | None = None

    @classmethod
    def of_kernel(cls, path: Path | None = None) -> History:
        """That of this process's kernel; empty where there is none."""
        shell = sys.modules.get("IPython")
        kernel = shell.get_ipython() if shell is not None else None
        if kernel is None:
            return cls(path=path)
        return cls(tuple(map(str, kernel.history_manager.input_hist_raw)), path)

    @cached_property
    def cells(self) -> list[Cell]:
        """The cells whose definitions hold: those of which a name is bound by no later cell."""
        kept: list[Cell] = []
        bound: set[str] = set()
        for number, source in reversed(list(enumerate(self.inputs))):
            names = Names.of(source)
            if _parses(source) and (not names.binds or names.binds - bound):
                kept.append(Cell(f"in-{number}", source, number=number))
                bound |= names.binds
        return kept[::-1]

    @cached_property
    def prerequisites(self) -> Prerequisites[Cell]:
        """What each exercise is built on, read off the cells that hold."""
        own = [
            Cell(c.id, c.source, role="solution", grade_id=name, number=c.number)
            for c in self.cells
            for name in Code.of(c.source, "").defined
        ]
        return Prerequisites([*self.cells, *own])

    def code(self, function: Any, name: str) -> Code:
        """What a function is written as: the cell that it is from, else its own lines."""
        text = _source(function)
        for source in reversed(self.inputs):
            if _defines(source, name) and _parses(source) and (not text or text in source):
                return Code.of(source, name)
        return Code.of(text, name)

    def stale(self, function: Any, name: str, arguments: Sequence[str]) -> str:
        """Why what is checked is an earlier definition than the page has; "" where it is not."""
        defining = [n for n, source in enumerate(self.inputs) if _defines(source, name)]
        text = _source(function)
        if defining:
            last = self.inputs[defining[-1]]
            if not _parses(last):
                return (
                    f"The cell that defines {name} was last run with a syntax error"
                    f"{_line(last)}, so this is about {name} as it was before."
                )
            if text and text not in last:
                return (
                    f"The cell that defines {name} was last run without getting as far as that, so "
                    f"this is about {name} as it was before."
                )
            for source in self.inputs[defining[-1] + 1 :]:
                if other := _renamed(source, name, tuple(arguments)):
                    return (
                        f"A later cell defines {other}, and not {name}: this is about {name} as it "
                        f"was before. The function has to be called {name}."
                    )
        return self._emptied(name) if defining and text else ""

    def _emptied(self, name: str) -> str:
        """Whether the exercise's cell defines nothing of this name in the notebook's file."""
        try:
            cells = json.loads(self.path.read_text("utf-8"))["cells"] if self.path else []
            own = [c for c in cells if c["metadata"].get("nbgrader", {}).get("grade_id") == name]
            sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
            here = "".join(own[0]["source"]) if own else name
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return ""
        if not own or any(name in Names.of(source).binds for source in sources):
            return ""
        state = "defines no such function" if here.strip() else "is empty"
        return (
            f"In the notebook's file the cell of {name} {state}: this is about {name} as it was "
            "run before."
        )


def _source(function: Any) -> str:
    """A function's own lines, from where it was defined; "" where there are none."""
    inner = getattr(function, "python_function", function)  # of tf.function
    try:
        return textwrap.dedent(inspect.getsource(inspect.unwrap(inner))).strip()
    except (OSError, TypeError, ValueError, IndentationError):
        return ""


def _defines(source: str, name: str) -> bool:
    """Whether a cell's text sets out to define a function or class, parsed or not."""
    return (
        re.search(rf"^(?:async\s+)?(?:def|class)\s+{re.escape(name)}\b", source, re.M) is not None
    )


def _parses(source: str) -> bool:
    return not _error(source)


def _error(source: str) -> SyntaxError | None:
    try:
        ast.parse(magics.python(source))
    except SyntaxError as error:
        return error
    except (ValueError, RecursionError, MemoryError):
        return SyntaxError()
    return None


def _line(source: str) -> str:
    error = _error(source)
    return f" in line {error.lineno}" if error is not None and error.lineno else ""


def _renamed(source: str, name: str, arguments: tuple[str, ...]) -> str:
    """The function of a cell that is probably this exercise under another name; "" if none is."""
    if name in Names.of(source).binds:
        return ""
    for other in Code.of(source, "").defined:
        ratio = difflib.SequenceMatcher(None, other.lower(), name.lower()).ratio()
        if ratio >= ALIKE and Code.of(source, other).parameters == arguments:
            return other
    return ""
