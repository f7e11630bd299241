"""What an audit has found so far, so that the same command goes on after an interruption.

    partial = Partial(path, key)
    partial.get(entry)          # its Fate, if it is known; else None
    partial.put(fate)           # at once on the disk
    partial.finish()            # the audit is complete: the next one starts anew

One JSON object a line; a line that was not written to its end counts as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import fields
from pathlib import Path
from typing import Any

from course_lib.grading.bank import Entry
from course_lib.grading.fate import Fate

_KEPT = tuple(field.name for field in fields(Fate) if field.name != "entry")


class Partial:
    """The fates of entries, in a file. `key` changes with whatever they depend on."""

    def __init__(self, path: Path, key: str) -> None:
        self._path, self._key = path, key
        self._known: dict[str, dict[str, Any]] = {}
        with contextlib.suppress(OSError):
            for line in path.read_text("utf-8").splitlines():
                with contextlib.suppress(ValueError, KeyError, TypeError):
                    found = json.loads(line)
                    self._known[found["key"]] = {name: found[name] for name in _KEPT}

    def _key_of(self, entry: Entry) -> str:
        parts = (self._key, entry.kind, entry.exercise, entry.slug, entry.source)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def get(self, entry: Entry) -> Fate | None:
        """What became of `entry` in a run that was interrupted."""
        found = self._known.get(self._key_of(entry))
        if found is None:
            return None
        kept: dict[str, Any] = {}
        for name, value in found.items():  # JSON has lists for tuples
            kept[name] = tuple(value) if isinstance(value, list) else value
        return Fate(entry, **kept)

    def put(self, fate: Fate) -> None:
        """Keep it. A disk that cannot be written costs the time of a second run, no more."""
        line = {name: getattr(fate, name) for name in _KEPT} | {"key": self._key_of(fate.entry)}
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")

    def finish(self) -> None:
        """Nothing of it is needed any more."""
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)
