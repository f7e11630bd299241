"""`hint(energy)`: one more hint each time, as the exercise's author wrote them.

The last one names the paragraph to read again. There is no hint with a solution: after the last,
the same ones are shown again.
"""

from __future__ import annotations

from html import escape

from course_lib.claims.exercise import Exercise
from course_lib.text import one_line

_SHOWN: dict[tuple[str, str], int] = {}


class Hints:
    """The hints that were asked for so far, as HTML in a notebook and text elsewhere."""

    def __init__(self, exercise: Exercise, count: int) -> None:
        self._exercise, self._count = exercise, count
        self._all = exercise.graded_hints

    @property
    def _last(self) -> bool:
        return self._count >= len(self._all.texts)

    def _left(self) -> str:
        left = len(self._all.texts) - self._count
        if left > 0:
            return f"{left} more: hint({self._exercise.name}) again."
        return ""

    def __repr__(self) -> str:
        lines = [f"{k}. {text}" for k, text in enumerate(self._all.texts[: self._count], 1)]
        if self._last and self._all.paragraph:
            lines.append(f"Read again: “{self._all.paragraph}”, in this notebook.")
        return "\n".join([*lines, *filter(None, [self._left()])])

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{escape(text)}</li>" for text in self._all.texts[: self._count])
        said = f'<ol style="margin:.2em 0;padding-left:1.6em">{items}</ol>'
        if self._last and self._all.paragraph:
            heading = escape(self._all.paragraph)
            # as JupyterLab names a heading: its text, with hyphens for spaces
            text = one_line(self._all.paragraph).replace("`", "")
            place = escape(text.replace(" ", "-"), quote=True)
            said += f'<p>Read again: <a href="#{place}">{heading}</a></p>'
        if left := self._left():
            said += f'<p style="opacity:.75">{escape(left)}</p>'
        return f'<div class="tex2jax_ignore mathjax_ignore" style="max-width:46em">{said}</div>'


def next_hints(assignment: str, exercise: Exercise) -> Hints | None:
    """One hint more than the last time; None where the author has written none."""
    if not exercise.graded_hints.texts:
        return None
    key = assignment, exercise.name
    _SHOWN[key] = min(_SHOWN.get(key, 0) + 1, len(exercise.graded_hints.texts))
    return Hints(exercise, _SHOWN[key])
