"""Claims about `fit_line(x, y)`."""

from __future__ import annotations

import numpy as np

from course_lib.claims import agree, exercise
from course_lib.feedback.pictures import lines_through

from .inputs import LINES, Array


@exercise(points=1, approximate=1e-3, slow=True)
def fit_line(x: Array, y: Array) -> Array:
    """The slope and the intercept of the best line, ``[2]``; x, y ``[n]``."""
    off = x - x.mean()
    slope = np.sum(off * y) / np.sum(off**2)
    return np.array([slope, y.mean() - slope * x.mean()])


@fit_line.claim(points=1, gate=True, draws=3, line=LINES.filter(lambda line: len(line.x) > 2))
def reaches_the_best_fit(student, truth, line):
    """It stops at the best slope and intercept."""
    best = truth(line.x, line.y)
    agree(student.fit_line(line.x, line.y), best, tolerance=1e-3 * np.abs(best))


@fit_line.pictures.append
def _lines(scene):
    expected, got = scene.right([scene.given])[0], scene.student([scene.given], size=2)[0]
    return lines_through(scene.given["x"], scene.given["y"], expected, got)
