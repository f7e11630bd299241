"""Claims about `hessian_times(x, y, theta, v)`: 4 points."""

from __future__ import annotations

import numpy as np

from course_lib.claims import ClaimFailure, Numbers, agree, exercise, falls, rounding

from .inputs import LONG_PUSH, PUSHES, TOPS, Array, Push


def matrix(x: Array, y: Array, theta: Array) -> Array:
    """The Hessian of the log likelihood with respect to (m, b, log s), ``[3, 3]``."""
    m, b, log_s = theta
    r = y - m * x - b
    rows = [
        [np.sum(x**2), np.sum(x), 2 * np.sum(r * x)],
        [np.sum(x), len(x), 2 * np.sum(r)],
        [2 * np.sum(r * x), 2 * np.sum(r), 2 * np.sum(r**2)],
    ]
    return -np.exp(-2 * log_s) * np.array(rows)


@exercise(points=4, takes="tensors", parts="m b log_s")
def hessian_times(x: Array, y: Array, theta: Array, v: Array) -> Array:
    """The Hessian of the log likelihood at theta times v, ``[3]``; x, y ``[n]``."""
    return matrix(x, y, theta) @ v


def tolerance(truth, push: Push) -> Array:
    """What rounding can do to each component."""
    return rounding(len(push.x), truth.push_scales(*push))


@hessian_times.claim(points=0.5, gate=True, draws=4, push=TOPS)
def the_top_is_a_top(student, truth, push):
    """At the most likely line the log likelihood falls in every direction: v·Hv is negative."""
    found = student.hessian_times(*push)
    if np.shape(found) != (3,):
        raise ClaimFailure("three numbers", found)
    falls(0.0, push.v @ found, "for v·Hv")


@hessian_times.claim(points=1.5, draws=12, always=(LONG_PUSH,), push=PUSHES)
def has_the_right_values(student, truth, push):
    """It is the matrix of second derivatives times v, exactly."""
    agree(student.hessian_times(*push), truth(*push), tolerance=tolerance(truth, push))


@hessian_times.claim(points=0.5, relative=True, draws=5, push=PUSHES)
def is_linear_in_v(student, truth, push):
    """Twice the direction, twice the answer; and directions add up."""
    e = np.array([1.0, -2.0, 0.5])
    doubled, added = push._replace(v=-2 * push.v), push._replace(v=push.v + e)
    one = student.hessian_times(*push)
    agree(student.hessian_times(*doubled), -2 * one, tolerance=4 * tolerance(truth, push))
    agree(
        student.hessian_times(*added),
        one + student.hessian_times(*push._replace(v=e)),
        tolerance=4 * tolerance(truth, push._replace(v=np.abs(push.v) + np.abs(e))),
    )


@hessian_times.claim(points=0.5, relative=True, draws=5, push=PUSHES)
def is_symmetric(student, truth, push):
    """u·Hv is v·Hu."""
    u = np.array([0.5, 2.0, -1.0])
    one = u @ student.hessian_times(*push)
    other = push.v @ student.hessian_times(*push._replace(v=u))
    slack = np.abs(u) @ tolerance(truth, push)
    agree(one, other, tolerance=4 * slack, message=f"with u = {u.tolist()}")


@hessian_times.claim(points=0.25, draws=3, push=TOPS)
def curves_by_two_a_point_along_log_s(student, truth, push):
    """At the most likely line the curvature along log s is -2 n."""
    along = push._replace(v=np.array([0.0, 0.0, 1.0]))
    agree(
        student.hessian_times(*along)[2],
        -2.0 * len(push.x),
        tolerance=4 * tolerance(truth, along)[2],
    )


@hessian_times.claim(points=0.25, draws=3, push=PUSHES)
def no_direction_gives_nothing(student, truth, push):
    """For v = 0 the answer is zero."""
    agree(student.hessian_times(*push._replace(v=np.zeros(3))), np.zeros(3))


@hessian_times.claim(points=0.5, draws=3, push=PUSHES)
def returns_one_float64_tensor(student, truth, push):
    """What comes back is one float64 tensor of shape [3]."""
    answer = student.hessian_times.answer(*push)
    value = answer.value
    fits = isinstance(value, Numbers) and value.kind == "tensor" and value.dtype == "float64"
    if not (fits and value.values.shape == (3,)):
        raise ClaimFailure("a float64 tensor of shape [3]", answer.describe())


mistake = hessian_times.mistake
PRODUCT = "outer.gradient(along, theta)"
mistake(
    "negative",
    "The sign is the other way round: at a top the curvature is negative.",
    f"return {PRODUCT}",
    f"return -{PRODUCT}",
)
mistake(
    "gradient_for_product",
    "This is the gradient times v, part by part: the second derivative is still to be taken.",
    f"return {PRODUCT}",
    "return gradient * v",
)
mistake(
    "quadratic_form",
    "This is v·Hv in each component; Hv is wanted.",
    f"return {PRODUCT}",
    f"return tf.zeros_like(v) + tf.reduce_sum(v * {PRODUCT})",
)
mistake(
    "v_forgotten",
    "The direction makes no difference: the gradient is summed without it.",
    "gradient * v",
    "gradient + 0.0 * v",
)
mistake(
    "v_normalised",
    "The length of v makes no difference.",
    "gradient * v",
    "gradient * v / (tf.norm(v) + 1e-300)",
)
mistake(
    "outer_product",
    "This is the gradient times (gradient · v), which is not the curvature.",
    f"return {PRODUCT}",
    "return gradient * tf.reduce_sum(gradient * v)",
)
mistake(
    "with_respect_to_s",
    "This is a curvature with respect to s, and not to log s.",
    f"return {PRODUCT}",
    f"return {PRODUCT} * tf.exp(-theta[2] * tf.constant([0.0, 0.0, 1.0], tf.float64))",
)
mistake(
    "mean",
    "This is the mean over the points; the sum is wanted.",
    "tf.reduce_sum(terms)",
    "tf.reduce_mean(terms)",
)
mistake(
    "half",
    "This is half of it: a square brings a two, and so does the second derivative.",
    f"return {PRODUCT}",
    f"return 0.5 * {PRODUCT}",
)
mistake(
    "one_sided",
    "This is a difference of gradients, good to eight digits; the derivative is exact.",
    f"return {PRODUCT}",
    f"return {PRODUCT} * (1 + 3e-9)",
)
mistake(
    "single_precision",
    "About seven digits are right: float32 is not enough here.",
    f"return {PRODUCT}",
    f"return tf.cast(tf.cast({PRODUCT}, tf.float32), tf.float64)",
)
mistake(
    "scale_frozen",
    "The tape does not see how log s enters.",
    "/ tf.exp(log_s)",
    "/ tf.stop_gradient(tf.exp(log_s))",
)
mistake(
    "gradient_of_v_squared",
    "v counts by its square.",
    "gradient * v",
    "gradient * v**2",
)
mistake(
    "number_for_product",
    "This is the number v·Hv, one curvature; Hv is wanted, which is a vector.",
    f"return {PRODUCT}",
    f"return tf.reduce_sum(v * {PRODUCT})",
)
mistake(
    "columns_not_added_up",
    "This is a matrix, the columns of the Hessian times the parts of v: they are still to be added "
    "up.",
    f"along = tf.reduce_sum(gradient * v)\n    return {PRODUCT}",
    "along = gradient\n    return outer.jacobian(along, theta) * v",
)
