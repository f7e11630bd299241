"""Claims about `gradient_many(x, y, theta)`: 4 points."""

from __future__ import annotations

import numpy as np

from course_lib.claims import ClaimFailure, Numbers, agree, exercise, rounding

from .inputs import LONG_TABLE, MANY, MANY_SQUARE, STEEP, Array, Lines


@exercise(points=4, takes="tensors")
def gradient_many(x: Array, y: Array, theta: Array) -> Array:
    """Each row's derivatives with respect to (m, b, log s), ``[k, 3]``; x, y ``[n]``."""
    m, b, log_s = theta.T[:, :, None]
    r = y - m * x - b
    inverse = np.exp(-2 * log_s)
    rows = [np.sum(r * x * inverse, axis=1), np.sum(r * inverse, axis=1)]
    return np.stack([*rows, np.sum(r**2 * inverse - 1, axis=1)], axis=1)


def right(student, truth, lines: Lines) -> None:
    """Raise unless all rows are right."""
    scales = truth.row_scales(*lines)
    agree(student.gradient_many(*lines), truth(*lines), tolerance=rounding(len(lines.x), scales))


@gradient_many.claim(points=0.5, gate=True, draws=4, lines=MANY)
def points_uphill_in_each_row(student, truth, lines):
    """A line below all points is pulled up, in each row."""
    x, _, theta = lines
    m, _, log_s = theta[0]
    y = m * x + 3 * np.exp(log_s)
    rows = np.array([[m, 0.0, log_s], [m, 6 * np.exp(log_s), log_s]])
    found = np.asarray(student.gradient_many(x, y, rows))
    if found.shape != (2, 3) or not (found[0, 1] > 0 > found[1, 1]):
        raise ClaimFailure("a positive derivative by b in row 0 and a negative one in row 1", found)


@gradient_many.claim(points=1.25, draws=10, always=(LONG_TABLE,), lines=MANY)
def each_row_has_the_right_derivatives(student, truth, lines):
    """A row holds the derivatives of its own log likelihood with respect to m, b and log s."""
    right(student, truth, lines)


@gradient_many.claim(points=0.75, draws=4, lines=MANY_SQUARE)
def as_many_rows_as_points_are_no_other_matter(student, truth, lines):
    """With as many rows as points, or three rows, each row still sees all points."""
    right(student, truth, lines)


@gradient_many.claim(points=0.25, relative=True, draws=4, lines=MANY_SQUARE)
def a_row_does_not_see_the_other_rows(student, truth, lines):
    """A row's derivatives are the same when it is the only row."""
    x, y, theta = lines
    whole = student.gradient_many(*lines)
    alone = [np.ravel(student.gradient_many(x, y, theta[k : k + 1])) for k in range(len(theta))]
    tolerance = rounding(len(x), truth.row_scales(*lines))
    agree(np.array(alone), whole, tolerance=tolerance)


@gradient_many.claim(points=0.75, draws=1, always=STEEP, lines=MANY)
def every_scale_is_allowed(student, truth, lines):
    """Scales from e^-18 to e^12 give right derivatives."""
    right(student, truth, lines)


@gradient_many.claim(points=0.5, draws=3, lines=MANY)
def returns_one_float64_tensor(student, truth, lines):
    """What comes back is one float64 tensor of shape [k, 3]."""
    answer = student.gradient_many.answer(*lines)
    value, k = answer.value, len(lines.theta)
    fits = isinstance(value, Numbers) and value.kind == "tensor" and value.dtype == "float64"
    if not (fits and value.values.shape == (k, 3)):
        raise ClaimFailure(f"a float64 tensor of shape [{k}, 3]", answer.describe())


mistake = gradient_many.mistake
GRADIENT = "tape.gradient(values, theta)"
mistake(
    "mean_over_rows",
    "The more rows, the smaller each: something is averaged over the rows.",
    f"return {GRADIENT}",
    f"return {GRADIENT} / tf.cast(tf.shape(theta)[0], tf.float64)",
)
mistake(
    "mean_over_points",
    "This is the gradient of the mean over the points; the sum is wanted.",
    "tf.reduce_sum(terms, axis=1)",
    "tf.reduce_mean(terms, axis=1)",
)
mistake(
    "rows_added_up",
    "All rows are the same: the gradients are added up over the rows.",
    f"return {GRADIENT}",
    f"return tf.zeros_like(theta) + tf.reduce_sum({GRADIENT}, axis=0)",
)
mistake(
    "transposed",
    "The shape is [3, k]: a row is one line.",
    f"return {GRADIENT}",
    f"return tf.transpose({GRADIENT})",
)
mistake(
    "first_row_only",
    "All rows are those of the first line.",
    f"return {GRADIENT}",
    f"return tf.zeros_like(theta) + {GRADIENT}[:1]",
)
mistake(
    "with_respect_to_s",
    "The third column is the derivative with respect to s; multiply by ds / d log s.",
    f"return {GRADIENT}",
    f"return {GRADIENT} * tf.concat([tf.ones_like(theta[:, :2]), tf.exp(-theta[:, 2:])], axis=1)",
)
mistake(
    "numpy_exponential",
    "`np.exp` leaves TensorFlow: the tape does not see how log s enters.",
    "tf.exp(log_s)",
    "np.exp(log_s)",
)
mistake(
    "scale_outside_the_tape",
    "The exponential is taken before the tape begins, so that log s has lost part of its effect.",
    "/ tf.exp(log_s)",
    "/ tf.stop_gradient(tf.exp(log_s))",
)
mistake(
    "max_over_rows",
    "Only the row with the largest value has derivatives.",
    "tf.reduce_sum(terms, axis=1)",
    "tf.reduce_max(tf.reduce_sum(terms, axis=1))",
)
mistake(
    "values_returned",
    "These are the log likelihoods; their derivatives are wanted.",
    f"return {GRADIENT}",
    "return values[:, None] + 0.0 * theta",
)
mistake(
    "log_of_a_sum",
    "The rows compete: a row's derivatives shrink when another row is better.",
    "tf.reduce_sum(terms, axis=1)",
    "tf.reduce_logsumexp(tf.reduce_sum(terms, axis=1))",
)
mistake(
    "single_precision",
    "About seven digits are right: float32 is not enough here.",
    f"return {GRADIENT}",
    f"return tf.cast(tf.cast({GRADIENT}, tf.float32), tf.float64)",
)
mistake(
    "prior_included",
    "Something is added that does not depend on the data: the likelihood alone is wanted.",
    f"return {GRADIENT}",
    f"return {GRADIENT} - theta",
)
mistake(
    "jacobian_added",
    "The third column is off by one: nothing is to be added for the change to log s.",
    f"return {GRADIENT}",
    f"return {GRADIENT} + tf.constant([0.0, 0.0, 1.0], tf.float64)",
)
mistake(
    "clipped_scale",
    "Beyond some value, log s makes no difference; every real number is allowed.",
    "tf.exp(log_s)",
    "tf.exp(tf.clip_by_value(log_s, -8.0, 8.0))",
)
mistake(
    "normalised",
    "Every row has length one: the size of a gradient matters.",
    f"return {GRADIENT}",
    f"return tf.math.l2_normalize({GRADIENT}, axis=1)",
)
mistake(
    "downhill",
    "It points downhill: is it the negative log likelihood that you differentiate?",
    f"return {GRADIENT}",
    f"return -{GRADIENT}",
)
mistake(
    "order_b_m",
    "The first two columns have changed places: a row is (m, b, log s).",
    "m, b, log_s = tf.unstack",
    "b, m, log_s = tf.unstack",
)
mistake(
    "price_forgotten",
    "The third column misses the price of the scale, -1 for each point.",
    "- log_s - 0.5",
    "- 0.5",
)
mistake(
    "scale_not_squared",
    "The residual is squared, and the scale below it is not: the first two columns are right where "
    "s is one, and only there.",
    "((y - m * x - b) / tf.exp(log_s)) ** 2",
    "(y - m * x - b) ** 2 / tf.exp(log_s)",
)
mistake(
    "jacobian_for_gradient",
    "This has the shape [k, k, 3], each value's derivatives by every row; a value depends on its "
    "own row alone.",
    GRADIENT,
    "tape.jacobian(values, theta)",
)
mistake(
    "price_once",
    "The price of the scale is in the third column once for each row; every point pays it.",
    f"return {GRADIENT}",
    f"return {GRADIENT} + (len(x) - 1) * tf.constant([0.0, 0.0, 1.0], tf.float64)",
)
