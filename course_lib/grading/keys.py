"""What a verdict depends on, as keys that change when any of it does.

    keys = Keys(root, "00_worksheet", ("tf_log_like", "fit_line"))
    keys.of(submission.content_hash, seed=7)       # {"tf_log_like": "5d0c…", "fit_line": "91ab…"}

Each exercise has a key of its own: after the claims of one were changed, the others' results are
still right. What is not an exercise's own (the reference, the grader, the libraries, the released
notebook) is in every key.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from importlib import metadata
from pathlib import Path

import course_lib

PACKAGE = Path(course_lib.__file__).parent
ROOMS = ("calls", "checks", "reference", "inference", "grading")
LIBRARIES = ("numpy", "scipy", "tensorflow", "hypothesis")


def versions() -> dict[str, str]:
    """What is installed: Python, libraries, and a digest of this package's sources."""
    return _libraries() | {"course_lib": _digest(PACKAGE, _package())[:16]}


class Keys:
    """One assignment's keys; the files are read once."""

    def __init__(self, root: Path, assignment: str, exercises: Collection[str]) -> None:
        self._root, self._assignment, self._exercises = root, assignment, exercises
        self._checks = PACKAGE / "checks" / assignment.partition("_")[2]

    def of(self, content_hash: str, seed: int) -> dict[str, str]:
        """For each exercise, the key of its result for this content and these inputs."""
        return {
            exercise: _hashed(content_hash, self.shared, own, str(seed))
            for exercise, own in self._own.items()
        }

    def whole(self, content_hash: str, seed: int) -> str:
        """The key of a verdict."""
        return _hashed(*self.of(content_hash, seed).values())

    @cached_property
    def fingerprint(self) -> str:
        """Of everything but content and seed."""
        return _hashed(self.shared, *self._own.values())

    @cached_property
    def shared(self) -> str:
        """Of what all exercises depend on."""
        own = {self._claims(exercise) for exercise in self._exercises}
        release = (self._root / "release" / self._assignment).glob("*.ipynb")
        package = _digest(PACKAGE, (path for path in _package() if path not in own))
        return _hashed(repr(_libraries()), package, _digest(self._root, sorted(release)))

    @cached_property
    def _own(self) -> dict[str, str]:
        """Of an exercise's claims, and of the mistakes that a verdict may call by their names."""
        bank = self._root / "bank" / self._assignment / "mistakes"
        return {
            exercise: _digest(PACKAGE, filter(None, [self._claims(exercise)]))
            + _digest(self._root, _sources(bank / exercise))
            for exercise in self._exercises
        }

    def _claims(self, exercise: str) -> Path | None:
        """The file that only this exercise depends on; None where others import it, or it is not.

        The room's `__init__` imports all of them, and adds nothing to any.
        """
        path = self._checks / f"{exercise}.py"
        used = re.compile(rf"\b{re.escape(self._checks.name)}(\.| import .*\b){exercise}\b")
        others = (other for other in _sources(self._checks) if other.stem != "__init__")
        if any(other != path and used.search(other.read_text("utf-8")) for other in others):
            return None
        return path if path.is_file() else None


def _libraries() -> dict[str, str]:
    python = ".".join(platform.python_version_tuple()[:2])
    return {"python": python} | {name: metadata.version(name) for name in LIBRARIES}


def _package() -> Iterator[Path]:
    for room in ROOMS:
        yield from _sources(PACKAGE / room)


def _sources(folder: Path) -> Iterator[Path]:
    for directory, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            if name.endswith(".py"):
                yield Path(directory) / name


def _digest(root: Path, paths: Iterable[Path]) -> str:
    """Of files: their names from `root` on, and what is in them."""
    digest = hashlib.sha256()
    for path in paths:
        data = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def _hashed(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
