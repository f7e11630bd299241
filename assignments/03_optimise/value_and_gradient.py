"""Claims about `value_and_gradient(x, y, theta)`: 3 points."""

from __future__ import annotations

import numpy as np
import scipy.optimize

from course_lib.claims import ClaimFailure, Numbers, agree, exercise, rounding

from .inputs import DATA, LINES, SIXTY, STEEP, Array

# L-BFGS-B stops within 1.3e-4 standard errors of the top (300 fits); the smallest mistake that is
# to be told apart, another scale, is 0.14 of them.
THERE = 0.02


@exercise(points=3)
def value_and_gradient(x: Array, y: Array, theta: Array) -> tuple[float, Array]:
    """The negative log likelihood, and its derivatives by (m, b, log s) ``[3]``; x, y ``[n]``."""
    m, b, log_s = theta
    r = y - m * x - b
    inverse = np.exp(-2 * log_s)
    value = np.sum(0.5 * r**2 * inverse + log_s + 0.5 * np.log(2 * np.pi))
    gradient = [-np.sum(r * x) * inverse, -np.sum(r) * inverse, np.sum(1 - r**2 * inverse)]
    return float(value), np.array(gradient)


@value_and_gradient.claim(points=0.25, gate=True, draws=5, line=LINES)
def rises_as_the_line_leaves_the_points(student, truth, line):
    """Lifting a line that is above all points makes the value larger, and the slope positive."""
    x, _, (m, b, log_s) = line
    s = float(np.exp(log_s))
    y = m * x + b
    near, far = (
        student.value_and_gradient(x, y, np.array([m, b + k * s, log_s])) for k in (2.0, 4.0)
    )
    if not (far[0] > near[0] and np.size(near[1]) == 3 and np.ravel(near[1])[1] > 0):
        raise ClaimFailure("a larger value with the line lifted, and a positive slope along b", far)


@value_and_gradient.claim(points=0.75, draws=10, always=(SIXTY,), line=LINES)
def has_the_right_value(student, truth, line):
    """The first part is minus the log likelihood, constants included."""
    value = student.value_and_gradient(*line)[0]
    agree(value, truth(*line)[0], tolerance=rounding(len(line.x), truth.value_scale(*line)))


@value_and_gradient.claim(points=0.75, draws=10, line=LINES)
def has_the_right_gradient(student, truth, line):
    """The second part is its gradient with respect to (m, b, log s)."""
    gradient = student.value_and_gradient(*line)[1]
    agree(gradient, truth(*line)[1], tolerance=rounding(len(line.x), truth.gradient_scale(*line)))


@value_and_gradient.claim(points=0.25, draws=1, always=STEEP, line=LINES)
def every_scale_is_allowed(student, truth, line):
    """Scales from e^-18 to e^12 give right values and gradients."""
    value, gradient = student.value_and_gradient(*line)
    due, slope = truth(*line)
    agree(value, due, tolerance=rounding(len(line.x), truth.value_scale(*line)))
    agree(gradient, slope, tolerance=rounding(len(line.x), truth.gradient_scale(*line)))


@value_and_gradient.claim(points=0.5, draws=2, data=DATA)
def scipy_finds_the_top_with_it(student, truth, data):
    """SciPy's L-BFGS-B arrives at the most likely line."""
    x, y, top = data.arguments
    start = top + np.array([0.3, -0.3, 0.5])

    def asked(theta: Array) -> tuple[float, Array]:
        value, gradient = student.value_and_gradient(x, y, np.array(theta))
        return float(value), np.ravel(gradient)

    with np.errstate(all="ignore"):
        try:
            found = scipy.optimize.minimize(asked, start, jac=True, method="L-BFGS-B").x
        except (ValueError, TypeError, OverflowError):  # what it is given is no value and gradient
            found = np.full(3, np.nan)
    n, s = len(x), np.exp(top[2])
    errors = np.array([s / np.sqrt(n) / np.std(x), s / np.sqrt(n), np.sqrt(0.5 / n)])
    agree(found, top, tolerance=THERE * errors, message="this is where SciPy arrives")


@value_and_gradient.claim(points=0.5, draws=3, line=LINES)
def returns_a_float_and_an_array(student, truth, line):
    """What comes back is a float and a float64 array of shape [3]."""
    answer = student.value_and_gradient.answer(*line)
    parts = answer.value if isinstance(answer.value, (tuple, list)) else ()
    if len(parts) == 2:
        value, gradient = parts
        single = isinstance(value, float) or (
            isinstance(value, Numbers)
            and value.kind != "tensor"
            and value.values.shape == ()
            and value.dtype == "float64"
        )
        array = isinstance(gradient, Numbers) and gradient.kind != "tensor"
        if single and array and gradient.values.shape == (3,) and gradient.dtype == "float64":
            return
    raise ClaimFailure("a float and a float64 array of shape [3]", answer.describe())


mistake = value_and_gradient.mistake
VALUE = "value = -tf_log_like(x, y, theta)"
RETURN = "float(value), tape.gradient(value, theta).numpy()"
mistake(
    "climbs",
    "SciPy goes down, so it wants the negative log likelihood.",
    VALUE,
    "value = tf_log_like(x, y, theta)",
)
mistake(
    "value_sign",
    "Value and gradient do not belong together: one of them has the other sign.",
    "float(value), ",
    "-float(value), ",
)
mistake(
    "gradient_sign",
    "The gradient is that of the log likelihood; the value is its negative.",
    "float(value), tape",
    "float(value), -tape",
)
mistake(
    "with_respect_to_s",
    "The third derivative is with respect to s; multiply by ds / d log s.",
    RETURN,
    "float(value), tape.gradient(value, theta).numpy() * [1, 1, np.exp(-theta[2])]",
)
mistake(
    "mean",
    "This is the mean over the points; the sum is wanted.",
    VALUE,
    "value = -tf_log_like(x, y, theta) / len(x)",
)
mistake(
    "a_column",
    "The gradient has the shape [3, 1]; SciPy wants [3].",
    RETURN,
    "float(value), tape.gradient(value, theta).numpy()[:, None]",
)
mistake(
    "value_in_an_array",
    "The value comes in an array of one; a float is wanted.",
    "float(value), ",
    "np.array([float(value)]), ",
)
mistake(
    "tensors",
    "These are tensors; SciPy calculates with floats and arrays.",
    RETURN,
    "value, tape.gradient(value, theta)",
)
mistake(
    "scale_does_not_move",
    "The third derivative is zero, so that the scale stays where it starts.",
    RETURN,
    "float(value), tape.gradient(value, theta).numpy() * [1, 1, 0]",
)
mistake(
    "single_precision",
    "About seven digits are right: float32 is not enough here.",
    RETURN,
    "float(np.float32(value)), np.float64(np.float32(tape.gradient(value, theta)))",
)
mistake(
    "theta_has_s",
    "The third parameter is used as s; it is log s.",
    "theta = tf.constant(theta)",
    "theta = tf.constant(theta)\n    log = tf.math.log(tf.abs(theta[2]) + 1e-300)\n"
    "    theta = tf.stack([theta[0], theta[1], log])",
)
mistake(
    "jacobian_added",
    "The third derivative is off by one: nothing is to be added for the change to log s.",
    VALUE,
    "value = -tf_log_like(x, y, theta) - theta[2]",
)
mistake(
    "constant_dropped",
    "The gradient is right, and the value is off by the same amount for each point: log 2π / 2.",
    VALUE,
    "value = -tf_log_like(x, y, theta) - 0.5 * len(x) * np.log(2 * np.pi)",
)
mistake(
    "order_b_m",
    "The first two derivatives have changed places.",
    RETURN,
    "float(value), tape.gradient(value, theta).numpy()[[1, 0, 2]]",
)
mistake(
    "parts_swapped",
    "The gradient comes first; the value should.",
    RETURN,
    "tape.gradient(value, theta).numpy(), float(value)",
)
mistake(
    "global_data",
    "The notebook's data are used, and not the ones that are given.",
    VALUE,
    "value = -tf_log_like(x_data, y_data, theta)",
)
mistake(
    "price_of_the_scale_forgotten",
    "This is half of χ²: the price of the scale is missing, so that a huge scale would be best.",
    VALUE,
    f"{VALUE} - len(x) * (theta[2] + 0.5 * np.log(2 * np.pi))",
)
