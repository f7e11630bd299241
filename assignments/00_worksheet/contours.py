"""Pictures of the worksheet: a log posterior seen from above, and a line through its data.

The posterior's: four points with wide scatter, so that the prior pulls as much as the data do. The
grid reaches 3.5 standard errors to either side of the line of least squares.
"""

from __future__ import annotations

import time
from typing import Any

import contourpy
import numpy as np

from course_lib.feedback.diagnosis import Scene
from course_lib.feedback.pictures import line, lines_through

from .inputs import Array

X = np.array([-1.0, -0.3, 0.4, 1.1])
Y = np.array([-1.6, 0.3, 0.2, 1.9])
LOG_S = -0.4
REACH = 3.5  # standard errors: the region of 95 % ends at 2.4, and a wrong one may lie elsewhere
STEPS = 15  # to a side: half a standard error apart, where straight pieces still look round
LOWEST = -60.0  # below the top; what is lower has no contour
NEAR = -6.0  # the part of a right posterior that is looked at: both contours, and as much again
VISIBLE = 0.25  # moves the outer contour by a tenth of a standard error: a line's width
PATIENCE = 0.5  # seconds: a function that is slower is not asked so often
REGIONS = (0.68, 0.95)  # of a Gaussian's mass: within log(1 - p) of its top, in two dimensions


def contours(scene: Scene) -> dict[str, Any] | None:
    """Both posteriors' contours; None where nothing would be seen."""
    m, b = _axes()
    rows: list[Array] = []
    grid = [
        [{"x": X, "y": Y, "m": float(slope), "b": float(at), "log_s": LOG_S} for slope in m]
        for at in b
    ]
    expected = np.array([scene.right(row)[:, 0] for row in grid])
    deadline = time.monotonic() + PATIENCE
    for row in grid:
        if time.monotonic() > deadline:
            return None
        rows.append(scene.student(row)[:, 0])
    got = np.array(rows)
    if not np.isfinite(got).all():
        return None
    got, expected = got - got.max(), expected - expected.max()
    if np.abs(got - expected)[expected > NEAR].max() < VISIBLE:
        return None
    lines = []
    for values, yours in ((expected, False), (got, True)):
        level = contourpy.contour_generator(m, b, np.maximum(values, LOWEST))
        for mass in REGIONS:
            for points in level.lines(float(np.log1p(-mass))):
                lines.append(line(*np.asarray(points).T, yours=yours))
    return {"lines": lines, "foot": "m across, b up", "says": _in_words(m, b, expected, got)}


def _in_words(m: Array, b: Array, expected: Array, got: Array) -> str:
    yours, right = (
        f"m = {x:.2g}, b = {y:.2g}" for x, y in (_top(m, b, v) for v in (got, expected))
    )
    where = "in the same place" if yours == right else f"at {yours}, not at {right}"
    return (
        "Where 68 and 95 % of the probability lie, over slope m and intercept b, for four "
        f"points: yours dashed, the right one solid. Yours is highest {where}."
    )


def _top(m: Array, b: Array, values: Array) -> tuple[float, float]:
    """Where it is highest."""
    row, column = np.unravel_index(np.argmax(values), values.shape)
    return float(m[column]), float(b[row])


def _axes() -> tuple[Array, Array]:
    """Slopes and intercepts around the line of least squares."""
    design = np.stack([X, np.ones_like(X)], axis=1)
    errors = np.exp(LOG_S) * np.sqrt(np.diag(np.linalg.inv(design.T @ design)))
    best = np.linalg.lstsq(design, Y, rcond=None)[0]
    across = np.linspace(-REACH, REACH, STEPS)
    return best[0] + across * errors[0], best[1] + across * errors[1]


def lines(scene: Scene) -> dict[str, Any] | None:
    """The data, the right line and the one that came back."""
    expected = scene.right([scene.given])[0]
    got = scene.student([scene.given], size=3)[0]
    return lines_through(scene.given["x"], scene.given["y"], expected[:2], got[:2])
