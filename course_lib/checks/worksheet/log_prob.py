"""Claims about `log_prob(x, y, m, b, log_s)`: 1 point, up to a constant for each data set."""

from __future__ import annotations

import numpy as np

from course_lib import reference
from course_lib.checks.claims import Student, Wrong, agree
from course_lib.checks.strategies import LogLine, decimals, log_lines
from course_lib.checks.tolerance import CONSTANT, rounding
from course_lib.checks.worksheet.exercises import log_prob
from course_lib.checks.worksheet.extremes import ALWAYS_LOG
from course_lib.checks.worksheet.returned import float64_tensors

NEARBY = decimals(2.0)


def tolerance(*lines: LogLine) -> np.ndarray:
    """What rounding can do to a sum of log posteriors, each with a constant of its author's."""
    scales = [reference.log_prob_scale(*line) + CONSTANT for line in lines]
    return rounding(max(len(line.x) for line in lines), sum(scales))


def neighbour(line: LogLine, dm: float, db: float, dlog_s: float) -> LogLine:
    """Another line through the same data, a few noise scales away at the furthest point."""
    s, reach = float(np.exp(line.log_s)), float(np.max(np.abs(line.x))) or 1.0
    m, b = line.m + dm * s / reach, line.b + db * s
    return line._replace(m=m, b=b, log_s=line.log_s + dlog_s)


@log_prob.claim(points=0.1, gate=True, draws=15, line=log_lines(tame=True))
def test_falls_as_the_line_moves_away(student: Student, line: LogLine) -> None:
    """The further a line is from the data, the less probable."""
    rest = line.y - (line.m * line.x + line.b)
    # Away from the point that is worst off, by more than all residuals: every one grows.
    worst = rest[np.argmax(np.abs(rest))]
    away = line._replace(b=float(line.b - np.sign(worst) * 4 * np.max(np.abs(rest))))
    near, far = student.log_prob(*line), student.log_prob(*away)
    if not far < near:
        raise Wrong(f"less than {float(near)} at b = {away.b}", float(far))


@log_prob.claim(
    points=0.4,
    draws=50,
    always=tuple({**inputs, "dm": 1.0, "db": -1.0, "dlog_s": 0.5} for inputs in ALWAYS_LOG),
    line=log_lines(),
    dm=NEARBY,
    db=NEARBY,
    dlog_s=NEARBY,
)
def test_has_the_right_differences(
    student: Student, line: LogLine, dm: float, db: float, dlog_s: float
) -> None:
    """Between two lines through the same data, it differs by the right amount."""
    other = neighbour(line, dm, db, dlog_s)
    agree(
        student.log_prob(*other) - student.log_prob(*line),
        reference.log_prob(*other) - reference.log_prob(*line),
        tolerance=2 * tolerance(line, other),  # the student's rounding and the reference's
    )


@log_prob.claim(
    points=0.1, draws=20, line=log_lines((1, 12), tame=True), dm=NEARBY, db=NEARBY, dlog_s=NEARBY
)
def test_counts_the_prior_once(
    student: Student, line: LogLine, dm: float, db: float, dlog_s: float
) -> None:
    """Data that are seen twice weigh twice; the prior still weighs once."""
    lines = [line, neighbour(line, dm, db, dlog_s)]
    twice = [at._replace(x=np.tile(at.x, 2), y=np.tile(at.y, 2)) for at in lines]
    once_0, once_1 = (student.log_prob(*at) for at in lines)
    twice_0, twice_1 = (student.log_prob(*at) for at in twice)
    prior_0, prior_1 = (reference.log_prior(*at[2:]) for at in lines)
    agree(
        2 * (once_1 - once_0) - (twice_1 - twice_0),
        prior_1 - prior_0,
        tolerance=2 * tolerance(*lines) + tolerance(*twice),
    )


@log_prob.claim(points=0.3, draws=30, always=ALWAYS_LOG, line=log_lines())
def test_can_be_differentiated(student: Student, line: LogLine) -> None:
    """TensorFlow finds the right derivatives by m, b and log s through your function."""
    agree(
        student.log_prob.gradient(*line),
        reference.grad_log_prob(*line),
        tolerance=rounding(len(line.x), reference.grad_log_prob_scale(*line)),
    )


@log_prob.claim(points=0.1, draws=3, line=log_lines(tame=True))
def test_returns_one_float64_tensor(student: Student, line: LogLine) -> None:
    """What comes back is one float64 tensor without axes."""
    float64_tensors(student.log_prob.answer(*line), count=1)
