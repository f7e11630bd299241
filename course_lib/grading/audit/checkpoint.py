"""What an audit has found so far, so that the same command goes on after an interruption.

    checkpoint = Checkpoint(path, key)
    checkpoint.get(entry)       # its AuditResult, if it is known; else None
    checkpoint.put(result)      # at once on the disk
    checkpoint.finish()         # the audit is complete: the next one starts anew

One JSON object a line; a line that was not written to its end is ignored.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import fields
from pathlib import Path
from typing import Any

from course_lib.claims.bank import Entry
from course_lib.grading.audit.audit_result import AuditResult

_KEPT = tuple(field.name for field in fields(AuditResult) if field.name != "entry")


class Checkpoint:
    """Results of entries, in a file. `key` changes with everything that they depend on."""

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

    def get(self, entry: Entry) -> AuditResult | None:
        """The result of `entry` in a run that was interrupted; None where there is none."""
        found = self._known.get(self._key_of(entry))
        if found is None:
            return None
        kept: dict[str, Any] = {}
        for name, value in found.items():  # JSON has lists for tuples
            kept[name] = tuple(value) if isinstance(value, list) else value
        return AuditResult(entry, **kept)

    def put(self, outcome: AuditResult) -> None:
        """Keep it. A disk that cannot be written costs the time of a second run, no more."""
        line = {name: getattr(outcome, name) for name in _KEPT} | {
            "key": self._key_of(outcome.entry)
        }
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")

    def finish(self) -> None:
        """Remove the file: the audit is complete."""
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)
