"""Claims about `descend(f, theta0, rate, steps)`: 3 points."""

from __future__ import annotations

import numpy as np

from course_lib.claims import ClaimFailure, agree, exercise, falls

from .inputs import AT_THE_BOTTOM, DESCENTS, NO_STEPS, TOO_FAST, Array, Descent


@exercise(points=3)
def descend(f, theta0: Array, rate: float, steps: int) -> Array:
    """The path ``[steps + 1, d]`` downhill, the start first; f(array) gives (value, gradient)."""
    path = [np.array(theta0, dtype=np.float64)]
    for _ in range(steps):
        path.append(path[-1] - rate * f(path[-1])[1])
    return np.array(path)


def exact(descent: Descent) -> Array:
    """The path in closed form: c + (1 - rate A)^k (θ₀ - c)."""
    f = descent.f
    step = np.eye(len(f.centre)) - descent.rate * np.array(f.matrix)
    off = descent.theta0 - f.centre
    powers = [np.linalg.matrix_power(step, k) for k in range(descent.steps + 1)]
    return np.array([f.centre + power @ off for power in powers])


def tolerance(path: Array) -> float:
    """Up to 50 steps lose a few eps each, of the largest number on the way."""
    return 1e-12 * max(float(np.max(np.abs(path))), 1.0)


@descend.claim(points=0.25, gate=True, draws=4, descent=DESCENTS)
def ends_lower(student, truth, descent):
    """At a small rate the path ends lower than it began."""
    path = np.asarray(student.descend(*descent.arguments))
    if path.ndim != 2 or path.shape[1] != len(descent.theta0) or len(path) < 1:
        raise ClaimFailure(f"an array of shape [steps + 1, {len(descent.theta0)}]", path)
    falls(descent.f(descent.theta0)[0], descent.f(path[-1])[0], "for f at the end")


@descend.claim(points=1, draws=8, always=AT_THE_BOTTOM, descent=DESCENTS)
def follows_the_slope(student, truth, descent):
    """Every step is rate times the gradient at the place where it begins."""
    due = exact(descent)
    agree(student.descend(*descent.arguments), due, tolerance=tolerance(due))


@descend.claim(points=0.25, draws=3, descent=DESCENTS)
def begins_at_the_start(student, truth, descent):
    """The first row is the start."""
    path = np.asarray(student.descend(*descent.arguments))
    agree(path[0] if path.ndim else path, descent.theta0)


@descend.claim(points=0.25, draws=3, always=AT_THE_BOTTOM, descent=DESCENTS)
def has_a_row_for_each_step(student, truth, descent):
    """There are steps + 1 rows, also where it is at the bottom already."""
    shape = np.shape(student.descend(*descent.arguments))
    agree(list(shape), [descent.steps + 1, len(descent.theta0)], message="this is the shape")


@descend.claim(points=0.25, draws=2, descent=NO_STEPS)
def no_steps_are_a_path_of_one(student, truth, descent):
    """With steps = 0 the path is the start alone."""
    agree(student.descend(*descent.arguments), descent.theta0[None])


@descend.claim(points=0.25, draws=3, descent=DESCENTS)
def asks_once_a_step(student, truth, descent):
    """It asks for one gradient a step; one more at the end does no harm."""
    calls = len(student.descend.asked(*descent.arguments))
    if calls not in (descent.steps, descent.steps + 1):
        raise ClaimFailure(f"{descent.steps} calls of f", f"{calls}")


@descend.claim(points=0.75, always=TOO_FAST)
def runs_away_beyond_the_limit(student, truth, descent):
    """At a rate beyond 2 over the largest curvature it oscillates and grows, as it must."""
    due = exact(descent)
    agree(student.descend(*descent.arguments), due, tolerance=tolerance(due))


mistake = descend.mistake
STEP = "path.append(path[-1] - rate * gradient)"
mistake("uphill", "It goes uphill: look at the sign of the step.", "- rate *", "+ rate *")
mistake(
    "same_array",
    "All rows are the last one: `-=` changes the array that the list already holds.",
    STEP,
    "path.append(path[-1])\n        path[-1] -= rate * gradient",
)
mistake(
    "stale_gradient",
    "All steps are the same: the gradient is always that of the start.",
    "f(path[-1])",
    "f(path[0])",
)
mistake(
    "momentum",
    "A step remembers the one before it; plain descent has no momentum.",
    STEP,
    "path.append(path[-1] - rate * gradient + 0.3 * (path[-1] - path[max(len(path) - 2, 0)]))",
)
mistake(
    "normalised",
    "All steps have the same length: the gradient's size matters.",
    "rate * gradient",
    "rate * gradient / (np.linalg.norm(gradient) + 1e-300)",
)
mistake(
    "stops_early",
    "It stops when the steps are small; do all of them.",
    STEP,
    "path.append(path[-1] - rate * gradient * (np.max(np.abs(gradient)) > 0.5))",
)
mistake(
    "decaying_rate",
    "The rate becomes smaller from step to step; it is a constant.",
    "rate * gradient",
    "rate / len(path) * gradient",
)
mistake(
    "refuses_uphill",
    "Steps that lead uphill are refused; beyond the limit it has to run away.",
    STEP,
    "after = path[-1] - rate * gradient\n"
    "        path.append(after if f(after)[0] <= value else path[-1])",
)
mistake(
    "without_the_start",
    "The start is missing: it is the first row.",
    "np.array(path)",
    "np.array(path[1:])",
)
mistake(
    "one_step_more",
    "There is one row too many.",
    "range(steps)",
    "range(steps + 1)",
)
mistake(
    "last_only",
    "This is where it ends; the whole path is wanted.",
    "np.array(path)",
    "np.array(path[-1])",
)
mistake(
    "value_for_gradient",
    "The step follows the value, and not the gradient.",
    "value, gradient = f(path[-1])",
    "gradient, value = f(path[-1])\n        gradient = gradient + 0 * value",
)
mistake(
    "rate_squared",
    "The rate counts twice.",
    "rate * gradient",
    "rate**2 * gradient",
)
mistake(
    "transposed",
    "The shape is [d, steps + 1]: a row is a place.",
    "np.array(path)",
    "np.array(path).T",
)
mistake(
    "one_coordinate_a_step",
    "Only one parameter moves in each step.",
    "rate * gradient",
    "rate * gradient * (np.arange(len(gradient)) == (len(path) - 1) % len(gradient))",
)
mistake(
    "signs_of_the_gradient",
    "Every parameter moves by the same amount in each step: only the signs of the gradient count.",
    "rate * gradient",
    "rate * np.sign(gradient)",
)
mistake(
    "momentum_of_one_half",
    "Half of each step is carried on into the next one; plain descent has no momentum.",
    STEP,
    "path.append(path[-1] - rate * gradient + 0.5 * (path[-1] - path[max(len(path) - 2, 0)]))",
)
mistake(
    "clipped_at_ten",
    "Beyond ten, the gradient's size makes no difference: it is cut off there.",
    "rate * gradient",
    "rate * np.clip(gradient, -10, 10)",
)
