"""Which of the notebooks in a hand-in is graded: the one that was worked on.

    names = notebooks_in(folder, "worksheet.ipynb")     # the name it should have comes first
    best, *others = ranked(read, "worksheet.ipynb")     # Candidates, each with its answers

Jupyter, browsers and file systems leave copies: `worksheet-Copy1.ipynb`, `worksheet (1).ipynb`,
`worksheet.ipynb~`, `._worksheet.ipynb`, a folder of checkpoints. Often the work is in one of
them, beside a notebook that is as it was released, or that is cut off.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from course_lib.grading.submission.unreadable import is_folder
from course_lib.notebook.dependencies import Names
from course_lib.notebook.submission import Submission, SubmittedCell

CHECKPOINTS = ".ipynb_checkpoints"  # where Jupyter keeps what it saved before
KEPT_BY_PROGRAMS = ("~", ".bak", ".orig", ".old")  # endings of a file's earlier state
MOST = 10  # notebooks that are read; each may cost what a hand-in costs


@dataclass(frozen=True)
class Candidate:
    """A notebook that was handed in; `name` is its path in the hand-in."""

    name: str
    submission: Submission

    @cached_property
    def answers(self) -> int:
        """How many answers were worked on, in their own cell or in another one."""
        cells = self.submission.cells
        own = [cell.source for cell in cells if cell.role == "extra" and cell.is_code]
        defined = frozenset[str]().union(*(Names.of(source).binds for source in own))
        return sum(_worked_on(cell) or cell.grade_id in defined for cell in cells if cell.is_answer)

    @property
    def automatic(self) -> bool:
        """Whether a program keeps it, which nobody asked for it."""
        return is_automatic(self.name)

    def rank(self, wanted: str) -> tuple[bool, int, bool, bool, int, str]:
        """What sorts candidates: a program's copy counts only where nothing else has answers.

        Among as many answers the name it should have comes first, then the last copy: (2), not (1).
        """
        mine, count = not self.automatic, self.answers
        return mine and count > 0, count, self.name == wanted, mine, len(self.name), self.name


def ranked(candidates: Iterable[Candidate], wanted: str) -> list[Candidate]:
    """The candidates, the one to be graded first."""
    return sorted(candidates, key=lambda each: each.rank(wanted), reverse=True)


def notebooks_in(folder: Path, wanted: str) -> list[str]:
    """The notebooks in a hand-in, and its checkpoints; at most MOST, `wanted` first of all."""
    found = [path.name for path in _files(folder) if is_notebook(path.name, wanted)]
    kept = folder / CHECKPOINTS
    if not kept.is_symlink():
        found += [f"{CHECKPOINTS}/{f.name}" for f in _files(kept) if f.suffix == ".ipynb"]
    return sorted(found, key=lambda name: (name != wanted, is_automatic(name), name))[:MOST]


def is_notebook(name: str, wanted: str) -> bool:
    """Whether a file's name says that it is a notebook, also `worksheet.ipynb.txt`."""
    stem, _, suffix = name.rpartition(".")
    plain_text = suffix in ("json", "txt") and stem == Path(wanted).stem
    return ".ipynb" in name.lower() or plain_text


def is_automatic(name: str) -> bool:
    """Whether a file's name is one that programs give to what they keep."""
    return name.startswith(".") or name.lower().endswith(KEPT_BY_PROGRAMS)


def _worked_on(cell: SubmittedCell) -> bool:
    return cell.changed and not cell.missing and bool(cell.source.strip())


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_symlink() or not is_folder(path))
    except OSError:
        return []
