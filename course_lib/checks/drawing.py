"""A small picture in a card: what came back beside what is right, as inline SVG.

    svg({"kind": "curve", "along": "s", "at": [...], "expected": [...], "got": [...]})

There are curves, lines through data, and the contours of a log posterior.
Its numbers become coordinates and nothing else of it is copied, so that no text of a student's can
enter. It says in words what it shows, for those who do not see it; the two curves differ in stroke,
not only in colour, and take that from the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import contourpy
import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

WIDTH, HEIGHT, EDGE, FOOT = 320, 174, 8, 26  # pixels
NAMES = {"s": "s", "log_s": "log s", "m": "m", "b": "b"}
REGIONS = (0.68, 0.95)  # of a Gaussian's mass: within log(1 - p) of its top, in two dimensions
_LINE = 'fill="none" stroke="currentColor" stroke-width="{width}" {more}points="{points}"'


def svg(picture: Mapping[str, Any]) -> str:
    """The picture as one `<svg>`; empty where its numbers are none that can be drawn."""
    try:
        return _KINDS[picture["kind"]](picture)
    except (KeyError, TypeError, ValueError):
        return ""


def said(picture: Mapping[str, Any]) -> str:
    """The same in words."""
    if picture.get("kind") == "curve":
        along = NAMES[picture["along"]]
        at, expected, got = (_vector(picture[name]) for name in ("at", "expected", "got"))
        top, peak = at[np.argmax(got)], at[np.argmax(expected)]
        words = f"Your function along {along}, dashed, and the right one, solid"
        if top != peak:
            return f"{words}: yours is highest at {along} = {top:.3g}, not at {peak:.3g}."
        if got.max() == expected.max() == 0.0:  # both are seen from their tops
            fast = np.abs(got).max() > np.abs(expected).max()
            return f"{words}: yours falls more {'steeply' if fast else 'slowly'}."
        off = "above" if np.all(got >= expected) else "below" if np.all(got <= expected) else ""
        return f"{words}: yours lies {off} it everywhere." if off else f"{words}: they cross."
    if picture.get("kind") == "contours":
        tops = [_top(picture, name) for name in ("got", "expected")]
        yours, right = (f"m = {m:.2g}, b = {b:.2g}" for m, b in tops)
        where = "in the same place" if yours == right else f"at {yours}, not at {right}"
        return (
            "Where 68 and 95 % of the probability lie, over slope m and intercept b, for four "
            f"points: yours dashed, the right one solid. Yours is highest {where}."
        )
    expected, got = (_vector(picture[name]) for name in ("expected", "got"))
    return (
        f"The data, your line, dashed, of slope {got[0]:.3g} and intercept {got[1]:.3g}, and the "
        f"best one, solid, of slope {expected[0]:.3g} and intercept {expected[1]:.3g}."
    )


def _vector(values: Any) -> Vector:
    vector = np.asarray(values, dtype=np.float64)
    if vector.ndim != 1 or not np.isfinite(vector).all() or vector.size < 2:
        raise ValueError("not a row of finite numbers")
    return vector


def _grid(picture: Mapping[str, Any], name: str) -> NDArray[np.float64]:
    """A log posterior, ``[b, m]``."""
    m, b, values = (_vector(picture[part]) for part in ("m", "b", name))
    return values.reshape(b.size, m.size)


def _top(picture: Mapping[str, Any], name: str) -> tuple[float, float]:
    """Where it is highest."""
    values = _grid(picture, name)
    b, m = np.unravel_index(np.argmax(values), values.shape)
    return picture["m"][m], picture["b"][b]


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


def _curve(picture: Mapping[str, Any]) -> str:
    at, expected, got = (_vector(picture[name]) for name in ("at", "expected", "got"))
    if not at.size == expected.size == got.size:
        raise ValueError("curves of different lengths")
    along = NAMES[picture["along"]]
    across = np.log(at) if along == "s" else at
    frame = _Frame(across, np.concatenate([expected, got]))
    drawn = frame.line(across, expected, yours=False) + frame.line(across, got, yours=True)
    foot = f"{along} from {at[0]:.3g} to {at[-1]:.3g}"
    return _framed(drawn, foot, said(picture))


def _lines(picture: Mapping[str, Any]) -> str:
    x, y, expected, got = (_vector(picture[name]) for name in ("x", "y", "expected", "got"))
    ends = np.array([x.min(), x.max()])
    right, yours = (line[0] * ends + line[1] for line in (expected, got))
    # A line that is far off would make dots of the data: it leaves the picture instead.
    reach = np.ptp(np.concatenate([y, right])) or 1.0
    yours = np.clip(yours, y.min() - reach, y.max() + reach)
    frame = _Frame(x, np.concatenate([y, right, yours]))
    dots = "".join(
        f'<circle cx="{a:.1f}" cy="{d:.1f}" r="2.5" fill="currentColor" opacity=".6"/>'
        for a, d in frame.points(x, y)
    )
    drawn = dots + frame.line(ends, right, yours=False) + frame.line(ends, yours, yours=True)
    return _framed(drawn, "the data", said(picture))


def _contours(picture: Mapping[str, Any]) -> str:
    m, b = _vector(picture["m"]), _vector(picture["b"])
    frame = _Frame(m, b)
    drawn = ""
    for name in ("expected", "got"):
        level = contourpy.contour_generator(m, b, _grid(picture, name))
        for mass in REGIONS:
            for points in level.lines(float(np.log1p(-mass))):
                drawn += frame.line(*np.asarray(points).T, yours=name == "got")
    return _framed(drawn, "m across, b up", said(picture))


_KINDS = {"curve": _curve, "lines": _lines, "contours": _contours}


def _framed(drawn: str, foot: str, words: str) -> str:
    words = escape(words)
    return (
        f'<svg role="img" aria-label="{words}" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        'style="max-width:100%;height:auto;margin:.3em 0 .3em 1.4em;display:block">'
        f"<title>{words}</title>"
        f'<rect x=".5" y=".5" width="{WIDTH - 1}" height="{HEIGHT - FOOT + EDGE - 1}" fill="none" '
        f'stroke="currentColor" opacity=".3"/>{drawn}'
        f'<g font-size="12" fill="currentColor"><text x="{EDGE}" y="{HEIGHT - 4}">{escape(foot)}'
        f'</text><text x="{WIDTH - EDGE}" y="{HEIGHT - 4}" text-anchor="end">'
        "dashed: yours, solid: right</text></g></svg>"
    )
