"""Claims about `central_difference(f, theta, h)`: 3 points."""

from __future__ import annotations

import numpy as np

from course_lib.claims import ClaimFailure, agree, exercise, float64_array

from .inputs import ALONG_ONE, AT_ZERO, CUBICS, PARABOLAS, SIX, Array


@exercise(points=3)
def central_difference(f, theta: Array, h: Array) -> Array:
    """The derivatives of f by central differences, ``[d]``; f(array) a float, steps h ``[d]``."""
    pairs = zip(np.diag(h), h, strict=True)
    return np.array([(f(theta + e) - f(theta - e)) / (2 * each) for e, each in pairs])


@central_difference.claim(points=0.25, gate=True, draws=4, nudge=PARABOLAS)
def points_uphill(student, truth, nudge):
    """Each component has the sign of the slope."""
    found = np.asarray(student.central_difference(*nudge.arguments))
    if found.shape != nudge.theta.shape or np.any(found * nudge.f.slope(nudge.theta) <= 0):
        raise ClaimFailure(nudge.f.slope(nudge.theta), found)


@central_difference.claim(points=0.5, draws=6, nudge=PARABOLAS)
def is_exact_for_parabolas(student, truth, nudge):
    """On a parabola, whatever its mixed terms, a central difference has no error but rounding."""
    agree(
        student.central_difference(*nudge.arguments),
        nudge.f.slope(nudge.theta),
        tolerance=nudge.tolerance,
    )


@central_difference.claim(points=0.75, draws=8, always=(SIX,), nudge=CUBICS)
def is_off_by_the_step_squared_on_a_cubic(student, truth, nudge):
    """On a θ³ it is 3 a θ² + a h²: the step that it was given, and no better formula."""
    due = nudge.f.slope(nudge.theta) + np.array(nudge.f.cubic) * nudge.h**2
    agree(student.central_difference(*nudge.arguments), due, tolerance=nudge.tolerance)


@central_difference.claim(points=0.25, draws=3, nudge=AT_ZERO)
def works_at_zero(student, truth, nudge):
    """At θ = 0 the steps are as large as anywhere."""
    due = nudge.f.slope(nudge.theta) + np.array(nudge.f.cubic) * nudge.h**2
    agree(student.central_difference(*nudge.arguments), due, tolerance=nudge.tolerance)


@central_difference.claim(points=0.25, draws=3, nudge=CUBICS)
def asks_for_two_values_a_parameter(student, truth, nudge):
    """It asks for 2 d values."""
    calls = student.central_difference.asked(*nudge.arguments)
    if len(calls) != 2 * len(nudge.theta):
        raise ClaimFailure(f"{2 * len(nudge.theta)} calls of f", f"{len(calls)}")


@central_difference.claim(points=0.5, draws=4, nudge=CUBICS)
def moves_one_parameter_at_a_time(student, truth, nudge):
    """It asks at θ ± h_i along one axis after the other, and nowhere else."""
    asked = [np.asarray(place) for (place,) in student.central_difference.asked(*nudge.arguments)]
    due = nudge.places
    size = 4 * np.finfo(float).eps * (np.max(np.abs(nudge.theta)) + np.max(nudge.h))
    for place in due:
        if not any(p.shape == place.shape and np.max(np.abs(p - place)) <= size for p in asked):
            raise ClaimFailure(due, asked, f"it never asks at {place.tolist()}")


@central_difference.claim(points=0.25, draws=3, nudge=ALONG_ONE)
def one_parameter_is_enough(student, truth, nudge):
    """A function of one parameter has one derivative."""
    agree(
        student.central_difference(*nudge.arguments),
        truth(*nudge.arguments),
        tolerance=nudge.tolerance,
    )


@central_difference.claim(points=0.25, draws=3, nudge=CUBICS)
def returns_an_array(student, truth, nudge):
    """What comes back is one float64 array of shape [d]."""
    float64_array(student.central_difference.answer(*nudge.arguments), len(nudge.theta))


mistake = central_difference.mistake
QUOTIENT = "(f(theta + step) - f(theta - step)) / (2 * h[i])"

mistake(
    "forward",
    "This is a forward difference: the other value belongs on the other side of θ.",
    QUOTIENT,
    "(f(theta + step) - f(theta)) / h[i]",
)
mistake(
    "backward",
    "This is a backward difference: the other value belongs on the other side of θ.",
    QUOTIENT,
    "(f(theta) - f(theta - step)) / h[i]",
)
mistake(
    "factor_two",
    "It is twice too large: the two places are 2 h apart.",
    "/ (2 * h[i])",
    "/ h[i]",
)
mistake(
    "all_at_once",
    "All parameters are moved at once; move one and leave the others.",
    "step[i] = h[i]",
    "step = np.array(h, dtype=float)",
)
mistake(
    "not_restored",
    "After the first parameter the others are taken at another place: move it back.",
    "step = np.zeros(len(theta))",
    "step = np.zeros(len(theta)) if i == 0 else step",
)
mistake(
    "first_step_for_all",
    "The first step is used for all parameters; each has its own.",
    "h[i]\n",
    "h[0]\n",
)
mistake(
    "own_step",
    "You use a step of your own; use the one that you are given.",
    "derivatives = []",
    "derivatives = []\n    h = np.full(len(theta), 1e-5)",
)
mistake(
    "relative_step",
    "The step is multiplied by θ, so that at zero there is none.",
    "derivatives = []",
    "derivatives = []\n    h = h * np.abs(theta) + 1e-300",
)
mistake(
    "half_step",
    "You go half a step to each side.",
    "derivatives = []",
    "derivatives = []\n    h = h / 2",
)
mistake(
    "five_point",
    "This formula uses four values a parameter; the central difference uses two.",
    QUOTIENT,
    "(8 * f(theta + step) - 8 * f(theta - step) - f(theta + 2 * step) + f(theta - 2 * step))"
    " / (12 * h[i])",
)
mistake(
    "sign",
    "It points downhill: which value is subtracted from which?",
    "f(theta + step) - f(theta - step)",
    "f(theta - step) - f(theta + step)",
)
mistake(
    "reversed_order",
    "The derivatives come in the reverse order.",
    "np.array(derivatives)",
    "np.array(derivatives[::-1])",
)
mistake(
    "second_derivative",
    "This is the second difference, which is the curvature.",
    QUOTIENT,
    "(f(theta + step) - 2 * f(theta) + f(theta - step)) / h[i] ** 2",
)
mistake(
    "added_up",
    "There is one number, the sum of the derivatives, where one for each parameter is wanted.",
    "np.array(derivatives)",
    "np.sum(derivatives)",
)
mistake(
    "rounded",
    "The digits after the sixth are cut off.",
    "np.array(derivatives)",
    "np.round(derivatives, 6)",
)
mistake(
    "not_divided",
    "These are differences: divide them by how far the two places are apart.",
    " / (2 * h[i])",
    "",
)
mistake(
    "single_precision",
    "About seven digits are right: float32 is not enough here.",
    "np.array(derivatives)",
    "np.array(derivatives, dtype=np.float32).astype(float)",
)
mistake(
    "first_direction_only",
    "Only the first derivative is there; the others are zero.",
    "np.array(derivatives)",
    "np.array(derivatives[:1] + [0.0] * (len(theta) - 1))",
)
