"""A bank: small files, each in place of one solution cell while the instructor's fill the rest.

    bank = read_bank(Path("assignments/05_hamiltonian"), exercises)
    bank.mistakes[0].name           # "leapfrog/one_step_short"
    bank.mistakes[0].sentence       # its docstring: what a student reads
    bank.faults                     # files that cannot be used, each with the reason

The shape of the folder:

    mistakes/<exercise>/<slug>.py       wrong: must lose points at check_<exercise>
    alternatives/<exercise>/<slug>.py   right, written otherwise: must keep full points
    attacks/<slug>.py                   hostile, with a wrong answer: must earn nothing

A mistake that is one change of the solution is not a file: it stands beside its exercise's claims
(`changed`). An attack says with a line `# cell: NAME` whose place it takes; without one it is the
first exercise that it defines.
"""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from course_lib.claims.exercise import Exercise, Mistake
from course_lib.errors import AuthorFault, BankError
from course_lib.notebook.markers import MARKERS

Kind = Literal["mistakes", "alternatives", "attacks"]

_CELL = re.compile(r"^#\s*cell:\s*(\w+)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """One file. `source` is the whole cell that takes the place of `exercise`'s solution."""

    kind: Kind
    exercise: str
    slug: str
    sentence: str
    source: str

    @property
    def name(self) -> str:
        """As reports say it: `exercise/slug`; of an attack, the slug alone."""
        return self.slug if self.kind == "attacks" else f"{self.exercise}/{self.slug}"


@dataclass(frozen=True)
class Bank:
    """All usable files of a bank, in their order, and what is wrong with the others."""

    folder: Path
    mistakes: tuple[Entry, ...]
    alternatives: tuple[Entry, ...]
    attacks: tuple[Entry, ...]
    faults: tuple[str, ...]

    def joined(self, mistakes: Iterable[Entry], faults: Iterable[str]) -> Bank:
        """With more mistakes, and more faults."""
        every = tuple(sorted((*self.mistakes, *mistakes), key=lambda e: (e.exercise, e.slug)))
        return replace(self, mistakes=every, faults=(*self.faults, *faults))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All of them."""
        return self.mistakes + self.alternatives + self.attacks

    @property
    def digest(self) -> str:
        """Changes when any file does; sha256."""
        digest = hashlib.sha256()
        for entry in self.entries:
            for part in (entry.kind, entry.exercise, entry.slug, entry.source):
                digest.update(part.encode() + b"\0")
        return digest.hexdigest()


def changed(exercise: Exercise, solution: str) -> tuple[list[Entry], list[AuthorFault]]:
    """An exercise's mistakes that are one change of its `solution`; what is wrong with others."""
    entries, faults = [], []
    bare = without_markers(solution)
    for mistake in exercise.mistakes:
        source = bare.replace(mistake.old, mistake.new)
        if wrong := _wrong_with(mistake, exercise.name, bare, source):
            problem, step = wrong
            faults.append(mistake.place.fault(f"the mistake {mistake.slug}: {problem}", step))
        else:
            sentence = " ".join(mistake.sentence.split())
            entries.append(Entry("mistakes", exercise.name, mistake.slug, sentence, source))
    return entries, faults


def _wrong_with(mistake: Mistake, exercise: str, bare: str, source: str) -> tuple[str, str] | None:
    """The problem with a change of the solution `bare` to `source`, and what to do about it."""
    count = bare.count(mistake.old) if mistake.old else 0
    if count != 1:
        where = "is not in" if not count else f"stands {count} times in"
        problem = f"{mistake.old!r} {where} the solution of {exercise}"
        step = "copy what it replaces from the solution" if not count else "write more around it"
        return problem, f"{step}, so that it stands there exactly once"
    try:
        same = same_code(source, bare)
    except (SyntaxError, ValueError) as error:
        return f"after the change the cell is not Python: {error}", "correct what it becomes"
    return ("it is the solution: it changes nothing", "write what it becomes") if same else None


def same_code(one: str, other: str) -> bool:
    """Whether two cells are the same program: layout, comments and docstrings aside.

    Raises SyntaxError or ValueError where one of them is not Python.

    >>> same_code("x = (1)  # one", "x = 1"), same_code("x = 1", "x = 2")
    (True, False)
    """
    return _bones(one) == _bones(other)


def _bones(source: str) -> str:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and _documented(node):
            del node.body[0]
    return ast.dump(tree)


def _documented(node: ast.Module | ast.FunctionDef | ast.ClassDef) -> bool:
    return ast.get_docstring(node, clean=False) is not None


def without_markers(solution: str) -> str:
    """A solution cell without the lines that mark what students do not get."""
    return "".join(line for line in solution.splitlines(True) if line.strip() not in MARKERS)


def unchanged(mistakes: Iterable[Entry], solutions: Mapping[str, str]) -> list[Entry]:
    """Those of the `mistakes` that are the same program as their exercise's solution."""
    return [
        entry
        for entry in mistakes
        if entry.exercise in solutions and same_code(entry.source, solutions[entry.exercise])
    ]


def read_bank(folder: Path, exercises: Collection[str], *, may_be_empty: bool = False) -> Bank:
    """Read the bank in `folder` for an assignment with these `exercises`, in their order.

    Raises BankError where there is no such folder, or nothing of a bank in it.
    """
    kinds: tuple[Kind, ...] = ("mistakes", "alternatives", "attacks")
    if not may_be_empty and not any((folder / kind).is_dir() for kind in kinds):
        raise BankError(
            f"{folder} holds no bank: mistakes/<exercise>/<slug>.py, "
            "alternatives/<exercise>/<slug>.py or attacks/<slug>.py are expected in it"
        )
    entries: dict[Kind, list[Entry]] = {kind: [] for kind in kinds}
    faults: list[str] = []
    for kind in kinds:
        for path in sorted((folder / kind).rglob("*.py")):
            where = path.relative_to(folder)
            if "__pycache__" in where.parts:
                continue
            try:
                entry = _entry(kind, path, where, exercises)
            except _Fault as fault:
                faults.append(f"{where.as_posix()}: {fault}")
                continue
            entries[kind].append(entry)
            if kind == "mistakes" and not entry.sentence:
                faults.append(
                    f"{where.as_posix()}: it has no docstring, so that there is nothing to tell a "
                    "student; say in one sentence what is seen and where to look"
                )
    return Bank(
        folder,
        tuple(entries["mistakes"]),
        tuple(entries["alternatives"]),
        tuple(entries["attacks"]),
        tuple(faults),
    )


class _Fault(Exception):
    """Why a file cannot be used."""


def _entry(kind: Kind, path: Path, where: Path, exercises: Collection[str]) -> Entry:
    try:
        source = path.read_text("utf-8")
        tree = ast.parse(source)
    except (OSError, ValueError, SyntaxError, RecursionError, MemoryError) as error:
        line = f" (line {error.lineno})" if isinstance(error, SyntaxError) else ""
        reason = error.msg if isinstance(error, SyntaxError) else str(error)
        raise _Fault(f"it cannot be read as Python: {reason}{line}") from None
    sentence = " ".join((ast.get_docstring(tree) or "").partition("\n\n")[0].split())
    if kind == "attacks":
        exercise = _attacked(source, tree, exercises)
    elif len(where.parts) == 3:
        exercise = where.parts[1]
    else:
        raise _Fault(f"its place is {kind}/<exercise>/{path.name}")
    if exercise not in exercises:
        raise _Fault(f"there is no exercise {exercise}; there are {', '.join(exercises)}")
    return Entry(kind, exercise, path.stem, sentence, source)


def _attacked(source: str, tree: ast.Module, exercises: Collection[str]) -> str:
    said = _CELL.search(source)
    if said:
        return said[1]
    bound = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)} | {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    return next((name for name in exercises if name in bound), next(iter(exercises)))
