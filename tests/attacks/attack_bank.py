"""The bank of attacks, and hand-ins made of it.

    for attack in attacks():
        data = attack.hand_in(solved, places)     # a notebook's bytes: one solution replaced

A file of `bank/attacks/` is the source of one solution cell. Its docstring says what it
tries; a comment `# cell: NAME` which cell it replaces (`tf_log_like` unless it says so). What code
in a cell cannot do is done by two hooks, which are cut out of the cell and run here, on our side:
`notebook(nb)` changes the notebook's JSON, `folder(path)` the folder that is handed in. Attacks are
generous to themselves: @COURSE@, @PROJECT@, @PORT@, @SOCKET@, @GRADER@ and @TOKEN@ tell them where
everything is. One that reaches something prints a line that begins with BREACHED.
"""

from __future__ import annotations

import ast
import copy
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parents[2]
BANK = Path(__file__).parent / "bank" / "attacks"
HOOKS = ("notebook", "folder")
_CELL = re.compile(r"^# cell: (\w+)$", re.MULTILINE)
_VALUES = re.compile(r"^# values: ", re.MULTILINE)


@dataclass(frozen=True)
class Attack:
    """One file of the bank."""

    slug: str
    text: str

    @property
    def cell(self) -> str:
        """The exercise whose solution cell it replaces."""
        found = _CELL.search(self.text)
        return found[1] if found else "tf_log_like"

    @property
    def partly_right(self) -> bool:
        """Whether its values are right in part, so that it is no forgery to be paid for them."""
        return _VALUES.search(self.text) is not None

    @cached_property
    def _hooks(self) -> dict[str, ast.FunctionDef]:
        body = ast.parse(self.text).body
        found = [node for node in body if isinstance(node, ast.FunctionDef)]
        return {node.name: node for node in found if node.name in HOOKS}

    @property
    def needs_a_folder(self) -> bool:
        """Whether it is more than a notebook: files beside it, or a strange file in its place."""
        return "folder" in self._hooks

    def source(self, places: Mapping[str, str]) -> str:
        """The cell's source, without hooks, with every place filled in."""
        lines: list[str | None] = list(self.text.splitlines())
        for node in self._hooks.values():
            assert node.end_lineno is not None
            lines[node.lineno - 1 : node.end_lineno] = [None] * (node.end_lineno - node.lineno + 1)
        return filled("\n".join(line for line in lines if line is not None), places)

    def hand_in(self, solved: Mapping[str, Any], places: Mapping[str, str]) -> bytes:
        """The notebook that is handed in: everything right but the cell that attacks."""
        nb = copy.deepcopy(dict(solved))
        for cell in nb["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("grade_id") == self.cell:
                cell["source"] = self.source(places)
        self._run("notebook", nb, places)
        return json.dumps(nb).encode()

    def prepare(self, folder: Path, places: Mapping[str, str]) -> None:
        """Change the folder that is handed in."""
        self._run("folder", folder, places)

    def _run(self, name: str, argument: object, places: Mapping[str, str]) -> None:
        if name in self._hooks:
            namespace: dict[str, Callable[..., None]] = {}
            text = filled(ast.unparse(self._hooks[name]), places)
            exec(compile(text, f"{self.slug}.py", "exec"), namespace)
            namespace[name](argument)


def filled(text: str, places: Mapping[str, str]) -> str:
    """`text` with each @NAME@ replaced."""
    for name, value in places.items():
        text = text.replace(f"@{name}@", value)
    return text


def attacks() -> list[Attack]:
    """The whole bank, in order."""
    return [Attack(path.stem, path.read_text()) for path in sorted(BANK.glob("*.py"))]


def solved_notebook() -> dict[str, Any]:
    """The instructor's notebook, which earns every point."""
    text = (PROJECT / "source" / "00_worksheet" / "worksheet.ipynb").read_text()
    notebook: dict[str, Any] = json.loads(text)
    return notebook
