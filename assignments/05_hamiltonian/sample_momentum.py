"""Claims about `sample_momentum(rng, variance)`: 3 points.

Random answers have to stay within bars that a right one leaves once in a million at most.
"""

from __future__ import annotations

import numpy as np
from scipy import stats

from course_lib.claims import EPS, ClaimFailure, agree, exercise, float64_array

from .inputs import DRAWS, LARGE_DRAWS, MOMENTA, Array, Draw, LargeDraw

CALLS = 8  # of 1024 momenta each
KOLMOGOROV = 2.72  # √n times the largest distance of two distributions: 7.5e-7 exceed it
# The mean square of n unit normals, between the quantiles of χ²/n that 2.9e-7 miss on each side.
MEAN_SQUARE = tuple(
    float(stats.chi2.ppf(q, CALLS * MOMENTA) / (CALLS * MOMENTA)) for q in (2.9e-7, 1 - 2.9e-7)
)
FEW_CALLS = 100
# The same for so many calls of one parameter, and of two: 2.4e-7 on each side.
FEW_SQUARES = {
    d: tuple(
        float(stats.chi2.ppf(q, FEW_CALLS * d) / (FEW_CALLS * d)) for q in (2.4e-7, 1 - 2.4e-7)
    )
    for d in (1, 2)
}
SIGMAS = 5.3  # a normal variable is further off once in eight million


@exercise(points=3, unique=False)
def sample_momentum(rng, variance: Array) -> Array:
    """Independent momenta ``[d]``, normal with mean 0 and variance 1 / variance ``[d]``."""
    return rng.standard_normal(len(variance)) / np.sqrt(variance)


def momenta(student, draw: Draw | LargeDraw) -> Array:
    """The momenta. Raises ClaimFailure where there is not one for each parameter."""
    answer = np.asarray(student.sample_momentum(*draw.arguments), dtype=float)
    if answer.shape != draw.variance.shape:
        raise ClaimFailure(f"shape {draw.variance.shape}", f"shape {answer.shape}")
    return answer


def in_widths(student, draw: LargeDraw) -> Array:
    """Momenta of several calls times the roots of the variances, ``[calls, d]``: unit normals."""
    calls = [momenta(student, LargeDraw(draw.seed + k)) for k in range(CALLS)]
    return np.array(calls) * np.sqrt(draw.variance)


@sample_momentum.claim(points=0.25, gate=True, draws=1, draw=LARGE_DRAWS)
def wide_parameters_get_small_momenta(student, truth, draw):
    """Where the variance is above 1000, momenta are smaller than where it is below 0.001."""
    sizes = momenta(student, draw) ** 2
    wide, narrow = (
        float(np.sqrt(np.mean(sizes[where])))
        for where in (draw.variance > 1e3, draw.variance < 1e-3)
    )
    if not 0 < wide < 0.1 * narrow:
        raise ClaimFailure(f"less than a tenth of {narrow:.3g} for wide ones", wide)


@sample_momentum.claim(points=0.5, draws=1, draw=LARGE_DRAWS)
def is_a_gaussian(student, truth, draw):
    """Times the root of its variance, each momentum is a unit normal."""
    z = np.sort(in_widths(student, draw).ravel())
    n = len(z)
    below = stats.norm.cdf(z)
    distance = np.max(np.maximum(np.arange(1, n + 1) / n - below, below - np.arange(n) / n))
    if not np.sqrt(n) * distance < KOLMOGOROV:
        quarters = [float(z[n * k // 4]) for k in (1, 2, 3)]
        raise ClaimFailure("quartiles of -0.67, 0 and 0.67", quarters, "in units of the widths")


@sample_momentum.claim(points=0.25, draws=1, draw=LARGE_DRAWS)
def has_the_right_size(student, truth, draw):
    """The mean of variance · p² is one."""
    size = float(np.mean(in_widths(student, draw) ** 2))
    if not MEAN_SQUARE[0] < size < MEAN_SQUARE[1]:
        raise ClaimFailure(1.0, size, "this is the mean of variance · p²")


@sample_momentum.claim(points=0.5, draws=1, draw=LARGE_DRAWS)
def has_the_right_size_at_each_variance(student, truth, draw):
    """The mean of variance · p² is one for narrow parameters and for wide ones."""
    squares = np.mean(in_widths(student, draw) ** 2, axis=0)
    log_variance = np.log(draw.variance)
    trend = (log_variance - np.mean(log_variance)) / np.std(log_variance)
    # Each square has variance 2, the mean of eight ¼, and the trend has unit size.
    slope = float(np.mean(trend * squares)) / np.sqrt(2 / CALLS / MOMENTA)
    if not abs(slope) < SIGMAS:
        raise ClaimFailure("no trend", slope, "this is the trend, in its standard errors")


@sample_momentum.claim(points=0.25, draws=1, draw=LARGE_DRAWS)
def momenta_do_not_know_of_each_other(student, truth, draw):
    """Momenta of two parameters are independent, and so are those of two calls."""
    z = in_widths(student, draw)
    half = z.shape[1] // 2
    first, second = z[:, :half], z[:, half:]
    neighbours = z[:, 1:] * z[:, :-1]
    for products in (neighbours, first * second, first * second[:, ::-1], z[1:] * z[:-1]):
        together = float(np.mean(products)) * np.sqrt(products.size)
        if not abs(together) < SIGMAS:
            raise ClaimFailure("independent momenta", together, "in standard errors")


@sample_momentum.claim(points=0.25, draws=1, draw=DRAWS)
def the_energy_varies(student, truth, draw):
    """The energy of 64 momenta is another one in each call, as χ² is."""
    variance = 10 ** np.linspace(-2, 2, 64)
    calls = [momenta(student, Draw(draw.seed + k, variance)) for k in range(100)]
    energies = np.sum(variance * np.array(calls) ** 2, axis=1)
    # The variance of χ² with 64 degrees is 128; that of a hundred values scatters by 15 %, and of a
    # million of them the smallest was 0.44 and the largest 2.07 times as large.
    ratio = float(np.var(energies) / 128)
    if not 0.3 < ratio < 3:
        raise ClaimFailure("about 1", ratio, "the variance of the energy, over that of χ²")


@sample_momentum.claim(points=0.25, draws=1, draw=DRAWS)
def few_momenta_are_as_large(student, truth, draw):
    """The mean of variance · p² is one for one parameter alone, and for two."""
    for d, (low, high) in FEW_SQUARES.items():
        variance = np.array([4.0, 0.25])[:d]
        calls = [momenta(student, Draw(draw.seed + k, variance)) for k in range(FEW_CALLS)]
        size = float(np.mean(variance * np.array(calls) ** 2))
        if not low < size < high:
            raise ClaimFailure(1.0, size, f"the mean of variance · p², d = {d}")


@sample_momentum.claim(points=0.25, relative=True, draws=4, draw=DRAWS)
def knows_its_unit(student, truth, draw):
    """With the same seed, 16 times the variances give a quarter of the momenta."""
    first = momenta(student, draw)
    changed = momenta(student, draw._replace(variance=16 * draw.variance))
    agree(4 * changed, first, tolerance=16 * EPS * np.abs(first))


@sample_momentum.claim(points=0.25, relative=True, draws=4, draw=DRAWS)
def the_seed_decides(student, truth, draw):
    """A generator with the same seed gives the same momenta, and one with another seed others."""
    first = momenta(student, draw)
    again = student.sample_momentum.again(*draw.arguments)
    agree(np.asarray(again), first)
    if np.any(momenta(student, draw._replace(seed=draw.seed + 1)) == first):
        raise ClaimFailure("other momenta with another seed", first)


@sample_momentum.claim(points=0.25, draws=4, draw=DRAWS)
def has_one_momentum_for_each_parameter(student, truth, draw):
    """What comes back is an array with the shape of `variance`, also for one parameter."""
    float64_array(student.sample_momentum.answer(*draw.arguments), len(draw.variance))


mistake = sample_momentum.mistake
NORMALS = "rng.standard_normal(len(variance))"
WHOLE = f"{NORMALS} / np.sqrt(variance)"
mistake(
    "variance_of_the_parameters",
    "Wide parameters get large momenta: their variance is one over that of the momenta.",
    "/ np.sqrt",
    "* np.sqrt",
)
mistake(
    "not_rooted",
    "The width is one over the variance; it is the root of that.",
    "np.sqrt(variance)",
    "variance",
)
mistake("unit", "All momenta have the width one.", " / np.sqrt(variance)", "")
mistake(
    "one_draw_for_all",
    "One random number decides about all momenta: draw one for each.",
    NORMALS,
    "rng.standard_normal()",
)
mistake(
    "uniform",
    "The momenta are uniform; they are to be normal.",
    NORMALS,
    "np.sqrt(3) * rng.uniform(-1, 1, len(variance))",
)
mistake(
    "laplace",
    "The momenta have the tails of a Laplace distribution; they are to be normal.",
    NORMALS,
    "rng.laplace(0, np.sqrt(0.5), len(variance))",
)
mistake("absolute", "No momentum is negative.", NORMALS, f"np.abs({NORMALS})")
mistake(
    "mean_variance",
    "All momenta have one width, that of the mean variance.",
    "np.sqrt(variance)",
    "np.sqrt(np.mean(variance))",
)
mistake(
    "first_variance",
    "All momenta have one width, that of the first variance.",
    "np.sqrt(variance)",
    "np.sqrt(variance[0])",
)
mistake(
    "global_generator",
    "The same seed gives other momenta: draw from the generator that you are given.",
    NORMALS,
    "np.random.standard_normal(len(variance))",
)
mistake(
    "own_seed",
    "Every seed gives the same momenta: draw from the generator that you are given.",
    NORMALS,
    "np.random.default_rng(1).standard_normal(len(variance))",
)
mistake(
    "rademacher",
    "Every momentum has the same size, and only its sign is drawn.",
    NORMALS,
    "rng.choice([-1.0, 1.0], len(variance))",
)
mistake(
    "sorted_numbers",
    "The random numbers are in order of their size.",
    NORMALS,
    f"np.sort({NORMALS})",
)
mistake(
    "floored",
    "Small variances are raised to a thousandth; use them as they are.",
    "np.sqrt(variance)",
    "np.sqrt(np.maximum(variance, 1e-3))",
)
mistake(
    "matrix",
    "What comes back is a matrix; one momentum for each parameter is wanted.",
    WHOLE,
    f"np.outer(np.ones(2), {WHOLE})",
)
mistake(
    "clipped",
    "No momentum is larger than two of its widths.",
    NORMALS,
    f"np.clip({NORMALS}, -2, 2)",
)
mistake(
    "student_t",
    "The momenta have heavier tails than normal ones.",
    NORMALS,
    "rng.standard_t(5, len(variance)) / np.sqrt(5 / 3)",
)
mistake(
    "mirrored_pairs",
    "Every second momentum is minus the one before it; they are to be independent.",
    NORMALS,
    "np.repeat(rng.standard_normal(len(variance) // 2 + 1), 2)[: len(variance)]"
    " * (-1.0) ** np.arange(len(variance))",
)
mistake(
    "antithetic_halves",
    "The second half of the momenta is minus the first; they are to be independent.",
    NORMALS,
    "np.resize(np.outer([1, -1], rng.standard_normal((len(variance) + 1) // 2)), len(variance))",
)
mistake(
    "shifted",
    "The mean is not zero.",
    NORMALS,
    f"(0.1 + {NORMALS})",
)
mistake(
    "mean_taken_off",
    "In units of their widths, the momenta of a call add up to zero, and a single one is always "
    "zero: they are to be independent.",
    WHOLE,
    f"(z := {NORMALS}, (z - np.mean(z)) / np.sqrt(variance))[1]",
)
mistake(
    "single_precision",
    "The momenta have about seven digits: float32 is not enough here.",
    WHOLE,
    f"({WHOLE}).astype(np.float32)",
)
mistake(
    "twice_the_variance",
    "All momenta are √2 times too wide: there is a two in their variance.",
    WHOLE,
    f"{NORMALS} * np.sqrt(2 / variance)",
)
mistake(
    "covariance_of_the_parameters",
    "Wide parameters get large momenta: the matrix is the covariance of the parameters, and that "
    "of the momenta is its inverse.",
    WHOLE,
    "rng.multivariate_normal(np.zeros(len(variance)), np.diag(variance))",
)
