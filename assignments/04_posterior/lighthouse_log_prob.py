"""Claims about `lighthouse_log_prob(x, alpha, log_beta)`: 2 points."""

from __future__ import annotations

import numpy as np

from course_lib.claims import agree, exercise, falls, rounding

from .inputs import FAR_FLASHES, FLASHES, Array, Flashes

HOME = (0.3, 0.2)  # the place to which differences are taken: the constant is free


@exercise(points=2, takes="tensors", up_to_a_constant=True)
def lighthouse_log_prob(x: Array, alpha: float, log_beta: float) -> float:
    """The log posterior, ``[]``, of flashes at x ``[n]``, flat in alpha and log beta."""
    beta = np.exp(log_beta)
    return float(np.sum(log_beta - np.log(np.pi) - np.log(beta**2 + (x - alpha) ** 2)))


def tolerance(truth, *all_flashes: Flashes) -> float:
    """What rounding can do to a difference of these."""
    return sum(float(rounding(len(f.x), truth.lighthouse_scale(*f))) for f in all_flashes)


def right(student, truth, flashes: Flashes) -> None:
    """Raise unless the difference to the same flashes at HOME is right."""
    home = flashes._replace(alpha=HOME[0], log_beta=HOME[1])
    here, there = student.lighthouse_log_prob(*flashes), student.lighthouse_log_prob(*home)
    due = truth(*flashes) - truth(*home)
    words = f"this is the difference to alpha = {HOME[0]}, log beta = {HOME[1]}"
    agree(here - there, due, tolerance=tolerance(truth, flashes, home), message=words)


@lighthouse_log_prob.claim(points=0.25, gate=True, draws=4, flashes=FLASHES)
def falls_as_the_flashes_move_away(student, truth, flashes):
    """The further the flashes are from alpha, the lower the value."""
    apart = 3 * np.exp(flashes.log_beta)
    moved = [flashes._replace(x=flashes.alpha + k * apart + 0 * flashes.x) for k in (1, 2, 4)]
    values = [student.lighthouse_log_prob(*each) for each in moved]
    falls(values[0], values[1], "with every flash twice as far away")
    falls(values[1], values[2], "with every flash twice as far away")


@lighthouse_log_prob.claim(points=0.75, draws=10, flashes=FLASHES)
def has_the_right_differences(student, truth, flashes):
    """Compared with another lighthouse, it is higher or lower by the right amount."""
    right(student, truth, flashes)


@lighthouse_log_prob.claim(points=0.25, always=FAR_FLASHES)
def far_flashes_and_close_shores_are_right(student, truth, flashes):
    """A flash at 1e8, and lighthouses from e^-5 to e^8 off the shore."""
    right(student, truth, flashes)


@lighthouse_log_prob.claim(points=0.25, relative=True, draws=4, flashes=FLASHES)
def does_not_know_where_zero_is(student, truth, flashes):
    """Moving shore, flashes and lighthouse together changes nothing."""
    moved = flashes._replace(x=flashes.x + 2.5, alpha=flashes.alpha + 2.5)
    one, other = student.lighthouse_log_prob(*flashes), student.lighthouse_log_prob(*moved)
    agree(other, one, tolerance=tolerance(truth, flashes, moved))


@lighthouse_log_prob.claim(points=0.25, relative=True, draws=4, flashes=FLASHES)
def knows_its_unit(student, truth, flashes):
    """In a unit that is 1024 times smaller, the log density of n flashes is lower by n log 1024."""
    x, alpha, log_beta = flashes
    other = Flashes(1024 * x, 1024 * alpha, log_beta + np.log(1024))
    one, scaled = student.lighthouse_log_prob(*flashes), student.lighthouse_log_prob(*other)
    due = one - len(x) * np.log(1024)
    agree(scaled, due, tolerance=tolerance(truth, flashes, other))


@lighthouse_log_prob.claim(points=0.25, relative=True, draws=4, flashes=FLASHES)
def flashes_add_up(student, truth, flashes):
    """Every flash seen twice counts twice, in every comparison of two lighthouses."""
    home = flashes._replace(alpha=HOME[0], log_beta=HOME[1])
    twice = [f._replace(x=np.tile(f.x, 2)) for f in (flashes, home)]
    one = student.lighthouse_log_prob(*flashes) - student.lighthouse_log_prob(*home)
    both = student.lighthouse_log_prob(*twice[0]) - student.lighthouse_log_prob(*twice[1])
    agree(both, 2 * one, tolerance=4 * tolerance(truth, *twice))


mistake = lighthouse_log_prob.mistake
TERMS = "log_beta - tf.math.log(beta**2 + (x - alpha) ** 2)"
mistake(
    "beta_forgotten",
    "The β in front is missing: a lighthouse far off the shore spreads its flashes.",
    TERMS,
    "-tf.math.log(beta**2 + (x - alpha) ** 2)",
)
mistake(
    "log_beta_for_beta",
    "log β is used as β.",
    "beta = tf.exp(log_beta)",
    "beta = log_beta",
)
mistake(
    "flat_in_beta",
    "This is flat in β and not in log β: no determinant is wanted here.",
    f"tf.reduce_sum({TERMS})",
    f"tf.reduce_sum({TERMS}) + log_beta",
)
mistake(
    "flat_in_one_over_beta",
    "Something is taken off for the change to log β; the prior is flat in it already.",
    f"tf.reduce_sum({TERMS})",
    f"tf.reduce_sum({TERMS}) - log_beta",
)
mistake(
    "beta_not_squared",
    "β and the square of a distance are added: β has to be squared, too.",
    "beta**2",
    "beta",
)
mistake(
    "gaussian",
    "This is a Gaussian; far flashes are much more frequent here.",
    TERMS,
    "-log_beta - 0.5 * ((x - alpha) / beta) ** 2",
)
mistake(
    "mean",
    "This is the mean over the flashes; the sum is wanted.",
    "tf.reduce_sum(",
    "tf.reduce_mean(",
)
mistake(
    "alpha_sign",
    "The lighthouse is on the wrong side of zero.",
    "x - alpha",
    "x + alpha",
)
mistake(
    "beta_once",
    "log β counts once, and not for every flash.",
    f"tf.reduce_sum({TERMS})",
    "log_beta - tf.reduce_sum(tf.math.log(beta**2 + (x - alpha) ** 2))",
)
mistake(
    "power_of_two",
    "The log of the denominator counts twice.",
    "- tf.math.log(",
    "- 2 * tf.math.log(",
)
mistake(
    "uniform_angle_as_density",
    "The directions are uniform, and the places on the shore are not: where is dφ/dx?",
    TERMS,
    "0.0 * tf.math.atan((x - alpha) / beta)",
)
mistake(
    "clipped",
    "Beyond some distance, the place of a flash makes no difference.",
    "(x - alpha) ** 2",
    "tf.clip_by_value(x - alpha, -1e3, 1e3) ** 2",
)
mistake(
    "prior_on_alpha",
    "Something holds α near zero; the prior is flat in it.",
    f"tf.reduce_sum({TERMS})",
    f"tf.reduce_sum({TERMS}) - 0.5 * alpha**2",
)
mistake(
    "sign",
    "The value rises as the flashes move away.",
    f"tf.reduce_sum({TERMS})",
    f"-tf.reduce_sum({TERMS})",
)
