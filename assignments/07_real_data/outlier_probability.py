"""Claims about `outlier_probability(x, y, sigma_y, draws)`: 4 points."""

from __future__ import annotations

import numpy as np

from course_lib.claims import EPS, ClaimFailure, agree, exercise, float64_array

from .inputs import CERTAIN, DRAWN, FAR, MANY_DRAWS, ON_TABLE, ONE_DRAW, SHUFFLED, Array, Drawn
from .truth import shares

OPERATIONS = 200  # as in `mixture_log_like`


@exercise(points=4)
def outlier_probability(x: Array, y: Array, sigma_y: Array, draws: Array) -> Array:
    """Each point's probability to be bad ``[n]``: its mean over the draws ``[k, 5]``."""
    if not len(draws):
        raise ValueError("a mean needs at least one draw")
    return np.mean([shares(x, y, sigma_y, *theta)[1] for theta in draws], axis=0)


def tolerance(truth, drawn: Drawn) -> Array:
    """What rounding can do to each point's mean."""
    return (OPERATIONS + len(drawn.draws)) * EPS * truth.probability_scale(*drawn)


def right(student, truth, drawn: Drawn) -> None:
    """Raise unless all probabilities are right."""
    found = student.outlier_probability(*drawn)
    agree(found, truth(*drawn), tolerance=tolerance(truth, drawn))


@outlier_probability.claim(points=0.5, gate=True, always=ON_TABLE)
def suspects_point_three_more_than_six(student, truth, drawn):
    """In the paper's table, point 3 is bad and point 6 is good."""
    found = np.asarray(student.outlier_probability(*drawn))
    if found.shape != (20,):
        raise ClaimFailure("an array of shape [20]", found)
    assert found[2] > found[5], f"point 3 has {found[2]:.3g}, and point 6 has {found[5]:.3g}"


@outlier_probability.claim(points=1.25, draws=8, always=(MANY_DRAWS,), drawn=DRAWN)
def has_the_right_values(student, truth, drawn):
    """A point's probability to be bad, averaged over the draws."""
    right(student, truth, drawn)


@outlier_probability.claim(points=0.5, draws=6, drawn=ONE_DRAW)
def one_draw_is_bayes_rule(student, truth, drawn):
    """For one draw it is the share of the bad in the density of the point."""
    right(student, truth, drawn)


@outlier_probability.claim(points=0.5, relative=True, draws=4, drawn=DRAWN)
def is_the_mean_over_the_draws(student, truth, drawn):
    """For several draws it is the mean of what they give one by one."""
    whole = student.outlier_probability(*drawn)
    alone = [student.outlier_probability(*drawn._replace(draws=row[None])) for row in drawn.draws]
    agree(whole, np.mean(alone, axis=0), tolerance=2 * tolerance(truth, drawn))


@outlier_probability.claim(points=0.5, always=FAR)
def far_points_are_certain(student, truth, drawn):
    """Where both densities are zero in float64: one or zero, as the logs say, and not NaN."""
    right(student, truth, drawn)


@outlier_probability.claim(points=0.25, always=CERTAIN)
def certain_weights_are_right(student, truth, drawn):
    """If p is zero nobody is bad, and if p is one everybody is."""
    right(student, truth, drawn)


@outlier_probability.claim(points=0.25, relative=True, draws=3, drawn=SHUFFLED)
def keeps_the_order_of_the_points(student, truth, drawn):
    """Points in another order have their probabilities in that order."""
    x, y, sigma_y, draws = drawn
    found = np.asarray(student.outlier_probability(*drawn))
    turned = student.outlier_probability(
        np.roll(x, 1), np.roll(y, 1), np.roll(sigma_y, 1), draws[::-1]
    )
    agree(turned, np.roll(found, 1), tolerance=2 * np.roll(tolerance(truth, drawn), 1))


@outlier_probability.claim(points=0.25, draws=3, drawn=DRAWN)
def gives_a_probability_for_each_point(student, truth, drawn):
    """There is one number for each point, from zero to one."""
    float64_array(student.outlier_probability.answer(*drawn), len(drawn.x))
    found = np.asarray(student.outlier_probability(*drawn))
    assert np.all((found >= 0) & (found <= 1)), "some are not between zero and one"


mistake = outlier_probability.mistake
COLUMNS = "m, b, logit_p, y_b, log_s_b = draws.T[:, :, None]"
GOOD = "good = -0.5 * ((y - m * x - b) / sigma_y) ** 2 - np.log(sigma_y)"
WIDTH = "width = np.sqrt(sigma_y**2 + np.exp(2 * log_s_b))"
BAD = "bad = -0.5 * ((y - y_b) / width) ** 2 - np.log(width)"
RETURN = "return np.mean(expit(logit_p + bad - good), axis=0)"
mistake(
    "probability_to_be_good",
    "These are the probabilities to be good.",
    RETURN,
    "return np.mean(expit(good - logit_p - bad), axis=0)",
)
mistake(
    "at_the_mean_draw",
    "The draws are averaged first; average the probabilities.",
    COLUMNS,
    "m, b, logit_p, y_b, log_s_b = np.mean(draws, axis=0)[:, None, None]",
)
mistake(
    "first_draw",
    "Only the first draw counts.",
    COLUMNS,
    "m, b, logit_p, y_b, log_s_b = draws[:1].T[:, :, None]",
)
mistake(
    "last_draw",
    "Only the last draw counts.",
    RETURN,
    "return expit(logit_p + bad - good)[-1]",
)
mistake(
    "naive_ratio",
    "Far away both densities are zero, and zero over zero is NaN: take the log of their ratio.",
    RETURN,
    "p = expit(logit_p)\n"
    "    return np.mean(p * np.exp(bad) / (p * np.exp(bad) + (1 - p) * np.exp(good)), axis=0)",
)
mistake(
    "ratio_of_means",
    "This is a ratio of two means; the mean of the ratios is wanted.",
    RETURN,
    "p = expit(logit_p)\n"
    "    one, other = np.mean(p * np.exp(bad), axis=0), np.mean((1 - p) * np.exp(good), axis=0)\n"
    "    return one / (one + other + 1e-300)",
)
mistake(
    "prior_forgotten",
    "How many bad points there are, p, makes no difference.",
    "expit(logit_p + bad - good)",
    "expit(bad - good)",
)
mistake(
    "prior_only",
    "This is p for every point: what does the point itself say?",
    "expit(logit_p + bad - good)",
    "expit(logit_p + 0 * bad)",
)
mistake(
    "prior_of_the_wrong_sign",
    "The more bad points there are, the less you suspect one: look at the sign of logit p.",
    "logit_p + bad",
    "bad - logit_p",
)
mistake(
    "median_over_the_draws",
    "This is the median over the draws; the mean is wanted.",
    "np.mean(expit",
    "np.median(expit",
)
mistake(
    "hard_flags",
    "Each draw says yes or no here; it has a probability.",
    "expit(logit_p + bad - good)",
    "(logit_p + bad - good > 0).astype(float)",
)
mistake(
    "averaged_over_points",
    "The mean is over the points; it is over the draws.",
    RETURN,
    "found = expit(logit_p + bad - good)\n    return np.full(len(x), np.mean(found))",
)
mistake(
    "odds",
    "These are odds, p / (1 - p).",
    "expit(logit_p + bad - good)",
    "np.exp(np.minimum(logit_p + bad - good, 700))",
)
mistake(
    "logs_averaged",
    "The logs of the probabilities are averaged.",
    RETURN,
    "return np.exp(np.mean(-np.logaddexp(0, good - bad - logit_p), axis=0))",
)
mistake(
    "log_odds_averaged",
    "The log odds are averaged before the sigmoid is taken; average the probabilities.",
    RETURN,
    "return expit(np.mean(logit_p + bad - good, axis=0))",
)
mistake(
    "log_variance_for_log_s",
    "log s_b is taken for the log of a variance.",
    "np.exp(2 * log_s_b)",
    "np.exp(log_s_b)",
)
mistake(
    "bad_without_sigma_y",
    "A bad point has its error bar, too: the variances add up.",
    WIDTH,
    "width = np.exp(log_s_b) + 0 * sigma_y",
)
mistake(
    "bad_about_the_line",
    "Bad points scatter about y_b, wherever the line is.",
    "(y - y_b) / width",
    "(y - m * x - b) / width",
)
mistake(
    "widths_forgotten",
    "The densities lack their 1/σ: a wide one is low.",
    f"{GOOD}\n    {WIDTH}\n    {BAD}",
    f"{GOOD.removesuffix(' - np.log(sigma_y)')}\n    {WIDTH}\n"
    f"    {BAD.removesuffix(' - np.log(width)')}",
)
mistake(
    "not_averaged",
    "There is a row for each draw; their mean is wanted.",
    RETURN,
    "return expit(logit_p + bad - good)",
)
mistake(
    "normalised_over_points",
    "The probabilities add up to one over the points; each point stands for itself.",
    RETURN,
    "found = np.mean(expit(logit_p + bad - good), axis=0)\n    return found / np.sum(found)",
)
mistake(
    "added_over_the_draws",
    "The draws are added up; their mean is wanted.",
    "np.mean(expit",
    "np.sum(expit",
)
mistake(
    "single_precision",
    "About seven digits are right: float32 is not enough here.",
    "expit(logit_p + bad - good)",
    "expit((logit_p + bad - good).astype(np.float32)).astype(float)",
)
mistake(
    "of_the_table",
    "Your function uses the notebook's data and not the ones that it is given.",
    COLUMNS,
    "x, y, sigma_y = x_data, y_data, s_data\n    " + COLUMNS,
)
mistake(
    "weight_of_the_good_forgotten",
    "A bad point is weighed with p, and a good one with nothing: 1 - p is missing.",
    "expit(logit_p + bad - good)",
    "expit(bad - good - np.logaddexp(0, -logit_p))",
)
mistake(
    "odds_cut_off_at_one",
    "This is bad over good, cut off at one: odds, and not a share of the two together.",
    "expit(logit_p + bad - good)",
    "np.exp(np.minimum(logit_p + bad - good, 0))",
)
