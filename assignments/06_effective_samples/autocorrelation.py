"""Claims about `autocorrelation(x)`: 3 points."""

from __future__ import annotations

import numpy as np

from course_lib.claims import EPS, ClaimFailure, agree, exercise, float64_array

from .inputs import ALTERNATING, FAST_AND_SLOW, LONG_SERIES, SERIES, Array
from .truth import correlated

FAR = 2.0**20  # in units of the series' own width


@exercise(points=3)
def autocorrelation(x: Array) -> Array:
    """The autocorrelation at lags 0 to n - 1, ``[n]``, of a series ``[n]``; 1 at lag 0."""
    return correlated(x)


def tolerance(truth, x: Array) -> float:
    """What rounding can do to a quotient of sums of n products, of numbers off their mean.

    A mean is off by up to n eps of the largest number, which moves every difference from it.
    """
    return 64 * EPS * len(x) * truth.correlation_scale(x)


def right(student, truth, x: Array) -> None:
    """Raise unless all lags are right."""
    agree(student.autocorrelation(x), truth(x), tolerance=tolerance(truth, x))


@autocorrelation.claim(points=0.25, gate=True, draws=2, pair=FAST_AND_SLOW)
def tells_slow_from_fast(student, truth, pair):
    """It is 1 at lag 0; five steps later, a slow chain remembers more than a fast one."""
    fast, slow = (np.asarray(student.autocorrelation(x)) for x in pair)
    agree([fast[0], slow[0]], [1.0, 1.0], tolerance=1e-9, message="these are the values at lag 0")
    if not slow[5] > fast[5] + 0.3:
        raise ClaimFailure(f"more than {fast[5] + 0.3:.3g} at lag 5 of the slow chain", slow[5])


@autocorrelation.claim(points=1, draws=12, always=[ALTERNATING], x=SERIES)
def has_the_right_values(student, truth, x):
    """At each lag: the products of two draws that far apart, both off the mean, are added up and
    divided by the sum at lag 0."""
    right(student, truth, x)


@autocorrelation.claim(points=0.5, relative=True, draws=4, x=SERIES)
def adds_up_to_zero(student, truth, x):
    """One, and twice all later lags: together they are exactly zero, whatever the series is."""
    rho = np.asarray(student.autocorrelation(x))
    total = 1 + 2 * np.sum(rho[1:])
    bar = 2 * len(x) * tolerance(truth, x)
    agree(total, 0.0, tolerance=bar, message="this is 1 + 2 Σ ρ(t)")


@autocorrelation.claim(points=0.25, draws=4, x=SERIES)
def loses_no_digits_far_from_zero(student, truth, x):
    """A series about a million away from zero: only digits that it does not have are lost."""
    right(student, truth, x + np.round(FAR * np.std(x)))


@autocorrelation.claim(points=0.25, relative=True, draws=4, x=SERIES)
def has_no_unit(student, truth, x):
    """In a unit that is a billion times larger, or smaller, it is the same."""
    rho = student.autocorrelation(x)
    for factor in (2.0**-30, -(2.0**30)):
        found = student.autocorrelation(factor * x)
        agree(found, rho, tolerance=2 * tolerance(truth, x), message=f"times {factor:.1g}")


@autocorrelation.claim(points=0.25, relative=True, draws=4, x=SERIES)
def is_the_same_backwards(student, truth, x):
    """A series that is read backwards has the same autocorrelation."""
    rho = student.autocorrelation(x)
    agree(student.autocorrelation(x[::-1].copy()), rho, tolerance=2 * tolerance(truth, x))


@autocorrelation.claim(points=0.25, draws=1, x=LONG_SERIES)
def is_right_for_four_thousand_draws(student, truth, x):
    """4096 draws are answered in time, and rightly."""
    right(student, truth, x)


@autocorrelation.claim(points=0.25, draws=3, x=SERIES)
def gives_one_number_for_each_lag(student, truth, x):
    """What comes back is a float64 array of shape [n]."""
    float64_array(student.autocorrelation.answer(x), len(x))


mistake = autocorrelation.mistake
OFF = "off = x - np.mean(x)"
POWER = "np.abs(spectrum) ** 2"
RETURN = "return products / products[0]"
mistake(
    "no_mean",
    "It is right where the mean is zero: subtract the mean first.",
    OFF,
    "off = x",
)
mistake(
    "no_padding",
    "The end of the series meets its beginning: an FFT needs n zeros behind the series.",
    "length = 2 * n",
    "length = n",
)
mistake(
    "padded_too_little",
    "The largest lags are wrong: with fewer than n zeros behind it, the series still meets itself.",
    "length = 2 * n",
    "length = n + (n + 1) // 2",
)
mistake(
    "unbiased",
    "Every lag is divided by its own number of products; here all are divided by the same n.",
    RETURN,
    "return products / products[0] * n / (n - np.arange(n))",
)
mistake(
    "not_normalised",
    "This is the autocovariance: divide by its value at lag 0.",
    RETURN,
    "return products",
)
mistake(
    "normalised_by_n",
    "The products are divided by n, and not by their value at lag 0.",
    RETURN,
    "return products / n",
)
mistake(
    "variance_of_n_minus_1",
    "At lag 0 it is not quite 1: the variance is divided by n - 1, and the products by n.",
    RETURN,
    "return products / n / np.var(x, ddof=1)",
)
mistake(
    "absolute",
    "Negative correlations have lost their sign.",
    RETURN,
    "return np.abs(products / products[0])",
)
mistake(
    "clipped_at_zero",
    "Negative correlations have become zero; they count.",
    RETURN,
    "return np.maximum(products / products[0], 0)",
)
mistake(
    "amplitude_not_power",
    "The amplitudes are transformed back; it is their squares that belong to products.",
    POWER,
    "np.abs(spectrum)",
)
mistake(
    "conj_forgotten",
    "A complex number times itself is not its size squared: one factor is the conjugate.",
    POWER,
    "spectrum**2",
)
mistake(
    "half_length",
    "Only half of the lags are there; the last one is n - 1.",
    "[:n]",
    "[: max(n // 2, 1)]",
)
mistake(
    "lag_one_first",
    "The first lag is missing: the array begins at lag 0, with a 1.",
    "[:n]",
    "[1 : n + 1]",
)
mistake(
    "squared",
    "These are squares of correlations.",
    RETURN,
    "return (products / products[0]) ** 2",
)
mistake(
    "median_for_mean",
    "The median is subtracted; the mean has to be.",
    OFF,
    "off = x - np.median(x)",
)
mistake(
    "first_for_mean",
    "The first draw is subtracted from all; the mean has to be.",
    OFF,
    "off = x - x[0]",
)
mistake(
    "in_place",
    "The chain that was handed over has changed: `-=` writes into the caller's array.",
    OFF,
    "x -= np.mean(x)\n    off = x",
)
mistake(
    "guarded",
    "In a small unit the values fall: something has been added to the variance.",
    RETURN,
    "return products / (products[0] + 1e-9)",
)
mistake(
    "single_precision",
    "About seven digits are right: float32 is not enough here.",
    OFF,
    "off = (x - np.mean(x)).astype(np.float32)",
)
mistake(
    "reversed",
    "The largest lag comes first; begin with lag 0.",
    RETURN,
    "return (products / products[0])[::-1]",
)
