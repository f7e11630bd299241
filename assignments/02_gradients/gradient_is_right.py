"""Claims about `gradient_is_right(f, gradient, theta, scale)`: 3 points.

The student writes a test, which is tried on right and on wrong gradients. Both functions stay with
the grader, so that nothing in the student's process says which is which.
"""

from __future__ import annotations

import numpy as np

from course_lib.claims import ClaimFailure, exercise

from . import probes
from .inputs import LEVEL, PAIRS, RIGHT, SIXTEEN, TESTS, Array, Test

# Over a ten-thousandth of the scale on which f varies, a central difference is off by 1e-8 / 6 of
# the third derivative, and by 1e-12 of the values. A thousandth has room on both sides.
STEP, WITHIN, FLOOR = 1e-4, 1e-3, 1e-6


@exercise(points=3)
def gradient_is_right(f, gradient, theta: Array, scale: Array) -> bool:
    """Whether gradient(theta) ``[d]`` is f's to a thousandth; f varies over scale ``[d]``."""
    claimed = np.asarray(gradient(theta))
    h = STEP * scale
    pairs = zip(np.diag(h), h, strict=True)
    found = np.array([(f(theta + e) - f(theta - e)) / (2 * each) for e, each in pairs])
    slack = WITHIN * np.abs(found) + FLOOR * np.max(np.abs(found * scale)) / scale
    return bool(np.all(np.isfinite(claimed)) and np.all(np.abs(claimed - found) <= slack))


def said(student, test: Test, due: bool, words: str) -> None:
    """Raise unless the student's test says what it should."""
    found = student.gradient_is_right(*test.arguments)
    if np.shape(found) != () or bool(found) is not due:
        raise ClaimFailure(due, found, words)


@gradient_is_right.claim(points=0.5, gate=True, draws=3, test=TESTS)
def tells_a_gradient_from_its_negative(student, truth, test):
    """It accepts a gradient, and rejects its negative."""
    d = len(test.theta)
    said(student, test, True, "the gradient is right")
    said(student, test.spoilt(dict.fromkeys(range(d), -1.0)), False, "all signs are wrong")


@gradient_is_right.claim(points=1, draws=4, always=(*PAIRS, SIXTEEN, LEVEL), test=TESTS)
def accepts_right_gradients(student, truth, test):
    """Right gradients pass: tiny and huge, with a component of zero, far from zero and at zero."""
    said(student, test, True, "the gradient is right")


@gradient_is_right.claim(points=0.25, draws=3, test=TESTS)
def sees_one_wrong_sign(student, truth, test):
    """One component with the wrong sign is wrong, the last one too."""
    for k in range(len(test.theta)):
        said(student, test.spoilt({k: -1.0}), False, f"component {k} has the wrong sign")


@gradient_is_right.claim(points=0.5, draws=3, always=(*PAIRS, SIXTEEN), test=TESTS)
def sees_one_percent(student, truth, test):
    """One component that is one percent off is wrong, however small it is beside the others."""
    d = len(test.theta)
    for k in sorted({0, d // 2, d - 1}):  # all of up to three
        said(student, test.spoilt({k: 1.01}), False, f"component {k} is one percent too large")


@gradient_is_right.claim(points=0.25, draws=3, test=TESTS)
def sees_a_gradient_of_something_else(student, truth, test):
    """Zero, twice the gradient, and swapped components are wrong."""
    d = len(test.theta)
    said(student, test.spoilt(dict.fromkeys(range(d), 0.0)), False, "all components are zero")
    said(student, test.spoilt(dict.fromkeys(range(d), 2.0)), False, "it is twice the gradient")
    said(student, test.spoilt(order=tuple(reversed(range(d)))), False, "the order is reversed")


@gradient_is_right.claim(points=0.25, draws=2, test=TESTS)
def sees_what_is_not_a_number(student, truth, test):
    """NaN and infinity are wrong."""
    for bad in (np.nan, np.inf, -np.inf):
        said(student, test.spoilt(plus={0: bad}), False, f"component 0 is {bad}")


@gradient_is_right.claim(points=0.25, draws=2, always=({"test": RIGHT["mixed terms"]},), test=TESTS)
def sees_a_gradient_of_another_place(student, truth, test):
    """A constant too much is wrong, and so is the gradient at another place."""
    d = len(test.theta)
    size = float(np.max(np.abs(test.f.slope(test.theta))))
    said(student, test.spoilt(plus=dict.fromkeys(range(d), 0.1 * size)), False, "it has an offset")
    said(student, test.spoilt(moved=0.5), False, "it is the gradient at another place")


gradient_is_right.probes = probes.tests

mistake = gradient_is_right.mistake
RETURN = "return bool(np.all(np.isfinite(claimed)) and np.all(np.abs(claimed - found) <= slack))"
mistake("always", "Your test passes everything.", RETURN, "return True")
mistake("never", "Your test refuses right gradients.", RETURN, "return False")
mistake(
    "fixed_step",
    "The step is the same whatever the scale: where f varies over 1e-6, it jumps over everything.",
    "1e-4 * scale",
    "1e-4 * np.ones(len(theta))",
)
mistake(
    "step_too_small",
    "The step is so small that the difference is all rounding.",
    "1e-4 * scale",
    "1e-13 * scale",
)
mistake(
    "step_relative_to_theta",
    "The step follows θ: at zero there is none, and far from zero it is too large.",
    "1e-4 * scale",
    "1e-4 * np.abs(theta) + 1e-300",
)
mistake(
    "too_strict",
    "You ask for more digits than a difference has.",
    "1e-3 * np.abs(found) + 1e-6 * np.max(np.abs(found * scale)) / scale",
    "1e-13 * np.abs(found)",
)
mistake(
    "length_only",
    "Your test looks at the length of the difference alone: a small component may be wrong.",
    RETURN,
    "return bool(np.linalg.norm(claimed - found) <= 1e-3 * np.linalg.norm(found))",
)
mistake(
    "sum_only",
    "Your test looks at the sum of the components.",
    RETURN,
    "return bool(abs(np.sum(claimed) - np.sum(found)) <= 1e-3 * abs(np.sum(found)))",
)
mistake(
    "absolute_tolerance",
    "The tolerance is the same whatever the size of the gradient.",
    "slack = ",
    "slack = 1e-3 + 0.0 * ",
)
mistake(
    "first_component_only",
    "Your test looks at the first component alone.",
    RETURN,
    "return bool(abs(claimed[0] - found[0]) <= slack[0])",
)
mistake(
    "loose",
    "The tolerance is so wide that a gradient some percent off passes.",
    "1e-3 * np.abs(found)",
    "0.1 * np.abs(found)",
)
mistake(
    "any_component",
    "One right component is enough for your test; all of them have to be.",
    "np.all(np.abs(claimed - found) <= slack)",
    "np.any(np.abs(claimed - found) <= slack)",
)
mistake(
    "sizes_compared",
    "The signs make no difference to your test.",
    "np.abs(claimed - found) <= slack",
    "np.abs(np.abs(claimed) - np.abs(found)) <= slack",
)
mistake(
    "nan_passes",
    "Nothing is greater than NaN: ask what is within the tolerance, not what is beyond it.",
    RETURN,
    "return not np.any(np.abs(claimed - found) > slack)",
)
mistake(
    "infinite_passes",
    "Infinity passes: the tolerance grows with what is claimed, and becomes infinite too.",
    RETURN,
    "return bool(np.all(np.abs(claimed - found) <= slack + 1e-3 * np.abs(claimed)))",
)
mistake(
    "numpy_default_tolerance",
    "`np.allclose` accepts whatever is below 1e-8; here whole gradients are.",
    RETURN,
    "return bool(np.allclose(claimed, found, rtol=1e-3))",
)
