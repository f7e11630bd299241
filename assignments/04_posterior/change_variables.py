"""Claims about `change_variables(log_density, inverse, y)`: 4 points."""

from __future__ import annotations

import numpy as np

from course_lib.claims import agree, exercise, float64_tensors

from .inputs import BENT, FORTY, ITSELF, LOG_NORMALS, MIRRORED, Array, Change
from .truth import inverse_of, log_density_of

# A determinant of 40 numbers loses some eps each; 1e-11 of the parts has room for any method.
DIGITS = 1e-11


@exercise(points=4, takes="tensors")
def change_variables(log_density: str, inverse: str, y: Array) -> float:
    """The log density of y ``[d]``, ``[]``, where inverse(y) has the log density `log_density`.

    The truth gets both functions by their names.
    """
    x, log_determinant = inverse_of(inverse, y)
    return log_density_of(log_density, x) + log_determinant


def right(student, truth, change: Change) -> None:
    """Raise unless the value is right."""
    due = truth(*change.arguments)
    parts = 50 + abs(due) + 0.5 * np.sum(truth.inverse_of(change.inverse, change.y)[0] ** 2)
    agree(student.change_variables(*change.arguments), due, tolerance=DIGITS * parts)


@change_variables.claim(points=0.5, gate=True, draws=4, change=LOG_NORMALS)
def makes_a_log_normal_of_a_normal(student, truth, change):
    """If log y is normal, the density of y is the normal's divided by y."""
    right(student, truth, change)


@change_variables.claim(points=1.5, draws=16, change=BENT)
def has_the_right_value(student, truth, change):
    """Angles, rotations, lines, a funnel, polar coordinates: each costs its determinant."""
    right(student, truth, change)


@change_variables.claim(points=0.5, draws=4, change=MIRRORED)
def a_reflection_costs_no_more(student, truth, change):
    """A determinant may be negative; its size is what counts."""
    right(student, truth, change)


@change_variables.claim(points=0.5, always=FORTY)
def forty_parameters_are_no_harder(student, truth, change):
    """Determinants beyond the range of float64 have logarithms within it."""
    right(student, truth, change)


@change_variables.claim(points=0.25, draws=3, change=ITSELF)
def no_change_costs_nothing(student, truth, change):
    """If x is y, the densities are the same."""
    right(student, truth, change)


@change_variables.claim(points=0.25)
def has_area_one(student, truth):
    """The log-normal encloses an area of one."""
    # In t = log y, trapezoids over ±7.5 in steps of 0.3: exact to 1e-13 for a Gaussian.
    t = np.linspace(-7.5, 7.5, 51)
    places = [Change("standard_normal", "log_of", np.array([y])) for y in np.exp(t)]
    heights = [student.change_variables(*place.arguments) for place in places]
    area = np.sum(np.exp(np.array(heights, dtype=float) + t)) * (t[1] - t[0])
    agree(area, 1.0, tolerance=1e-9, message="this is the area")


@change_variables.claim(points=0.5, draws=3, change=LOG_NORMALS)
def returns_one_float64_tensor(student, truth, change):
    """What comes back is one float64 tensor without axes."""
    float64_tensors(student.change_variables.answer(*change.arguments), count=1)


mistake = change_variables.mistake
DETERMINANT = "tf.linalg.slogdet(tape.jacobian(x, y))[1]"
mistake(
    "no_determinant",
    "This is the density at the other place alone: what does a stretch do to a density?",
    f" + {DETERMINANT}",
    "",
)
mistake(
    "sign_of_the_determinant",
    "Where the inverse squeezes, the density should fall: look at the sign of the logarithm.",
    f"+ {DETERMINANT}",
    f"- {DETERMINANT}",
)
mistake(
    "negative_determinant",
    "A reflection gives NaN: it is the size of the determinant that counts.",
    DETERMINANT,
    "tf.math.log(tf.linalg.det(tape.jacobian(x, y)))",
)
mistake(
    "determinant_overflows",
    "With forty parameters the determinant leaves the range of float64 before its log is taken.",
    DETERMINANT,
    "tf.math.log(tf.abs(tf.linalg.det(tape.jacobian(x, y))))",
)
mistake(
    "not_logged",
    "The determinant itself is added; add its logarithm.",
    DETERMINANT,
    "tf.abs(tf.linalg.det(tape.jacobian(x, y)))",
)
mistake(
    "diagonal_only",
    "Only the diagonal of the Jacobian counts in your answer: a rotation has to cost nothing.",
    DETERMINANT,
    "tf.reduce_sum(tf.math.log(tf.abs(tf.linalg.diag_part(tape.jacobian(x, y)))))",
)
mistake(
    "summed_gradient",
    "`tape.gradient` adds up the rows of the Jacobian; its determinant needs every row by itself.",
    DETERMINANT,
    "tf.reduce_sum(tf.math.log(tf.abs(tape.gradient(x, y))))",
)
mistake(
    "density_at_y",
    "The density is taken at y; it belongs to x, the inverse of y.",
    "log_density(x)",
    "log_density(y)",
)
mistake(
    "trace",
    "The diagonal of the Jacobian is added up; a volume is a determinant.",
    DETERMINANT,
    "tf.math.log(tf.abs(tf.linalg.trace(tape.jacobian(x, y))))",
)
mistake(
    "half_the_determinant",
    "The price is half of what it should be.",
    f"+ {DETERMINANT}",
    f"+ 0.5 * {DETERMINANT}",
)
mistake(
    "norm_of_the_jacobian",
    "The size of the Jacobian as a whole is used; a volume is a determinant.",
    DETERMINANT,
    "tf.math.log(tf.norm(tape.jacobian(x, y)))",
)
mistake(
    "inverse_twice",
    "The inverse is taken twice.",
    "log_density(x)",
    "log_density(inverse(x))",
)
mistake(
    "single_precision",
    "About seven digits are right: float32 is not enough here.",
    DETERMINANT,
    "tf.cast(tf.linalg.slogdet(tf.cast(tape.jacobian(x, y), tf.float32))[1], tf.float64)",
)
mistake(
    "sign_for_the_logarithm",
    "`slogdet` gives a sign and a logarithm: what you add is the sign.",
    DETERMINANT,
    DETERMINANT.replace("[1]", "[0]"),
)
mistake(
    "logs_multiplied",
    "Two logs are multiplied: what is a factor of the density is added to its log.",
    f"+ {DETERMINANT}",
    f"* {DETERMINANT}",
)
