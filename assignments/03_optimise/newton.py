"""Claims about `newton(f, theta0)`: 4 points. It is judged by where it arrives, not by how."""

from __future__ import annotations

import numpy as np

from course_lib.claims import ClaimFailure, exercise

from .inputs import (
    BENT,
    FAR_BOTTOM,
    FAR_LINES,
    FAR_OUT,
    FLAT,
    LONG,
    NARROW,
    NEAR,
    NEAR_LINE,
    Array,
    Valley,
)

THERE = 1e-3  # widths of the valley from its bottom; every method below comes much closer
MOST = 5000  # calls: Newton needs tens of them


@exercise(points=4, approximate=1e-3, slow=True)
def newton(f, theta0: Array) -> Array:
    """A minimum of f, ``[d]``; f(array) gives value, gradient and Hessian; at most 5000 calls."""
    theta = np.array(theta0, dtype=np.float64)
    value, gradient, hessian = f(theta)
    for _ in range(200):
        curvatures, axes = np.linalg.eigh(hessian)
        floor = 1e-12 * np.max(np.abs(curvatures)) + 1e-300
        step = -axes @ ((axes.T @ gradient) / np.maximum(np.abs(curvatures), floor))
        length = 1.0
        seen = f(theta + step)
        while not seen[0] <= value and length > 1e-10:
            length /= 2
            seen = f(theta + length * step)
        if not seen[0] < value:
            break
        theta = theta + length * step
        value, gradient, hessian = seen
    return theta


def arrives(student, valley: Valley, within: float = THERE) -> None:
    """Raise unless it comes to the bottom, with a bearable number of calls."""
    found = np.asarray(student.newton(*valley.arguments))
    if found.shape != valley.theta0.shape:
        raise ClaimFailure(f"an array of shape [{len(valley.theta0)}]", found)
    above = valley.above(found)
    if not above < within:
        raise ClaimFailure(
            f"a place within {within:g} widths of the bottom", found, f"it is {above:.2g} away"
        )


@newton.claim(points=0.5, gate=True, always=NEAR)
def finds_the_bottom_of_a_parabola(student, truth, valley):
    """From nearby, it comes close to the bottom of a parabola."""
    arrives(student, valley, within=0.1)


@newton.claim(points=0.5, always=NEAR + LONG + FAR_BOTTOM)
def a_long_narrow_parabola_is_no_harder(student, truth, valley):
    """It arrives in any parabola: round, 10 000 times as long as it is wide, or far from zero."""
    arrives(student, valley)


@newton.claim(points=0.5, always=BENT)
def follows_a_bent_valley(student, truth, valley):
    """It finds the bottom of Rosenbrock's valley."""
    arrives(student, valley)


@newton.claim(points=0.25, always=FLAT)
def arrives_where_the_curvature_vanishes(student, truth, valley):
    """It comes to the bottom of a quartic, which is flat there."""
    arrives(student, valley)


@newton.claim(points=0.75, always=FAR_OUT)
def does_not_overshoot(student, truth, valley):
    """Where a whole step would lead far beyond the bottom, it takes a shorter one."""
    arrives(student, valley)


@newton.claim(points=0.25, always=NEAR_LINE)
def fits_a_line_from_nearby(student, truth, valley):
    """It finds the most likely line from a start nearby."""
    arrives(student, valley)


@newton.claim(points=0.75, always=FAR_LINES)
def fits_a_line_from_far_away(student, truth, valley):
    """It finds it from far away, too, where the Hessian is not positive."""
    arrives(student, valley)


@newton.claim(points=0.25, always=NARROW)
def fits_a_line_from_too_small_a_scale(student, truth, valley):
    """It finds it from a scale that is far too small."""
    arrives(student, valley)


@newton.claim(points=0.25, always=NEAR + FAR_OUT)
def asks_at_most_5000_times(student, truth, valley):
    """It asks for at most 5000 values."""
    calls = len(student.newton.asked(*valley.arguments))
    if calls > MOST:
        raise ClaimFailure(f"at most {MOST} calls of f", f"{calls}")


mistake = newton.mistake
STEP = "step = -axes @ ((axes.T @ gradient) / np.maximum(np.abs(curvatures), 1e-12))"
mistake(
    "plain",
    "Whole Newton steps run away where the hill is not a parabola: shorten them.",
    "while not after[0] <= value and length > 1e-10:",
    "while False:",
)
mistake(
    "one_step",
    "It takes one step and stops; only a parabola's bottom is found at once.",
    "range(200)",
    "range(1)",
)
mistake(
    "five_steps",
    "It stops after five steps, wherever it is.",
    "range(200)",
    "range(5)",
)
mistake(
    "uphill",
    "It goes uphill: look at the sign of the step.",
    "step = -axes",
    "step = axes",
)
mistake(
    "diagonal_of_the_hessian",
    "Only the diagonal of the Hessian is used: the parameters bend each other's slopes, too.",
    "np.linalg.eigh(hessian)",
    "np.linalg.eigh(np.diag(np.diag(hessian)))",
)
mistake(
    "gradient_descent",
    "These are small steps along the gradient: a narrow valley takes them for ever.",
    STEP,
    "step = -0.1 * gradient",
)
mistake(
    "stale_hessian",
    "The curvature is always that of the start.",
    "value, gradient, hessian = after",
    "value, gradient = after[:2]",
)
mistake(
    "signs_of_the_curvatures_kept",
    "Where the hill curves the other way, the step leads uphill: take the size of a curvature.",
    "np.maximum(np.abs(curvatures), 1e-12)",
    "np.where(np.abs(curvatures) > 1e-12, curvatures, 1e-12)",
)
mistake(
    "half_steps",
    "Half a step each time is slow, and a limit on their number ends it too early.",
    "length = 1.0",
    "length = 0.01",
)
mistake(
    "stops_on_the_value",
    "It stops as soon as the value changes by little; the bottom is further on.",
    "if not after[0] < value:",
    "if not after[0] < value - 0.01:",
)
mistake(
    "returns_the_start",
    "It returns the start.",
    "return theta",
    "return np.array(theta0, dtype=float)",
)
mistake(
    "gradient_ignored",
    "The step does not use the gradient's size.",
    "(axes.T @ gradient)",
    "np.sign(axes.T @ gradient)",
)
