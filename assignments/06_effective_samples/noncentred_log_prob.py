"""Claims about `noncentred_log_prob(y, sigma, mu, log_tau, z)`: 4 points."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from course_lib.claims import agree, exercise, falls, float64_tensors, rounding

from .inputs import EXTREMES, ONE_SCHOOL, PAIRS, SCHOOLS, THIRTY, Array, Schools


@exercise(points=4, takes="tensors", differentiable="mu log_tau z", up_to_a_constant=True)
def noncentred_log_prob(y: Array, sigma: Array, mu: float, log_tau: float, z: Array) -> float:
    """The log density, ``[]``, of mu, log tau and z ``[k]``, for effects y ± sigma ``[k]``.

    A school's true effect is mu + tau z; z ~ N(0, 1), mu ~ N(0, 5²), tau ~ half-Cauchy(5).
    """
    tau = np.exp(log_tau)
    r = (y - (mu + tau * z)) / sigma
    prior = -0.5 * (mu / 5) ** 2 - np.log1p((tau / 5) ** 2) + log_tau
    return float(prior - 0.5 * np.sum(z**2) - 0.5 * np.sum(r**2))


@noncentred_log_prob.gradient
def _gradient(
    y: Array, sigma: Array, mu: float, log_tau: float, z: Array
) -> tuple[float, float, Array]:
    """With respect to mu, log tau and each z, ``[2 + k]``."""
    tau = np.exp(log_tau)
    pull = (y - (mu + tau * z)) / sigma**2
    by_log_tau = np.sum(pull * tau * z) + 1 - 2 * (tau / 5) ** 2 / (1 + (tau / 5) ** 2)
    return float(np.sum(pull) - mu / 25), float(by_log_tau), tau * pull - z


def tolerance(truth, *every: Schools) -> float:
    """What rounding can do to a difference of these."""
    return sum(float(rounding(len(one.y), truth.schools_scale(*one))) for one in every)


def right(student, truth, schools: Schools) -> None:
    """Raise unless the difference to the same data at their home is right."""
    home = schools.home
    here, there = student.noncentred_log_prob(*schools), student.noncentred_log_prob(*home)
    due = truth(*schools) - truth(*home)
    z = home.z.round(1).tolist()
    z_words = str(z) if len(z) <= 8 else f"[{z[0]}, {z[1]}, …, {z[-1]}]"
    words = f"this is the difference to mu = 0.3, log tau = 0.2, z = {z_words}"
    agree(here - there, due, tolerance=tolerance(truth, schools, home), message=words)


@noncentred_log_prob.claim(points=0.25, gate=True, draws=4, schools=SCHOOLS)
def falls_as_the_data_move_away(student, truth, schools):
    """The further the data are from the schools' true effects, the lower the value."""
    theta = schools.mu + np.exp(schools.log_tau) * schools.z
    moved = [schools._replace(y=theta + k * (schools.y - theta)) for k in (1, 3, 9)]
    values = [student.noncentred_log_prob(*each) for each in moved]
    for near, far in pairwise(values):
        falls(near, far, "with every effect three times as far away")


@noncentred_log_prob.claim(points=1.25, draws=12, always=(THIRTY,), schools=SCHOOLS)
def has_the_right_differences(student, truth, schools):
    """Compared with other parameters, it is higher or lower by the right amount."""
    right(student, truth, schools)


@noncentred_log_prob.claim(points=0.5, always=EXTREMES)
def is_right_in_the_neck_and_far_out(student, truth, schools):
    """At tau = e^-30 and e^6 it is finite and right."""
    right(student, truth, schools)


@noncentred_log_prob.claim(points=0.25, relative=True, draws=4, schools=SCHOOLS)
def z_is_standard_normal_in_the_neck(student, truth, schools):
    """Where tau vanishes the data say nothing of z: there it is standard normal."""
    neck = schools._replace(log_tau=-40.0)
    rest = neck._replace(z=0 * neck.z)
    values = [student.noncentred_log_prob(*each) for each in (neck, rest)]
    due = -0.5 * np.sum(schools.z**2)
    words = "this is the difference to z = 0 at log tau = -40"
    agree(values[0] - values[1], due, tolerance=tolerance(truth, neck, rest), message=words)


@noncentred_log_prob.claim(points=0.25, draws=4, schools=ONE_SCHOOL)
def one_school_is_enough(student, truth, schools):
    """One school is data, too."""
    right(student, truth, schools)


@noncentred_log_prob.claim(points=0.25, relative=True, draws=4, schools=PAIRS)
def the_order_of_the_schools_makes_no_difference(student, truth, schools):
    """The same schools in another order, each with its own z."""
    one = student.noncentred_log_prob(*schools)
    found = student.noncentred_log_prob(*schools.reversed)
    agree(found, one, tolerance=2 * tolerance(truth, schools))


@noncentred_log_prob.claim(points=0.75, draws=6, always=EXTREMES, schools=SCHOOLS)
def can_be_differentiated(student, truth, schools):
    """TensorFlow finds the derivatives with respect to mu, log tau and each z."""
    scales = np.concatenate([np.ravel(part) for part in truth.schools_gradient_scale(*schools)])
    agree(
        student.noncentred_log_prob.gradient(*schools),
        truth.gradient(*schools),
        tolerance=rounding(len(schools.y), scales),
    )


@noncentred_log_prob.claim(points=0.5, draws=3, schools=SCHOOLS)
def returns_one_float64_tensor(student, truth, schools):
    """What comes back is one float64 tensor without axes."""
    float64_tensors(student.noncentred_log_prob.answer(*schools), count=1)


mistake = noncentred_log_prob.mistake
TAU = "tau = tf.exp(log_tau)"
THETA = "theta = mu + tau * z"
LIKE = "-0.5 * tf.reduce_sum(((y - theta) / sigma) ** 2)"
CAUCHY = "- tf.math.log1p((tau / 5) ** 2)"
NORMAL = "- 0.5 * tf.reduce_sum(z**2)"
PRIOR = f"-0.5 * (mu / 5) ** 2 {CAUCHY} + log_tau"
mistake(
    "jacobian_of_tau_forgotten",
    "The prior is one for τ, and the parameter is log τ: the determinant dτ / d log τ is missing.",
    f"{CAUCHY} + log_tau",
    CAUCHY,
)
mistake(
    "jacobian_twice",
    "log τ is added twice: the determinant of τ = exp(log τ) counts once.",
    f"{CAUCHY} + log_tau",
    f"{CAUCHY} + 2 * log_tau",
)
mistake(
    "eight_log_tau_left",
    "A log τ for each school is left over from the centred form: z has a density of its own.",
    NORMAL,
    f"{NORMAL} - log_tau * tf.cast(tf.size(y), tf.float64)",
)
mistake(
    "eight_log_tau_added",
    "A log τ for each school is added: the density of z does not know τ.",
    NORMAL,
    f"{NORMAL} + log_tau * tf.cast(tf.size(y), tf.float64)",
)
mistake("tau_for_log_tau", "log τ is used as τ.", TAU, "tau = log_tau")
mistake(
    "tau_squared",
    "exp(log τ) is used as a variance; it is a width.",
    TAU,
    "tau = tf.exp(0.5 * log_tau)",
)
mistake(
    "prior_on_theta_and_z",
    "The schools' prior counts twice: on θ and on z.",
    NORMAL,
    f"{NORMAL} - 0.5 * tf.reduce_sum(((theta - mu) / tau) ** 2)",
)
mistake(
    "z_prior_forgotten",
    "z has no prior: nothing holds the schools together.",
    f" {NORMAL}",
    "",
)
mistake(
    "mu_forgotten",
    "The schools' effects are about zero, and not about μ.",
    THETA,
    "theta = tau * z",
)
mistake("tau_forgotten", "The schools' effects do not know τ.", THETA, "theta = mu + z")
mistake("z_sign", "The effects lie on the wrong side of μ.", THETA, "theta = mu - tau * z")
mistake(
    "half_cauchy_of_scale_1",
    "The half-Cauchy prior of τ has the scale 5.",
    CAUCHY,
    "- tf.math.log1p(tau**2)",
)
mistake(
    "five_not_squared",
    "In the half-Cauchy prior, τ / 5 is squared as a whole.",
    CAUCHY,
    "- tf.math.log1p(tau**2 / 5)",
)
mistake(
    "half_normal",
    "The prior of τ is half-Cauchy; this is a half-normal one.",
    CAUCHY,
    "- 0.5 * (tau / 5) ** 2",
)
mistake("flat_in_tau", "The prior of τ is missing: it is flat here.", f" {CAUCHY}", "")
mistake(
    "flat_in_log_tau",
    "The prior of τ is missing, and it is flat in log τ: in the neck the density has no end.",
    f" {CAUCHY} + log_tau",
    "",
)
mistake("mu_prior_flat", "The prior of μ is missing.", "-0.5 * (mu / 5) ** 2 ", "")
mistake(
    "mu_variance_5",
    "The prior of μ has the width 5, and not the variance 5.",
    "-0.5 * (mu / 5) ** 2",
    "-0.5 * mu**2 / 5",
)
mistake(
    "sigma_as_variance",
    "σ is used as a variance; it is a width.",
    LIKE,
    "-0.5 * tf.reduce_sum((y - theta) ** 2 / sigma)",
)
mistake("sigma_forgotten", "The errors of the data do not count.", " / sigma", " / 1.0")
mistake(
    "half_forgotten", "The factor ½ is missing.", LIKE, "-tf.reduce_sum(((y - theta) / sigma) ** 2)"
)
mistake(
    "mean",
    "This is the mean over the schools; the sum is wanted.",
    LIKE,
    LIKE.replace("sum", "mean"),
)
mistake(
    "sign", "The value rises as the data move away.", f"log_like = {LIKE}", f"log_like = -({LIKE})"
)
mistake(
    "numpy_exp",
    "TensorFlow sees no way from log τ to the value: `np.exp` is not its own.",
    TAU,
    "tau = np.exp(log_tau)",
)
mistake(
    "gradient_stopped",
    "The derivatives are wrong, the value is right: something hides θ from the tape.",
    THETA,
    "theta = tf.stop_gradient(mu + tau * z)",
)
mistake(
    "single_precision",
    "About seven digits are right: float32 is not enough here.",
    THETA,
    "theta = tf.cast(tf.cast(mu + tau * z, tf.float32), tf.float64)",
)
mistake(
    "keeps_an_axis",
    "There is an axis left: a number has the shape [].",
    NORMAL,
    "- 0.5 * tf.reduce_sum(z**2, keepdims=True)",
)
mistake(
    "prior_for_every_school",
    "The priors of μ and τ count once for each school; they count once.",
    f"log_prior = {PRIOR}",
    f"log_prior = ({PRIOR}) * tf.cast(tf.size(y), tf.float64)",
)
mistake(
    "clipped",
    "Deep in the neck something holds τ up.",
    TAU,
    "tau = tf.maximum(tf.exp(log_tau), 1e-3)",
)
mistake(
    "z_for_theta",
    "The data are compared with z itself; they are measurements of what z stands for, the school's "
    "effect.",
    THETA,
    "theta = z",
)
mistake(
    "z_prior_centred",
    "The prior of z is that of θ here, about μ and as wide as τ; z is a unit normal.",
    NORMAL,
    "- 0.5 * tf.reduce_sum(((z - mu) / tau) ** 2)",
)
mistake(
    "log_tau_in_theta",
    "The schools' effects have log τ where the width τ belongs; the prior of τ is right.",
    THETA,
    "theta = mu + log_tau * z",
)
mistake(
    "tau_squared_in_theta",
    "The schools' effects have τ² where the width τ belongs: right where τ is one, and only there.",
    THETA,
    "theta = mu + tau**2 * z",
)
mistake(
    "mean_of_z_squared",
    "In the prior of z, the squares are averaged over the schools: right with one school only.",
    NORMAL,
    "- 0.5 * tf.reduce_mean(z**2)",
)
