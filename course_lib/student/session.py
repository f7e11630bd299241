"""What was checked in this session: points by exercise, the inputs that failed, and a receipt.

session.note(assignment, result)
session.progress(assignment)     # "2 of 8 exercises are done (6 of 18 points). Next: fit_line."
session.receipt(assignment, …)   # "01_basics: 6 of 18 points, basics.ipynb, sha256 1f3c…"
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

from course_lib import __version__
from course_lib.claims.assignment import Assignment
from course_lib.feedback import card
from course_lib.feedback.results import ExerciseReport
from course_lib.text import in_points, one_line

Results = Mapping[str, Any]  # by exercise, what has its "earned" and "points"

BAR = 20  # characters of a bar in text
DIGITS = 16  # of the hash: no two notebooks of a class share so many by chance

_RESULTS: dict[str, dict[str, ExerciseReport]] = {}


def note(assignment: Assignment, result: ExerciseReport) -> None:
    """Remember the latest result of an exercise."""
    _RESULTS.setdefault(assignment.name, {})[result["exercise"]] = result


def results(assignment: Assignment) -> Results:
    """The latest result of each exercise that was checked."""
    return _RESULTS.get(assignment.name, {})


def progress(assignment: Assignment, known: Results) -> str:
    """What is done and what is next, in one line."""
    names = list(assignment.exercises)
    done = [name for name in names if name in known and _is_full(known[name])]
    left = [name for name in names if name not in done]
    line = f"{len(done)} of {len(names)} exercises done, {_points(assignment, known)}."
    return f"{line} Next: {left[0]}." if left else f"{line} Nothing is left to fix."


def bar(possible: float, earned: float) -> str:
    """A total as a bar of text.

    >>> bar(18, 9)
    '[##########..........]'
    """
    full = round(BAR * earned / possible) if possible else 0
    return f"[{'#' * full}{'.' * (BAR - full)}]"


def receipt(assignment: Assignment, known: Results, path: Path | None, sources: str = "") -> str:
    """One line that says what was checked and when: for a forum, or for a tutor.

    path: the notebook's file, whose SHA-256 is in it (its first digits, as `sha256sum` prints
    them). sources: the functions' text, which is hashed where there is no such file.
    """
    try:
        data, what = (path.read_bytes(), path.name) if path is not None else (b"", "")
    except OSError:
        data, what = b"", ""
    if not what:
        data, what = sources.encode(), "the functions' text"
    digest = hashlib.sha256(data).hexdigest()[:DIGITS]
    now = datetime.now(UTC)
    tried = ", ".join(f"{n} {known[n]['earned']:g}" for n in assignment.exercises if n in known)
    return (
        f"{assignment.name}: {_points(assignment, known)} ({tried}); {what}, sha256 {digest}…; "
        f"{now:%Y-%m-%d %H:%M} UTC; course-lib {__version__}"
    )


class Overview:
    """All exercises in one view, the total with a bar, what is next, and a receipt."""

    def __init__(self, assignment: Assignment, known: Results, receipt: str) -> None:
        self._assignment, self._known, self._receipt = assignment, known, receipt

    def __repr__(self) -> str:
        total = _points(self._assignment, self._known)
        lines = [f"{total}  {bar(self._assignment.possible, _earned(self._known))}"]
        for name in self._assignment.exercises:
            result = self._known.get(name)
            if result is not None and not _is_full(result):
                lines += ["", card.text(result)]
            elif result is not None:
                lines.append(f"{name}: {result['earned']:g} of {in_points(result['points'])}")
        return "\n".join([*lines, "", progress(self._assignment, self._known), self._receipt])

    def _repr_html_(self) -> str:
        earned, possible = _earned(self._known), self._assignment.possible
        share = 100 * earned / possible if possible else 0
        parts = [
            f"<p style='margin:.2em 0'><strong>{escape(self._assignment.name)}</strong>: "
            f"{_points(self._assignment, self._known)}</p>"
            f'<div role="progressbar" aria-valuemin="0" aria-valuemax="{possible:g}" '
            f'aria-valuenow="{earned:g}" aria-label="points" style="border:1px solid '
            'rgba(128,128,128,.6);border-radius:4px;height:.8em;max-width:46em">'
            f'<div style="width:{share:.1f}%;height:100%;background:#2da44e"></div></div>'
        ]
        for name in self._assignment.exercises:
            result = self._known.get(name)
            if result is None:
                continue
            mark, title = ("✓" if _is_full(result) else "✗"), escape(one_line(name, 80))
            parts.append(
                '<details style="margin:.2em 0"><summary style="cursor:pointer">'
                f'<span aria-hidden="true">{mark}</span> <code>{title}</code>: '
                f"{result['earned']:g} of {in_points(result['points'])}</summary>"
                f"{card.html(result)}</details>"
            )
        parts.append(
            f"<p style='margin:.4em 0'>{escape(progress(self._assignment, self._known))}</p>"
            "<p style='margin:.4em 0;font-size:12px;overflow-wrap:anywhere'>"
            f"{escape(self._receipt)}</p>"
        )
        return f'<div class="tex2jax_ignore mathjax_ignore">{"".join(parts)}</div>'


def _is_full(result: Mapping[str, Any]) -> bool:
    return bool(result["earned"] >= result["points"])


def _earned(known: Results) -> float:
    return round(sum(result["earned"] for result in known.values()), 6)


def _points(assignment: Assignment, known: Results) -> str:
    return f"{_earned(known):g} of {in_points(assignment.possible)}"
