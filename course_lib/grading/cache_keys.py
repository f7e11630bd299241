"""What a verdict depends on, as keys that change when any of it does.

    keys = CacheKeys(assignment, released.cells)
    keys.of(submission.content_hash, seed=7)       # {"leapfrog": "5d0c…", "hmc_step": "91ab…"}

Each exercise has a key of its own: after the claims of one were changed, the others' results are
still right. Where claims ask another's truth (`truth.energy(…)`), its files are in the key,
too. What all share (the engine, the libraries, the released notebook's code, what the assignment's
exercises import, its data) is in every key. No other assignment is in any. What is only shown, and
not judged, is in none: the text of a release, written answers, points that a person gives.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import os
import platform
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from importlib import metadata
from pathlib import Path

import course_lib
from course_lib.claims.assignment import Assignment
from course_lib.claims.loading import files_of
from course_lib.digest import of_files
from course_lib.grading.hidden_tests import files_of as hidden_files
from course_lib.grading.worker.data import is_data
from course_lib.notebook.cell import Cell

PACKAGE = Path(course_lib.__file__).parent
ENGINE = (
    "alarm.py",
    "deadline.py",
    "digest.py",
    "errors.py",
    "limits.py",
    "text.py",
    "protocol",
    "kernel",
    "claims",
    "feedback",
    "notebook",
)
RUN_WITH = ("inference", "grading")  # what submissions import, and what runs and judges them
LIBRARIES = ("numpy", "scipy", "tensorflow", "hypothesis")
MISTAKES = "{}_mistakes.py"  # beside an exercise's file: its known mistakes, and no other's
WORDS = "hints.py"  # of an assignment: it adds to exercises, none of which depends on another by it


def versions() -> dict[str, str]:
    """What is installed: Python, libraries, and a digest of this package's sources."""
    return _libraries() | {"course_lib": _digest(PACKAGE, _package())[:16]}


class CacheKeys:
    """One assignment's keys; the files are read once.

    cells: those of its released notebooks. data: the folder of what was released beside them.
    hidden: the folder of what only hidden tests read.
    """

    def __init__(
        self, content: Assignment, cells: Iterable[Cell] = (), data: str = "", hidden: str = ""
    ) -> None:
        self._content, self._cells = content, tuple(cells)
        self._data, self._hidden = data, hidden

    def of(self, content_hash: str, seed: int) -> dict[str, str]:
        """For each exercise, the key of its result for this content and these inputs."""
        return {
            exercise: _hashed(content_hash, self.shared, own, str(seed))
            for exercise, own in self._own.items()
        }

    def whole(self, content_hash: str, seed: int) -> str:
        """The key of a verdict."""
        exercises = self.of(content_hash, seed).values()
        return _hashed(self.shared, content_hash, str(seed), *exercises)

    @cached_property
    def fingerprint(self) -> str:
        """Of everything but content and seed."""
        return _hashed(self.shared, *self._own.values())

    @cached_property
    def shared(self) -> str:
        """Of what all exercises depend on: the engine, and what this assignment's share."""
        folder = self._content.folder
        own = {path for files in self._own_files.values() for path in files}
        common = [path for path in _files(folder) if path not in own]
        beside = [(self._data, _in), (self._hidden, hidden_files)]
        return _hashed(
            repr(_libraries()),
            _digest(PACKAGE, _package()),
            _digest(folder, common),
            *map(_judged, self._cells),
            *(_digest(Path(where), files(Path(where))) for where, files in beside if where),
        )

    @cached_property
    def _own(self) -> dict[str, str]:
        """Of what an exercise's claims ask, and of the mistakes that a verdict may name."""
        folder = self._content.folder
        return {
            exercise: _digest(folder, self._asked_files(exercise))
            + _digest(folder, _sources(folder / "mistakes" / exercise))
            for exercise in self._content.exercises
        }

    def _asked_files(self, exercise: str) -> list[Path]:
        """Its own files, and those of the exercises that its claims ask for answers."""
        found: dict[str, list[Path]] = {}
        waiting = [exercise]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name] = self._own_files[name]
                asked = [each for path in found[name] for each in _asked(path)]
                waiting += [each for each in asked if each in self._content.exercises]
        return sorted({path for files in found.values() for path in files})

    @cached_property
    def _own_files(self) -> dict[str, list[Path]]:
        """For each exercise, the files that it alone depends on; none where others import them."""
        folder = self._content.folder
        imported = {path: _imported(path) for path in _files(folder) if path.name != WORDS}
        own: dict[str, list[Path]] = {}
        for exercise, content in self._content.exercises.items():
            path = folder / Path(content.place.file).name
            files = [path, path.with_name(MISTAKES.format(path.stem))]
            others = (names for other, names in imported.items() if other not in files)
            shared = any(path.stem in names for names in others)
            own[exercise] = [] if shared else [each for each in files if each.is_file()]
        return own


def _judged(cell: Cell) -> str:
    """What a verdict depends on in a released cell: code, and what its checks are worth."""
    test = cell.role == "test"
    source = cell.source if cell.may_run or test else ""
    source += cell.inside
    points = cell.points if test else 0.0
    return repr((cell.id, cell.role, cell.grade_id, cell.demonstration, points, source))


def _in(folder: Path) -> list[Path]:
    """The data files in a folder, however deep."""
    top = [path for path in folder.iterdir() if is_data(path.name)]
    deep = [each for path in top if path.is_dir() for each in path.rglob("*")]
    return sorted(path for path in (*top, *deep) if path.is_file())


def _imported(path: Path) -> set[str]:
    """The modules beside it that a file imports; all words in it where it is not Python."""
    text = path.read_text("utf-8", "replace")
    if path.suffix != ".py":
        return set()
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except (SyntaxError, ValueError):
        return set(re.findall(r"\w+", text))
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.level:
            names = [node.module] if node.module else [alias.name for alias in node.names]
            found |= {name.partition(".")[0] for name in names}
    return found


def _asked(path: Path) -> set[str]:
    """What a file asks of `truth` and `student`: exercises, among other names."""
    try:
        nodes = ast.walk(ast.parse(path.read_text("utf-8", "replace")))
    except (SyntaxError, ValueError):
        return set()
    return {
        node.attr
        for node in nodes
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in ("truth", "student")
    }


def _files(folder: Path) -> list[Path]:
    """The files that make an assignment, without its bank and its tests."""
    return [folder / name for name in files_of(folder)]


def _libraries() -> dict[str, str]:
    found = {"python": ".".join(platform.python_version_tuple()[:2])}
    for name in LIBRARIES:
        with contextlib.suppress(metadata.PackageNotFoundError):  # a course without TensorFlow
            found[name] = metadata.version(name)
    return found


def _package() -> Iterator[Path]:
    for name in (*ENGINE, *RUN_WITH):
        place = PACKAGE / name
        yield from _sources(place) if place.is_dir() else [place]


def _sources(folder: Path) -> Iterator[Path]:
    for directory, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            if name.endswith(".py"):
                yield Path(directory) / name


def _digest(root: Path, paths: Iterable[Path]) -> str:
    """Of files: their names from `root` on, and what is in them."""
    return of_files({path.relative_to(root).as_posix(): path.read_bytes() for path in paths})


def _hashed(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
