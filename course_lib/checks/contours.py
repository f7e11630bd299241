"""A log posterior seen from above: the student's and the right one, over slope and intercept.

    contours(exercise, ask)    # {"kind": "contours", "m": [...], "b": [...], "expected": [...], …}

Four points with wide scatter, so that the prior pulls as much as the data do. The grid reaches 3.5
standard errors to either side of the line of least squares.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.checks.claims import Exercise
from course_lib.checks.judging import Ask
from course_lib.checks.wrong import Wrong

X = np.array([-1.0, -0.3, 0.4, 1.1])
Y = np.array([-1.6, 0.3, 0.2, 1.9])
LOG_S = -0.4
REACH = 3.5  # standard errors: the region of 95 % ends at 2.4, and a wrong one may lie elsewhere
STEPS = 15  # to a side: half a standard error apart, where straight pieces still look round
LOWEST = -60.0  # below the top; what is lower has no contour
NEAR = -6.0  # the part of a right posterior that is looked at: both contours, and as much again
VISIBLE = 0.25  # moves the outer contour by a tenth of a standard error: a line's width
PATIENCE = 0.5  # seconds: a function that is slower is not asked so often


def contours(exercise: Exercise, ask: Ask) -> dict[str, Any] | None:
    """What there is to draw; None for another kind of function, or where nothing would be seen."""
    if exercise.arguments != ("x", "y", "m", "b", "log_s") or not exercise.up_to_a_constant:
        return None
    m, b = _axes()
    rows: list[NDArray[np.float64]] = []
    deadline = time.monotonic() + PATIENCE
    for intercept in b:
        if time.monotonic() > deadline:
            return None
        calls = [exercise.value(X, Y, float(slope), float(intercept), LOG_S) for slope in m]
        try:
            rows.append(np.array([float(exercise.numbers(answer)) for answer in ask(calls)]))
        except Wrong:
            return None
    got = np.array(rows)
    expected = np.asarray(exercise.reference(X, Y, m, b[:, None], LOG_S))
    if not np.isfinite(got).all():
        return None
    got, expected = got - got.max(), expected - expected.max()
    if np.abs(got - expected)[expected > NEAR].max() < VISIBLE:
        return None
    numbers = {"m": m, "b": b, "expected": expected, "got": got}
    return {"kind": "contours"} | {name: _short(values) for name, values in numbers.items()}


def _axes() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Slopes and intercepts around the line of least squares."""
    design = np.stack([X, np.ones_like(X)], axis=1)
    errors = np.exp(LOG_S) * np.sqrt(np.diag(np.linalg.inv(design.T @ design)))
    line = np.linalg.lstsq(design, Y, rcond=None)[0]
    across = np.linspace(-REACH, REACH, STEPS)
    return line[0] + across * errors[0], line[1] + across * errors[1]


def _short(values: NDArray[np.float64]) -> list[float]:
    """Four digits are more than a pixel shows."""
    return [float(f"{value:.4g}") for value in np.maximum(values, LOWEST).ravel()]
