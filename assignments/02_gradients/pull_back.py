"""Claims about `pull_back(x, y, theta, weights)`: 3 points."""

from __future__ import annotations

import numpy as np

from course_lib.claims import ClaimFailure, agree, exercise, float64_array, rounding

from .inputs import LONG_PULL, PULLS, SHORT_PULLS, STEEP_PULLS, TOPS, Array, Pull


@exercise(points=3, parts="m b log_s")
def pull_back(x: Array, y: Array, theta: Array, weights: Array) -> Array:
    """Σ w_n ∂(log p_n) / ∂(m, b, log s), ``[3]``; x, y, weights ``[n]``, theta (m, b, log s)."""
    m, b, log_s = theta
    r = y - m * x - b
    inverse = np.exp(-2 * log_s)
    return np.array(
        [
            np.sum(weights * r * x) * inverse,
            np.sum(weights * r) * inverse,
            np.sum(weights * (r**2 * inverse - 1)),
        ]
    )


def tolerance(truth, pull: Pull) -> Array:
    """What rounding can do to each component."""
    scales = np.abs(pull.weights) @ truth.point_scales(pull.x, pull.y, pull.theta)
    return rounding(len(pull.x), scales)


@pull_back.claim(points=0.25, gate=True, draws=5, pull=SHORT_PULLS)
def points_uphill(student, truth, pull):
    """With all weights one, a line below all points is pulled up."""
    x, _, (m, _, log_s), _ = pull
    s = float(np.exp(log_s))
    for side in (3.0, -3.0):
        y = m * x + side * s
        found = student.pull_back(x, y, np.array([m, 0.0, log_s]), np.ones(len(x)))
        if not (len(np.ravel(found)) == 3 and found[1] * side > 0):
            words = f"a second component that is {'positive' if side > 0 else 'negative'}"
            raise ClaimFailure(words, found)


@pull_back.claim(points=0.75, draws=12, always=(LONG_PULL,), pull=PULLS)
def has_the_right_values(student, truth, pull):
    """Each point's derivatives are multiplied by its weight and added up."""
    agree(student.pull_back(*pull), truth(*pull), tolerance=tolerance(truth, pull))


@pull_back.claim(points=0.25, draws=4, pull=SHORT_PULLS)
def one_point_alone_can_pull(student, truth, pull):
    """With the weight one at one point and zero elsewhere, that point's derivatives come back."""
    for k in range(len(pull.x)):
        alone = pull._replace(weights=np.eye(len(pull.x))[k])
        agree(student.pull_back(*alone), truth(*alone), tolerance=tolerance(truth, alone))


@pull_back.claim(points=0.5, relative=True, draws=5, pull=SHORT_PULLS)
def is_linear_in_the_weights(student, truth, pull):
    """With weights 2 w - 3, the answer is twice that of w less three times that of ones."""
    ones, mixed = (
        pull._replace(weights=np.ones(len(pull.x))),
        pull._replace(weights=2 * pull.weights - 3),
    )
    whole = student.pull_back(*mixed)
    parts = 2 * student.pull_back(*pull) - 3 * student.pull_back(*ones)
    slack = 2 * tolerance(truth, pull) + 3 * tolerance(truth, ones) + tolerance(truth, mixed)
    agree(whole, parts, tolerance=slack)


@pull_back.claim(points=0.25, draws=3, pull=PULLS)
def weights_of_zero_pull_nowhere(student, truth, pull):
    """Where all weights are zero, so is the answer."""
    nothing = pull._replace(weights=np.zeros(len(pull.x)))
    agree(student.pull_back(*nothing), np.zeros(3))


@pull_back.claim(points=0.25, draws=3, push=TOPS)
def nothing_pulls_at_the_best_fit(student, truth, push):
    """At the most likely line all weights of one cancel."""
    x, y, theta, _ = push
    at_top = Pull(x, y, theta, np.ones(len(x)))
    agree(student.pull_back(*at_top), np.zeros(3), tolerance=4 * tolerance(truth, at_top))


@pull_back.claim(points=0.5, draws=1, always=STEEP_PULLS, pull=PULLS)
def every_scale_is_allowed(student, truth, pull):
    """Scales from e^-18 to e^12 give right values."""
    agree(student.pull_back(*pull), truth(*pull), tolerance=tolerance(truth, pull))


@pull_back.claim(points=0.25, draws=3, pull=PULLS)
def returns_three_numbers(student, truth, pull):
    """What comes back is one float64 array of shape [3]."""
    float64_array(student.pull_back.answer(*pull), 3)


mistake = pull_back.mistake
mistake(
    "weights_ignored",
    "The weights make no difference.",
    "m, b, log_s = theta",
    "m, b, log_s = theta\n    weights = np.ones(len(x))",
)
mistake(
    "weights_squared",
    "The weights count by their squares.",
    "m, b, log_s = theta",
    "m, b, log_s = theta\n    weights = weights**2",
)
mistake(
    "weights_absolute",
    "A negative weight pulls as a positive one would: keep its sign.",
    "m, b, log_s = theta",
    "m, b, log_s = theta\n    weights = np.abs(weights)",
)
mistake(
    "weights_normalised",
    "The weights are divided by their sum; use them as they come.",
    "m, b, log_s = theta",
    "m, b, log_s = theta\n    weights = weights / (np.sum(np.abs(weights)) + 1e-300)",
)
mistake(
    "weights_on_residuals",
    "The weight is on the residual, so that its square has the weight twice.",
    "r = y - m * x - b",
    "r = weights * (y - m * x - b)\n    weights = np.ones(len(x)) * (weights != 0)",
)
mistake(
    "price_unweighted",
    "The price of the scale, -1 for each point, has no weight.",
    "weights * (r**2 * inverse - 1)",
    "weights * r**2 * inverse - 1",
)
mistake(
    "price_once",
    "The price of the scale is paid once, and not by every point.",
    "np.sum(weights * (r**2 * inverse - 1))",
    "np.sum(weights * r**2 * inverse) - 1",
)
mistake(
    "with_respect_to_s",
    "The third is the derivative with respect to s; multiply by ds / d log s.",
    "np.sum(weights * (r**2 * inverse - 1))",
    "np.sum(weights * (r**2 * inverse - 1)) * np.exp(-log_s)",
)
mistake(
    "sign",
    "It points downhill: look at the sign of the residual.",
    "r = y - m * x - b",
    "r = m * x + b - y",
)
mistake(
    "x_forgotten",
    "The first is the same as the second: a slope moves a point by x.",
    "weights * r * x",
    "weights * r",
)
mistake(
    "order",
    "The first two have changed places: m comes first.",
    "[slope, intercept, scale]",
    "[intercept, slope, scale]",
)
mistake(
    "mean",
    "This is the mean over the points; the sum is wanted.",
    "np.array([slope, intercept, scale])",
    "np.array([slope, intercept, scale]) / len(x)",
)
mistake(
    "gradient_times_mean_weight",
    "All points have the same weight, the mean: each has its own.",
    "m, b, log_s = theta",
    "m, b, log_s = theta\n    weights = np.full(len(x), np.mean(weights))",
)
mistake(
    "half_kept",
    "The slope and the intercept are half of what they should be: a square brings a two.",
    "inverse = np.exp(-2 * log_s)",
    "inverse = 0.5 * np.exp(-2 * log_s)",
)
mistake(
    "price_forgotten",
    "The price of the scale is missing: the log density has - log s in it, too.",
    "r**2 * inverse - 1",
    "r**2 * inverse",
)
mistake(
    "s_for_variance",
    "The residual is divided by s; its square is over s².",
    "np.exp(-2 * log_s)",
    "np.exp(-log_s)",
)
mistake(
    "single_precision",
    "About seven digits are right: float32 is not enough here.",
    "r = y - m * x - b",
    "r = np.float32(y - m * x - b)",
)
mistake(
    "log_s_for_s",
    "You use log s as if it were s; what undoes a logarithm?",
    "np.exp(-2 * log_s)",
    "1 / (log_s**2 + 1e-300)",
)
