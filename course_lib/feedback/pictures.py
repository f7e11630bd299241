"""A small picture in a card: what came back beside what is right, as inline SVG.

    svg({"lines": [{"x": [...], "y": [...], "yours": True}], "dots": [], "foot": "s from 0.1 to 1",
         "says": "Your function along s, dashed, and the right one, solid: they cross."})

`curve_along` and `lines_through` make such pictures for exercises. A picture's numbers become
coordinates and nothing else of it is copied; its two sentences are the course's and are escaped.
It says in words what it shows, for those who do not see it; the two curves differ in stroke, not
only in colour, and take that from the page.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from course_lib.feedback.diagnosis import Picture, Scene

Vector = NDArray[np.float64]

WIDTH, HEIGHT, EDGE, FOOT = 320, 174, 8, 26  # pixels
STEPS = 17  # points of a curve: enough for a smooth one, and for a step to be seen
VISIBLE = 0.02  # of the picture's height: two curves that are closer look like one
WORDS_LIMIT = 600  # characters of what it says
_LINE = 'fill="none" stroke="currentColor" stroke-width="{width}" {more}points="{points}"'


def svg(picture: Mapping[str, Any]) -> str:
    """The picture as one `<svg>`; empty where its numbers cannot be drawn."""
    try:
        return _drawn(picture)
    except (KeyError, TypeError, ValueError, AttributeError):
        return ""


def said(picture: Mapping[str, Any]) -> str:
    """The same in words."""
    return str(picture.get("says", ""))[:WORDS_LIMIT]


def _drawn(picture: Mapping[str, Any]) -> str:
    lines = [
        (_vector(line["x"]), _vector(line["y"]), bool(line["yours"])) for line in picture["lines"]
    ]
    dots = [(_vector(each["x"]), _vector(each["y"])) for each in picture.get("dots", [])]
    every = [(x, y) for x, y, _ in lines] + dots
    if not every or any(x.size != y.size for x, y in every):
        raise ValueError("curves without points, or of different lengths")
    frame = _Frame(*(np.concatenate(parts) for parts in zip(*every, strict=True)))
    drawn = "".join(
        f'<circle cx="{a:.1f}" cy="{d:.1f}" r="2.5" fill="currentColor" opacity=".6"/>'
        for x, y in dots
        for a, d in frame.points(x, y)
    )
    drawn += "".join(frame.line(x, y, yours=yours) for x, y, yours in lines)
    return _framed(drawn, str(picture.get("foot", ""))[:100], said(picture))


def _vector(values: Any) -> Vector:
    vector = np.asarray(values, dtype=np.float64)
    if vector.ndim != 1 or not np.isfinite(vector).all() or vector.size < 1:
        raise ValueError("not a row of finite numbers")
    return vector


class _Frame:
    """Where numbers lie in the picture."""

    def __init__(self, x: Vector, y: Vector) -> None:
        self._x, self._y = (x.min(), np.ptp(x) or 1.0), (y.min(), np.ptp(y) or 1.0)

    def points(self, x: Vector, y: Vector) -> list[tuple[float, float]]:
        across = EDGE + (x - self._x[0]) / self._x[1] * (WIDTH - 2 * EDGE)
        down = HEIGHT - FOOT - (y - self._y[0]) / self._y[1] * (HEIGHT - FOOT - EDGE)
        return [(float(a), float(d)) for a, d in zip(across, down, strict=True)]

    def line(self, x: Vector, y: Vector, *, yours: bool) -> str:
        points = " ".join(f"{a:.1f},{d:.1f}" for a, d in self.points(x, y))
        width, more = (2.5, 'stroke-dasharray="7 4" ') if yours else (1.5, "")
        return f"<polyline {_LINE.format(width=width, more=more, points=points)}/>"


def _framed(drawn: str, foot: str, words: str) -> str:
    words = escape(words)
    return (
        f'<svg role="img" aria-label="{words}" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        'style="max-width:calc(100% - 1.4em);height:auto;margin:.3em 0 .3em 1.4em;display:block">'
        f"<title>{words}</title>"
        f'<rect x=".5" y=".5" width="{WIDTH - 1}" height="{HEIGHT - FOOT + EDGE - 1}" fill="none" '
        f'stroke="currentColor" opacity=".3"/>{drawn}'
        f'<g font-size="12" fill="currentColor"><text x="{EDGE}" y="{HEIGHT - 4}">{escape(foot)}'
        f'</text><text x="{WIDTH - EDGE}" y="{HEIGHT - 4}" text-anchor="end">'
        "dashed: yours, solid: right</text></g></svg>"
    )


def short(values: Vector) -> list[float]:
    """Numbers for a picture: four digits are more than a pixel shows."""
    return [float(f"{value:.4g}") for value in np.ravel(values)]


def line(x: Vector, y: Vector, *, yours: bool) -> dict[str, Any]:
    """One curve of a picture."""
    return {"x": short(x), "y": short(y), "yours": yours}


def curve_along(
    names: Mapping[str, str], logarithmic: Collection[str] = ()
) -> Callable[[Scene], Picture | None]:
    """A picture of one number along one parameter, the first of `names` that tells something.

    names: arguments with the words for them, the most telling first. logarithmic: those whose
    scale is logarithmic; they are positive.
    """

    def curve(scene: Scene) -> Picture | None:
        for along, words in names.items():
            if along in scene.given:
                drawn = _curve(scene, along, words, logarithmic=along in logarithmic)
                if drawn is not None:
                    return drawn
        return None

    return curve


def _curve(scene: Scene, along: str, words: str, *, logarithmic: bool) -> Picture | None:
    """The function's value along one parameter, and the right one; None where they look alike."""
    middle = float(np.asarray(scene.given[along]))
    if logarithmic:
        at = middle * 2.0 ** np.linspace(-1.5, 1.5, STEPS)
    else:
        at = middle + np.linspace(-1.5, 1.5, STEPS) * max(1.0, abs(middle))
    arguments = [scene.given | {along: float(value)} for value in at]
    expected, got = scene.right(arguments)[:, 0], scene.student(arguments)[:, 0]
    seen = np.isfinite(expected) & np.isfinite(got)
    if seen.sum() < STEPS // 2:
        return None
    at, expected, got = at[seen], expected[seen], got[seen]
    if scene.exercise.up_to_a_constant:  # then each is seen from its own top
        expected, got = expected - expected.max(), got - got.max()
    height = np.ptp(np.concatenate([expected, got]))
    if not np.isfinite(height) or np.abs(got - expected).max() <= VISIBLE * height:
        return None
    across = np.log(at) if logarithmic else at
    return {
        "lines": [line(across, expected, yours=False), line(across, got, yours=True)],
        "foot": f"{words} from {at[0]:.3g} to {at[-1]:.3g}",
        "says": _curve_in_words(words, at, expected, got),
    }


def _curve_in_words(along: str, at: Vector, expected: Vector, got: Vector) -> str:
    top, peak = at[np.argmax(got)], at[np.argmax(expected)]
    words = f"Your function along {along}, dashed, and the right one, solid"
    if top != peak:
        return f"{words}: yours is highest at {along} = {top:.3g}, not at {peak:.3g}."
    if got.max() == expected.max() == 0.0:  # both are seen from their tops
        fast = np.abs(got).max() > np.abs(expected).max()
        return f"{words}: yours falls more {'steeply' if fast else 'slowly'}."
    off = "above" if np.all(got >= expected) else "below" if np.all(got <= expected) else ""
    return f"{words}: yours lies {off} it everywhere." if off else f"{words}: they cross."


def lines_through(
    x: Vector, y: Vector, expected: Sequence[float], got: Sequence[float]
) -> Picture | None:
    """Data with two straight lines (slope, intercept); None where the lines look alike."""
    ends = np.array([x.min(), x.max()])
    right, yours = (line_[0] * ends + line_[1] for line_ in (expected, got))
    off = np.abs(yours - right).max()
    if not np.isfinite(off) or off <= VISIBLE * np.ptp(y):
        return None
    # A line that is far off would make dots of the data: it leaves the picture instead.
    reach = np.ptp(np.concatenate([y, right])) or 1.0
    yours = np.clip(yours, y.min() - reach, y.max() + reach)
    return {
        "lines": [line(ends, right, yours=False), line(ends, yours, yours=True)],
        "dots": [{"x": short(x), "y": short(y)}],
        "foot": "the data",
        "says": (
            f"The data, your line, dashed, of slope {got[0]:.3g} and intercept {got[1]:.3g}, and "
            f"the best one, solid, of slope {expected[0]:.3g} and intercept {expected[1]:.3g}."
        ),
    }
