"""Claims about `replicate(rng, x, sigma_y, draws)`: 4 points.

Faked data are judged by statistics. By chance, each of them would refuse a right answer in one of a
million cases at most.
"""

from __future__ import annotations

import numpy as np
from scipy import stats

from course_lib.claims import ClaimFailure, Seed, agree, exercise

from .inputs import (
    A_FIFTH,
    ALL_BAD,
    ALL_GOOD,
    AWAY,
    FEW,
    HALF,
    NONE_OR_ALL,
    SPREAD_OUT,
    Array,
    Fakes,
)

KOLMOGOROV = 2.72  # √n times the largest distance of two distributions: 7.5e-7 exceed it
TAIL = 7e-8  # on each side of a sum of squares; there is one for each of four error bars
SIGMAS = 5.2  # a unit normal is beyond it in 2e-7 of all cases


@exercise(points=4, unique=False)
def replicate(rng: np.random.Generator, x: Array, sigma_y: Array, draws: Array) -> Array:
    """One faked data set for each draw: y ``[k, n]``; x and sigma_y ``[n]``, draws ``[k, 5]``."""
    if not (len(draws) and len(x)):
        raise ValueError("there is nothing to fake")
    fakes = np.empty((len(draws), len(x)))
    for row, (m, b, logit_p, y_b, log_s_b) in enumerate(draws):
        bad = np.log(rng.uniform(size=len(x))) < -np.logaddexp(0.0, -logit_p)
        width = np.where(bad, np.sqrt(sigma_y**2 + np.exp(2 * log_s_b)), sigma_y)
        fakes[row] = np.where(bad, y_b, m * x + b) + width * rng.standard_normal(len(x))
    return fakes


def faked(student, fakes: Fakes) -> Array:
    """The faked data. Raises ClaimFailure where their shape is another."""
    found = np.asarray(student.replicate(*fakes.arguments))
    if found.shape != fakes.lines.shape:
        raise ClaimFailure(f"shape {fakes.lines.shape}", f"shape {found.shape}")
    return found


def noise_of(student, fakes: Fakes) -> Array:
    """How far the faked data are from their lines, in error bars, ``[k, n]``."""
    return (faked(student, fakes) - fakes.lines) / fakes.sigma_y


def is_normal(noise: Array, sigma_y: Array) -> None:
    """Raise unless this noise ``[k, n]`` is unit normal, in all, and for each error bar alike."""
    z, n = np.sort(noise.ravel()), noise.size
    below = stats.norm.cdf(z)
    distance = np.max(np.maximum(np.arange(1, n + 1) / n - below, below - np.arange(n) / n))
    if not np.sqrt(n) * distance < KOLMOGOROV:
        k = int(np.argmax(np.abs(np.arange(n) / n - below)))
        raise ClaimFailure(
            f"{100 * below[k]:.1f} % of the noise below {z[k]:.2f} widths", f"{100 * k / n:.1f} %"
        )
    for sigma in np.unique(sigma_y):
        part = noise[:, sigma_y == sigma]
        scatter = float(np.sqrt(np.mean(part**2)))
        low, high = (
            np.sqrt(f(TAIL, part.size) / part.size) for f in (stats.chi2.ppf, stats.chi2.isf)
        )
        if not low < scatter < high:
            raise ClaimFailure(
                f"a scatter between {low:.3f} and {high:.3f} widths",
                f"{scatter:.4g} widths",
                f"where the error bar is {sigma:g}",
            )


def lies_of(student, fakes: Fakes) -> Array:
    """Which faked points are bad, where the bad ones are far away, ``[k, n]``."""
    found = faked(student, fakes)
    lies = np.abs(found - AWAY) < 0.01 * AWAY
    if not np.all(lies | (np.abs(found - fakes.lines) < 0.01 * AWAY)):
        raise ClaimFailure(f"points near their line or near y_b = {AWAY:g}", found[0])
    return lies


@replicate.claim(points=0.5, gate=True, draws=1, fakes=ALL_GOOD)
def fakes_scatter_about_their_lines(student, truth, fakes):
    """Each draw gives a row of data, which lie about its line at about their error bars."""
    z = noise_of(student, fakes)
    agree(np.sqrt(np.mean(z**2)), 1.0, tolerance=0.5, message="this is the scatter in error bars")


@replicate.claim(points=0.5, draws=2, fakes=ALL_GOOD)
def good_points_have_their_error_bars(student, truth, fakes):
    """With p = 0 the noise is Gaussian, and as wide as each point's error bar."""
    is_normal(noise_of(student, fakes), fakes.sigma_y)


@replicate.claim(points=0.75, draws=2, fakes=ALL_BAD)
def bad_points_scatter_about_y_b(student, truth, fakes):
    """With p = 1 the data scatter about y_b, with the variance σ² + s_b²."""
    y_b, log_s_b = fakes.draws[:, 3:4], fakes.draws[:, 4:5]
    width = np.sqrt(fakes.sigma_y**2 + np.exp(2 * log_s_b))
    is_normal((faked(student, fakes) - y_b) / width, fakes.sigma_y)


@replicate.claim(points=0.5, draws=2, half=HALF, fifth=A_FIFTH)
def as_many_lie_as_p_says(student, truth, half, fifth):
    """A share p of all points is bad."""
    for fakes in (half, fifth):
        p = 1 / (1 + np.exp(-fakes.draws[0, 2]))
        lies = lies_of(student, fakes)
        bar = SIGMAS * np.sqrt(p * (1 - p) / lies.size)
        agree(np.mean(lies), p, tolerance=bar, message="this is the share of bad points")


@replicate.claim(points=0.25, draws=2, fakes=HALF)
def the_number_of_lies_differs_by_row(student, truth, fakes):
    """Every point of every row makes up its own mind: rows have more bad points or fewer."""
    lies = lies_of(student, fakes)
    each = np.mean((np.sum(lies, axis=1) - 10.0) ** 2) / 5.0
    # The variance of 800 binomial numbers, over its mean: scatters by √(2 / 800) = 0.05.
    agree(each, 1.0, tolerance=0.26, message="this is the variance over that of 20 coins")


@replicate.claim(points=0.25, draws=2, fakes=HALF)
def the_same_points_do_not_always_lie(student, truth, fakes):
    """Over the rows, no point is bad much more often than another."""
    lies = lies_of(student, fakes)
    k, n = lies.shape
    total = float(np.sum((np.sum(lies, axis=0) - k / 2) ** 2) / (k / 4))
    low, high = stats.chi2.ppf(TAIL, n), stats.chi2.isf(TAIL, n)
    if not low < total < high:
        raise ClaimFailure(f"a χ² of the {n} columns from {low:.1f} to {high:.0f}", f"{total:.4g}")


@replicate.claim(points=0.25, draws=1, fakes=SPREAD_OUT)
def each_draw_has_its_own_row(student, truth, fakes):
    """Row k is made with the parameters of draw k."""
    z = noise_of(student, fakes)
    furthest = float(np.max(np.abs(z)))
    # 16 000 normals: the largest is beyond 8 in one of 5e10 cases.
    assert furthest < 8, f"a point is {furthest:.3g} error bars from the line of its own draw"


@replicate.claim(points=0.25, draws=1, fakes=NONE_OR_ALL)
def each_draw_has_its_own_p(student, truth, fakes):
    """In rows with logit p = -60 no point is bad, and in rows with logit p = 60 all are."""
    shares = np.mean(lies_of(student, fakes), axis=1)
    # 1 / (1 + e^60) is 1e-26: of 16 000 points, none is ever on the other side.
    due = np.where(fakes.draws[:, 2] > 0, 1.0, 0.0)
    agree(shares, due, message="this is the share of bad points in each row")


@replicate.claim(points=0.25, draws=2, fakes=ALL_GOOD)
def neighbours_are_independent(student, truth, fakes):
    """The noise of a point says nothing about the next one's, nor about the next row's."""
    z = noise_of(student, fakes)
    z = z / np.sqrt(np.mean(z**2))
    for words, product in (
        ("of neighbours in a row", z[:, 1:] * z[:, :-1]),
        ("of neighbours in a column", z[1:] * z[:-1]),
    ):
        size = max(product.size, 1)  # one row has no neighbours
        mean, bar = float(np.sum(product)) / size, SIGMAS / np.sqrt(size)
        agree(mean, 0.0, tolerance=bar, message=f"the correlation {words}")


@replicate.claim(points=0.25, draws=2, fakes=HALF)
def the_noise_does_not_know_who_lies(student, truth, fakes):
    """Good points lie above their lines as often as below, and bad ones on both sides of y_b."""
    found, lies = faked(student, fakes), lies_of(student, fakes)
    y_b, s_b = fakes.draws[:, 3:4], np.exp(fakes.draws[:, 4:5])
    for words, kind, z in (
        ("good", ~lies, (found - fakes.lines) / fakes.sigma_y),
        ("bad", lies, (found - y_b) / np.sqrt(fakes.sigma_y**2 + s_b**2)),
    ):
        noise = z[kind]
        # A mean of n unit normals: each of the two is beyond its bar in 2e-7 of all cases.
        bar = SIGMAS / np.sqrt(max(noise.size, 1))
        mean = float(np.sum(noise)) / max(noise.size, 1)
        agree(mean, 0.0, tolerance=bar, message=f"the mean noise of {words} points, in widths")


@replicate.claim(points=0.25, relative=True, draws=3, fakes=FEW)
def the_same_seed_gives_the_same_fakes(student, truth, fakes):
    """A generator with the same seed makes the same data, and one with another seed others."""
    _, *others = fakes.arguments
    first = faked(student, fakes)
    agree(student.replicate.again(*fakes.arguments), first, message="with the same seed")
    other = np.asarray(student.replicate(Seed(fakes.seed + 1), *others))
    if np.any(other == first):
        raise ClaimFailure("other data", other, "with another seed")


mistake = replicate.mistake
COLUMNS = "m, b, logit_p, y_b, log_s_b = draws.T[:, :, None]"
LIES = "lies = rng.uniform(size=(len(draws), len(x))) < expit(logit_p)"
CENTRE = "centre = np.where(lies, y_b, m * x + b)"
WIDTH = "width = np.where(lies, np.sqrt(sigma_y**2 + np.exp(2 * log_s_b)), sigma_y)"
RETURN = "return rng.normal(centre, width)"
mistake("no_noise", "There is no noise: real data scatter.", RETURN, "return centre")
mistake(
    "line_only",
    "All points are good, whatever p is.",
    LIES,
    "lies = np.zeros((len(draws), len(x)), dtype=bool)",
)
mistake(
    "means_mixed",
    "A point is good or bad; yours is a bit of both.",
    CENTRE,
    "centre = (1 - expit(logit_p)) * (m * x + b) + expit(logit_p) * y_b",
)
mistake(
    "one_flag_for_each_row",
    "All points of a row lie together, or none does: every point decides for itself.",
    "size=(len(draws), len(x))",
    "size=(len(draws), 1)",
)
mistake(
    "one_flag_for_each_point",
    "The same points lie in all rows: every row decides anew.",
    "size=(len(draws), len(x))",
    "size=len(x)",
)
mistake(
    "flags_by_rounding",
    "A point lies as soon as p is above one half; it should lie with the probability p.",
    LIES,
    "lies = np.repeat(expit(logit_p) > 0.5, len(x), axis=1)",
)
mistake(
    "as_many_in_every_row",
    "The number of bad points is the same in every row; it should vary.",
    LIES,
    "order = np.argsort(rng.uniform(size=(len(draws), len(x))), axis=1)\n"
    "    lies = order < np.round(len(x) * expit(logit_p))",
)
mistake(
    "first_draw_for_all",
    "All rows are made from the first draw.",
    COLUMNS,
    "m, b, logit_p, y_b, log_s_b = draws[0]",
)
mistake(
    "mean_of_the_draws",
    "All rows are made from the mean of the draws.",
    COLUMNS,
    "m, b, logit_p, y_b, log_s_b = np.mean(draws, axis=0)",
)
mistake(
    "draws_taken_at_random",
    "The draws are shuffled: row k belongs to draw k.",
    COLUMNS,
    "m, b, logit_p, y_b, log_s_b = rng.permutation(draws).T[:, :, None]",
)
mistake(
    "variance_for_width",
    "The noise is as wide as the square of the error bar.",
    RETURN,
    "return rng.normal(centre, width**2)",
)
mistake(
    "bad_without_sigma_y",
    "A bad point has its error bar, too: the variances add up.",
    "np.sqrt(sigma_y**2 + np.exp(2 * log_s_b))",
    "np.exp(log_s_b)",
)
mistake(
    "widths_added",
    "Widths are added; variances are what adds up.",
    "np.sqrt(sigma_y**2 + np.exp(2 * log_s_b))",
    "sigma_y + np.exp(log_s_b)",
)
mistake(
    "log_variance_for_log_s",
    "log s_b is taken for the log of a variance.",
    "np.exp(2 * log_s_b)",
    "np.exp(log_s_b)",
)
mistake(
    "bad_with_error_bars_only",
    "Bad points scatter by s_b, too.",
    WIDTH,
    "width = np.where(lies, sigma_y, sigma_y)",
)
mistake(
    "bad_about_the_line",
    "Bad points lie about their line; they belong about y_b.",
    CENTRE,
    "centre = m * x + b",
)
mistake(
    "p_swapped",
    "p is the probability to be bad; you give it to the good ones.",
    "expit(logit_p)",
    "expit(-logit_p)",
)
mistake(
    "one_half_for_p",
    "Half of the points lie, whatever p is.",
    "< expit(logit_p)",
    "< 0.5 + 0 * logit_p",
)
mistake(
    "one_noise_for_each_row",
    "All points of a row have the same noise.",
    RETURN,
    "return centre + width * rng.standard_normal((len(draws), 1))",
)
mistake(
    "one_noise_for_each_point",
    "All rows have the same noise.",
    RETURN,
    "return centre + width * rng.standard_normal(len(x))",
)
mistake(
    "uniform_noise",
    "The noise is uniform; a Gaussian is asked for.",
    RETURN,
    "return centre + width * rng.uniform(-np.sqrt(3), np.sqrt(3), np.shape(centre))",
)
mistake(
    "coin_makes_the_noise",
    "The number that decides who lies makes the noise, too, so that good points lie above their "
    "lines more often than below: draw a new one for it.",
    f"{LIES}\n    {CENTRE}\n    {WIDTH}\n    {RETURN}",
    "from scipy.special import ndtri\n\n"
    "    coin = rng.uniform(size=(len(draws), len(x)))\n"
    "    lies = coin < expit(logit_p)\n"
    f"    {CENTRE}\n    {WIDTH}\n"
    "    return centre + width * ndtri(coin)",
)
mistake(
    "own_seed",
    "Every seed gives the same data: draw from the generator that you are given.",
    LIES,
    "rng = np.random.default_rng(1)\n    " + LIES,
)
mistake(
    "global_generator",
    "The same seed gives other data: draw from the generator that you are given.",
    RETURN,
    "return np.random.normal(centre, width)",
)
mistake(
    "transposed",
    "Rows and columns have changed places: a row is a faked data set.",
    RETURN,
    "return rng.normal(centre, width).T",
)
mistake(
    "one_data_set_only",
    "This is one data set; there is to be one for each draw.",
    RETURN,
    "return rng.normal(centre, width)[0]",
)
mistake(
    "bad_above_p",
    "A point is bad where its random number is above p, and so with the probability 1 - p.",
    "< expit(logit_p)",
    "> expit(logit_p)",
)
mistake(
    "good_without_noise",
    "Good points lie on their line exactly; they have noise as well as the bad ones.",
    RETURN,
    "return np.where(lies, rng.normal(y_b, width), centre)",
)
