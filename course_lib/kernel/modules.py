"""Which modules a notebook's cells find: imported beforehand, or closed by the assignment.

import_modules(["numpy", "tensorflow"])     # once, before any cell: they take seconds
close(["course_lib.inference"])             # where they are the exercise
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.abc
import sys
from collections.abc import Iterable


def import_modules(names: Iterable[str]) -> None:
    """Import what the assignment's notebook imports, and run none of it.

    A module that is not there, or that fails, is left to the cell that imports it.
    """
    sys.ps1 = ">>> "  # else TensorFlow's Python logger writes to stderr
    import course_lib.protocol.perform

    for name in names:
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    if "tensorflow" in sys.modules:
        import course_lib.protocol.tensors
    if "matplotlib" in sys.modules:
        import course_lib.protocol.figures  # noqa: F401


def close(names: Iterable[str]) -> None:
    """Refuse these modules to every import from here on.

    Those that another module has imported are dropped: else they would be had from there.
    """
    closed = _Closed(names)
    closed.forget()
    sys.meta_path.insert(0, closed)


class _Closed(importlib.abc.MetaPathFinder):
    """Refuses to import closed modules."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(names)

    def forget(self) -> None:
        """Drop those that are imported already."""
        for name in [name for name in sys.modules if self._closes(name)]:
            del sys.modules[name]

    def _closes(self, name: str) -> bool:
        return any(name == closed or name.startswith(f"{closed}.") for closed in self._names)

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Raise ImportError for a closed module; all others are found elsewhere."""
        if self._closes(name):
            raise ImportError(f"{name} is closed in this assignment: here you write it yourself")
