"""What a verdict depends on, as keys that change when any of it does.

    keys = CacheKeys(assignment, released.cells)
    keys.of(submission.content_hash, seed=7)       # {"leapfrog": "5d0c…", "hmc_step": "91ab…"}

Each exercise has a key of its own: after the claims of one were changed, the others' results are
still right. What all share (the engine, the libraries, the released notebook's code, what the
assignment's exercises import) is in every key. No other assignment is in any. What is only shown,
and not judged, is in none: the text of a release, written answers, points that a person gives.
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
    """

    def __init__(self, content: Assignment, cells: Iterable[Cell] = (), data: str = "") -> None:
        self._content, self._cells, self._data = content, tuple(cells), data

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
        own = {path for exercise in self._content.exercises for path in self._own_files(exercise)}
        common = [path for path in _files(folder) if path not in own]
        return _hashed(
            repr(_libraries()),
            _digest(PACKAGE, _package()),
            _digest(folder, common),
            *map(_judged, self._cells),
            *(_digest(Path(data), _in(Path(data))) for data in filter(None, [self._data])),
        )

    @cached_property
    def _own(self) -> dict[str, str]:
        """Of an exercise's files, and of the mistakes that a verdict may call by their names."""
        folder = self._content.folder
        return {
            exercise: _digest(folder, self._own_files(exercise))
            + _digest(folder, _sources(folder / "mistakes" / exercise))
            for exercise in self._content.exercises
        }

    def _own_files(self, exercise: str) -> list[Path]:
        """The files that only this exercise depends on; none where others import it."""
        path = self._content.folder / Path(self._content.exercises[exercise].place.file).name
        found = [path, path.with_name(MISTAKES.format(path.stem))]
        for other in _files(self._content.folder):
            beside = other in found or other.name == WORDS
            if not beside and path.stem in _imported(other):
                return []
        return [each for each in found if each.is_file()]


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


def _files(folder: Path) -> list[Path]:
    """The files that make an assignment, without its bank and its tests."""
    return [folder / name for name in files_of(folder) if not name.endswith(".npz")]


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
