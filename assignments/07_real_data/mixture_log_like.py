"""Claims about `mixture_log_like(x, y, sigma_y, m, b, logit_p, y_b, log_s_b)`: 5 points."""

from __future__ import annotations

import numpy as np

from course_lib.claims import agree, exercise, falls, float64_tensors, rounding

from .inputs import EXTREME, LONG, MIXTURES, SEVERAL, Array, Mixture
from .truth import bad_variance, log_densities, log_sigmoid, shares

# Two log densities, a logarithm of each weight, and the log of a sum of exponentials: twice what
# one density costs, and once more for p by way of a sigmoid, which loses a factor of 1 + exp(3)
# where logit p = 3. All of it: 200 eps of the terms that count.
OPERATIONS = 200


@exercise(points=5, takes="tensors", differentiable="m b logit_p y_b log_s_b")
def mixture_log_like(
    x: Array,
    y: Array,
    sigma_y: Array,
    m: float,
    b: float,
    logit_p: float,
    y_b: float,
    log_s_b: float,
) -> float:
    """The log likelihood, ``[]``, of points ``[n]`` of which each is bad with the probability p."""
    good, bad = log_densities(x, y, sigma_y, m, b, y_b, log_s_b)
    weights = log_sigmoid(-logit_p), log_sigmoid(logit_p)
    return float(np.sum(np.logaddexp(weights[0] + good, weights[1] + bad)))


@mixture_log_like.gradient
def _gradient(
    x: Array,
    y: Array,
    sigma_y: Array,
    m: float,
    b: float,
    logit_p: float,
    y_b: float,
    log_s_b: float,
) -> Array:
    """With respect to m, b, logit p, y_b and log s_b, ``[5]``."""
    p_good, p_bad = shares(x, y, sigma_y, m, b, logit_p, y_b, log_s_b)
    variance = bad_variance(sigma_y, log_s_b)
    pull = p_good * (y - (m * x + b)) / sigma_y**2
    p, off = np.exp(log_sigmoid(logit_p)), y - y_b
    by_variance = p_bad * 0.5 * (off**2 / variance - 1) / variance
    return np.array(
        [
            np.sum(pull * x),
            np.sum(pull),
            np.sum(p_bad - p),
            np.sum(p_bad * off / variance),
            np.sum(by_variance * 2 * (variance - sigma_y**2)),
        ]
    )


def tolerance(truth, *mixtures: Mixture) -> float:
    """What rounding can do to a difference of these."""
    return sum(float(rounding(len(m.x), truth.value_scale(*m), OPERATIONS)) for m in mixtures)


def right(student, truth, mixture: Mixture, message: str = "") -> None:
    """Raise unless the value is right."""
    value = student.mixture_log_like(*mixture)
    agree(value, truth(*mixture), tolerance=tolerance(truth, mixture), message=message)


def right_gradient(student, truth, mixture: Mixture) -> None:
    """Raise unless all five derivatives are right."""
    due = truth.gradient(*mixture)
    bar = rounding(len(mixture.x), truth.gradient_scale(*mixture), OPERATIONS)
    agree(student.mixture_log_like.gradient(*mixture), due, tolerance=bar)


@mixture_log_like.claim(points=0.5, gate=True, draws=4, mixture=MIXTURES)
def falls_as_all_points_move_away(student, truth, mixture):
    """The further all points are above the line and above y_b, the lower the value."""
    x, _, sigma_y, m, b, _, y_b, log_s_b = mixture
    middle = np.maximum(m * x + b, y_b)
    width = np.sqrt(sigma_y**2 + np.exp(2 * log_s_b))
    moved = [mixture._replace(y=middle + k * width) for k in (3, 6, 12)]
    values = [student.mixture_log_like(*each) for each in moved]
    falls(values[0], values[1], "with every point twice as far away")
    falls(values[1], values[2], "with every point twice as far away")


@mixture_log_like.claim(points=1, draws=10, always=(LONG,), mixture=MIXTURES)
def has_the_right_value(student, truth, mixture):
    """Every point is good or bad; its density is the sum of both, each with its probability."""
    right(student, truth, mixture)


@mixture_log_like.claim(points=0.5, always=EXTREME)
def far_points_and_certain_weights_are_right(student, truth, mixture):
    """A point at 1e4, an error bar of 1e-8, p as near to 0 or 1 as you like: finite, and right."""
    right(student, truth, mixture)


@mixture_log_like.claim(points=1, draws=6, mixture=MIXTURES)
def can_be_differentiated(student, truth, mixture):
    """TensorFlow finds the derivatives with respect to all five parameters."""
    right_gradient(student, truth, mixture)


@mixture_log_like.claim(points=0.5, always=EXTREME)
def has_a_gradient_at_the_extremes_too(student, truth, mixture):
    """Where the value is right, the derivatives are too: none of them is NaN."""
    right_gradient(student, truth, mixture)


@mixture_log_like.claim(points=0.25, relative=True, draws=3, mixture=SEVERAL)
def adds_up_over_splits(student, truth, mixture):
    """Two parts of the data add up to the whole."""
    parts = [
        mixture._replace(x=mixture.x[k], y=mixture.y[k], sigma_y=mixture.sigma_y[k])
        for k in (slice(1), slice(1, None))
    ]
    whole = student.mixture_log_like(*mixture)
    values = [student.mixture_log_like(*part) for part in parts]
    agree(whole, values[0] + values[1], tolerance=2 * tolerance(truth, mixture))


@mixture_log_like.claim(points=0.25, draws=3, mixture=SEVERAL)
def nobody_lies_or_everybody(student, truth, mixture):
    """With logit p = -60 it is the likelihood of the line, with +60 that of bad points alone."""
    right(student, truth, mixture._replace(logit_p=-60.0), "with logit p = -60")
    right(student, truth, mixture._replace(logit_p=60.0), "with logit p = 60")


@mixture_log_like.claim(points=0.25)
def has_area_one(student, truth):
    """As a density of one y, it encloses an area of one."""
    # Trapezoids from -12 to 20 in steps of half a σ: exact to exp(-8π²) for Gaussians of width 1
    # about 0 and 2 about 3, and nothing but 1e-17 of them is outside.
    y = np.linspace(-12, 20, 65)
    at = (1.5, -3.0, -0.4, 3.0, 0.5 * np.log(3.0))
    heights = [
        student.mixture_log_like(np.array([2.0]), np.array([one]), np.ones(1), *at) for one in y
    ]
    area = np.sum(np.exp(np.array(heights, dtype=float))) * (y[1] - y[0])
    agree(area, 1.0, tolerance=1e-9, message="this is the area")


@mixture_log_like.claim(points=0.25, relative=True, draws=3, mixture=SEVERAL)
def p_does_not_matter_if_both_are_alike(student, truth, mixture):
    """If bad points are made as good ones are, it does not matter how many there are."""
    alike = mixture._replace(m=0.0, b=mixture.y_b, log_s_b=-60.0)
    one = student.mixture_log_like(*alike)
    other = student.mixture_log_like(*alike._replace(logit_p=alike.logit_p - 1.5))
    agree(other, one, tolerance=2 * tolerance(truth, alike), message="with another p")


@mixture_log_like.claim(points=0.25, relative=True, draws=3, mixture=SEVERAL)
def knows_its_unit(student, truth, mixture):
    """In a unit 1024 times smaller, the log density of n points is lower by n log 1024."""
    x, y, sigma_y, m, b, logit_p, y_b, log_s_b = mixture
    k = 1024.0
    small = Mixture(x, k * y, k * sigma_y, k * m, k * b, logit_p, k * y_b, log_s_b + np.log(k))
    one, other = student.mixture_log_like(*mixture), student.mixture_log_like(*small)
    bar = tolerance(truth, mixture, small)
    agree(other, one - len(x) * np.log(k), tolerance=bar)


@mixture_log_like.claim(points=0.25, draws=3, mixture=MIXTURES)
def returns_one_float64_tensor(student, truth, mixture):
    """What comes back is one float64 tensor without axes."""
    float64_tensors(student.mixture_log_like.answer(*mixture), count=1)
