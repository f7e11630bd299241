"""Claims about `grad_log_like(x, y, m, b, s)`."""

from __future__ import annotations

from course_lib.claims import agree, exercise, float64_tensors, rounding

from .inputs import LINES, TAME, Array
from .truth import gradient


@exercise(points=2, takes="tensors")
def grad_log_like(x: Array, y: Array, m: float, b: float, s: float) -> tuple[float, ...]:
    """The derivatives with respect to m, b and s: three of ``[]``; x, y ``[n]``."""
    by_m, by_b, by_s = gradient(x, y, m, b, s)
    return by_m, by_b, by_s


@grad_log_like.claim(points=1.5, gate=True, draws=14, line=LINES)
def has_the_right_value(student, truth, line):
    """The three are the derivatives with respect to m, b and s."""
    allowed = rounding(len(line.x), truth.gradient_size(*line))
    agree(student.grad_log_like(*line), truth(*line), tolerance=allowed)


@grad_log_like.claim(points=0.5, draws=3, line=TAME)
def returns_three_float64_tensors(student, truth, line):
    """What comes back is three float64 tensors without axes."""
    float64_tensors(student.grad_log_like.answer(*line), count=3)
