"""Claims about `simulate_line(rng, x, m, b, s)`: 3 points.

Noise is judged by statistics. Each says how often a right answer would be refused by chance: 1e-6
at most, and never for one that draws in the usual way, since the seeds are chosen so.
"""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from scipy import stats

from course_lib.claims import EPS, ClaimFailure, Seed, agree, exercise, float64_array

from .inputs import LARGE, LIFT, RUNS, TILT, Array, Run

KOLMOGOROV = 2.72  # the largest distance of two distributions times √n: 7.5e-7 exceed it
TAIL = 2.9e-7  # on each side of the sum of squares
SIGMAS = 5.2  # a unit normal is beyond it in 2e-7 of all cases
KURTOSIS_SIGMAS = 8.0  # its tails are longer than a normal's: 6000 right runs stay within 5

REPEATS = 400  # small data sets, of THREE points each
THREE = np.array([-1.0, 0.0, 2.0])
# The mean of three residuals has the variance 1/3. Over 400 data sets, 3 mean(mean²) is a χ²_400 /
# 400, which scatters by √(2 / 400) = 0.0707 about one: 0.37 is 5.2 of that.
MEANS = 0.37


@exercise(points=3, unique=False)
def simulate_line(rng: np.random.Generator, x: Array, m: float, b: float, s: float) -> Array:
    """Made-up data y ``[n]`` at x ``[n]``: the line m x + b, and Gaussian noise of width s."""
    return m * x + b + s * rng.standard_normal(len(x))


def rounding_of(run: Run) -> Array:
    """What adding a line and noise of up to 6 s can lose, for each point."""
    return 8 * EPS * (np.abs(run.m * run.x) + abs(run.b) + 6 * run.s)


@simulate_line.claim(points=0.25, gate=True, draws=1, run=LARGE)
def scatters_about_the_line_by_s(student, truth, run):
    """The data lie about the line, at a distance of about s."""
    float64_array(student.simulate_line.answer(*run.arguments), len(run.x))
    noise = run.noise_of(student.simulate_line(*run.arguments))
    agree(
        np.sqrt(np.mean(noise**2)), 1.0, tolerance=0.5, message="this is the scatter in units of s"
    )
    agree(np.mean(noise), 0.0, tolerance=0.5, message="this is the mean distance in units of s")


@simulate_line.claim(points=0.25, draws=3, run=RUNS)
def gives_one_number_for_each_x(student, truth, run):
    """There are as many y as x."""
    float64_array(student.simulate_line.answer(*run.arguments), len(run.x))


@simulate_line.claim(points=0.25, relative=True, draws=3, run=RUNS)
def the_same_seed_gives_the_same_data(student, truth, run):
    """A generator with the same seed makes the same data, and one with another seed others."""
    first = student.simulate_line(*run.arguments)
    again = student.simulate_line.again(*run.arguments)
    _, *line = run.arguments
    other = student.simulate_line(Seed(run.seed + 1), *line)
    agree(again, first, message="it was asked twice, with the same seed")
    if np.any(other == first):
        raise ClaimFailure("other data", other, "with another seed")


@simulate_line.claim(points=0.25, draws=3, run=RUNS)
def no_two_points_share_their_noise(student, truth, run):
    """Every point has noise of its own."""
    noise = student.simulate_line(*run.arguments) - run.line
    # Two equal numbers: by chance in one of 1e15 runs.
    near = np.min(np.diff(np.sort(noise)))
    if near < 1e-13 * run.s:
        raise ClaimFailure("noise that differs from point to point", noise)


@simulate_line.claim(points=0.25, relative=True, draws=4, run=RUNS)
def adds_the_line_to_the_noise(student, truth, run):
    """With the same seed, another line moves each point by the difference of the lines."""
    _, x, m, b, s = run.arguments
    moved = Run(run.seed, x, m + TILT, b + LIFT, s)
    before = student.simulate_line(*run.arguments)
    after = student.simulate_line(*moved.arguments)
    agree(
        after,
        before + LIFT + TILT * x,
        tolerance=rounding_of(run) + rounding_of(moved),
        message=f"with the slope {moved.m:.3g} and the intercept {moved.b:.3g}",
    )


@simulate_line.claim(points=0.25, relative=True, draws=4, run=RUNS)
def the_noise_is_proportional_to_s(student, truth, run):
    """With the same seed and a scale four times as large, the noise is four times as large."""
    _, x, m, b, s = run.arguments
    wider = Run(run.seed, x, m, b, 4 * s)
    narrow = student.simulate_line(*run.arguments)
    wide = student.simulate_line(*wider.arguments)
    agree(
        wide,
        run.line + 4 * (narrow - run.line),
        tolerance=4 * rounding_of(run) + rounding_of(wider),
        message=f"with the scale {wider.s:g}",
    )


@simulate_line.claim(points=0.25, draws=1, run=LARGE)
def the_noise_is_gaussian(student, truth, run):
    """The noise has the distribution of a Gaussian, from the middle to the tails."""
    z = np.sort(run.noise_of(student.simulate_line(*run.arguments)))
    n = len(z)
    below = stats.norm.cdf(z)
    distance = np.max(np.maximum(np.arange(1, n + 1) / n - below, below - np.arange(n) / n))
    if not np.sqrt(n) * distance < KOLMOGOROV:
        k = int(np.argmax(np.abs(np.arange(n) / n - below)))
        raise ClaimFailure(
            f"{100 * below[k]:.1f} % of the noise below {z[k]:.2f} s",
            f"{100 * k / n:.1f} %",
        )


@simulate_line.claim(points=0.25, draws=1, run=LARGE)
def the_noise_has_the_width_s(student, truth, run):
    """The root mean square of the noise is s, to a few percent."""
    z = run.noise_of(student.simulate_line(*run.arguments))
    total, n = float(np.sum(z**2)), len(z)
    if not stats.chi2.ppf(TAIL, n) < total < stats.chi2.isf(TAIL, n):
        raise ClaimFailure(
            f"a scatter between {np.sqrt(stats.chi2.ppf(TAIL, n) / n):.3f} "
            f"and {np.sqrt(stats.chi2.isf(TAIL, n) / n):.3f} s",
            f"{np.sqrt(total / n):.4g} s",
        )


@simulate_line.claim(points=0.25, draws=1, run=LARGE)
def far_points_are_as_rare_as_a_gaussians(student, truth, run):
    """The mean fourth power of the noise is three times the square of its mean square."""
    z = run.noise_of(student.simulate_line(*run.arguments))
    ratio = float(np.mean(z**4) / np.mean(z**2) ** 2)
    agree(
        ratio, 3.0, tolerance=KURTOSIS_SIGMAS * np.sqrt(24 / len(z)), message="this is that ratio"
    )


@simulate_line.claim(points=0.25, draws=1, run=LARGE)
def neighbours_are_independent(student, truth, run):
    """A point's noise says nothing about its neighbour's."""
    z = run.noise_of(student.simulate_line(*run.arguments))
    z = z / np.sqrt(np.mean(z**2))
    product = float(z[1:] @ z[:-1] / (len(z) - 1))
    bar = SIGMAS / np.sqrt(len(z))
    agree(product, 0.0, tolerance=bar, message="this is the correlation of neighbours")


@simulate_line.claim(points=0.25, draws=1, run=LARGE)
def the_noise_does_not_know_x(student, truth, run):
    """The noise neither rises nor falls along x."""
    z = run.noise_of(student.simulate_line(*run.arguments))
    z, x = z / np.sqrt(np.mean(z**2)), run.x - np.mean(run.x)
    slope = float(x @ z / np.sqrt(x @ x))
    agree(slope, 0.0, tolerance=SIGMAS, message="this is the slope of the noise, in its own sigmas")


@simulate_line.claim(points=0.25, draws=1, seed=st.integers(0, 2**31))
def the_mean_of_three_points_scatters_too(student, truth, seed):
    """The mean noise of three points is not zero: it scatters by s / √3."""
    runs = [Run(seed + k, THREE, 0.0, 0.0, 1.0) for k in range(REPEATS)]
    means = np.array([np.mean(student.simulate_line(*run.arguments)) for run in runs])
    agree(
        3 * np.mean(means**2),
        1.0,
        tolerance=MEANS,
        message=f"this is three times the mean square of the mean, over {REPEATS} seeds",
    )
