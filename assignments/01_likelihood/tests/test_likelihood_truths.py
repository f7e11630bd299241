"""The truths of 01_likelihood, against thirty digits, quadrature, and the figures of the lesson."""

from __future__ import annotations

import csv
import importlib
from pathlib import Path

import numpy as np
import pytest
from mpmath import log, mp, mpf, pi

from course_lib.claims.loading import load

ROOT = Path(__file__).parents[3]
ASSIGNMENT = load("01_likelihood", ROOT)
TERMS, MANY = ASSIGNMENT.exercises["log_like_terms"], ASSIGNMENT.exercises["tf_log_like_many"]
SUMMARISE = ASSIGNMENT.exercises["summarise"]
FROM_SUMMARY = ASSIGNMENT.exercises["log_like_from_summary"]
TRUTH = importlib.import_module(f"{TERMS.truth.__module__.rpartition('.')[0]}.truth")

mp.dps = 30
_RNG = np.random.RandomState(123)
X = np.sort(_RNG.uniform(-1, 1, 50))
Y = -0.4 * X + 0.03 + 0.1 * _RNG.randn(50)


def precise_terms(x, y, m, b, s):
    """The formula in thirty digits, from exactly these numbers."""
    m, b, s = mpf(m), mpf(b), mpf(s)
    return [
        -((mpf(float(v)) - m * mpf(float(u)) - b) ** 2) / (2 * s**2) - log(s) - log(2 * pi) / 2
        for u, v in zip(x, y, strict=True)
    ]


@pytest.mark.parametrize("seed", range(20))
def test_terms_are_right_to_rounding(seed):
    rng = np.random.default_rng(seed)
    s = float(10.0 ** rng.uniform(-8, 8))
    x, m, b = rng.normal(size=5), *rng.normal(size=2)
    y = m * x + b + s * rng.normal(size=5) * 10.0 ** rng.uniform(0, 4)
    off = TERMS.truth(x, y, m, b, s) - np.array([float(t) for t in precise_terms(x, y, m, b, s)])
    # A quarter of what a claim allows: the truth itself has to be better than its bar.
    assert np.all(np.abs(off) <= 10 * np.finfo(float).eps * TRUTH.term_scales(x, y, m, b, s))


def test_rows_and_their_gradient_are_those_of_the_terms():
    theta = np.array([[-0.4, 0.03, np.log(0.1)], [0.2, -0.1, 0.5]])
    due = [np.sum(TERMS.truth(X, Y, m, b, np.exp(log_s))) for m, b, log_s in theta]
    assert np.allclose(MANY.truth(X, Y, theta), due, rtol=1e-13)
    (found,) = MANY.gradient_truth(X, Y, theta)
    for k in range(2):
        for j in range(3):
            step = np.zeros((2, 3), complex)
            step[k, j] = 1e-30j
            slope = np.imag(np.sum(MANY.truth(X, Y, theta + step))) / 1e-30
            assert found[k, j] == pytest.approx(slope, rel=1e-12)


def merged(one, other):
    """The summary of two data sets from theirs (Chan, Golub & LeVeque 1983)."""
    n = one[0] + other[0]
    dx, dy = other[1] - one[1], other[2] - one[2]
    weight = one[0] * other[0] / n
    means = (one[0] * one[1:3] + other[0] * other[1:3]) / n
    return np.array(
        [n, *means, *(one[3:] + other[3:] + weight * np.array([dx**2, dx * dy, dy**2]))]
    )


def test_a_summary_is_that_of_its_parts_merged():
    parts = merged(SUMMARISE.truth(X[:20], Y[:20]), SUMMARISE.truth(X[20:], Y[20:]))
    assert np.allclose(SUMMARISE.truth(X, Y), parts, rtol=1e-14)


@pytest.mark.parametrize("offset", [0.0, 1e6, 1e8])
def test_a_summary_keeps_its_digits_far_from_zero(offset):
    x, y = X + offset, Y - offset
    xs, ys = ([mpf(float(v)) for v in values] for values in (x, y))
    mean_x, mean_y = sum(xs) / 50, sum(ys) / 50
    due = [
        float(sum((u - mean_x) ** 2 for u in xs)),
        float(sum((u - mean_x) * (v - mean_y) for u, v in zip(xs, ys, strict=True))),
        float(sum((v - mean_y) ** 2 for v in ys)),
    ]
    # What is left of a mean's rounding after the correction: its square, and the differences' own.
    allowed = 50 * np.finfo(float).eps * 11 + 50 * (np.finfo(float).eps * offset) ** 2
    assert np.all(np.abs(SUMMARISE.truth(x, y)[3:] - due) <= 10 * allowed)


def test_six_numbers_give_the_sum_over_the_points():
    for m, b, s in ((-0.4, 0.03, 0.1), (1.0, -2.0, 3.0)):
        due = float(sum(precise_terms(X, Y, m, b, s)))
        assert FROM_SUMMARY.truth(SUMMARISE.truth(X, Y), m, b, s) == pytest.approx(due, rel=1e-12)


def test_the_figures_of_the_lesson():
    assert np.sum(TERMS.truth(X, Y, -0.4, 0.03, 0.1)) == pytest.approx(
        38.043974115093675, rel=1e-13
    )
    terms = TERMS.truth(X, Y, -0.4, 0.03, 0.1)
    assert (np.min(terms).round(3), np.max(terms).round(3)) == (-1.121, 1.383)
    due = [50, 0.003715734, 0.039041687, 10.8089051, -4.81157511, 2.73706043]
    assert np.allclose(SUMMARISE.truth(X, Y), due, rtol=1e-7)


def test_rutherford_and_geigers_table():
    """Totals and rate as they were published: 2608 intervals, 10 097 flashes, 3.87 an interval."""
    path = ROOT / "source" / "01_likelihood" / "rutherford_geiger.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    flashes = np.array([int(row["flashes"]) for row in rows])
    intervals = np.array([int(row["intervals"]) for row in rows])
    assert flashes.tolist() == list(range(15))
    assert (np.sum(intervals), np.sum(flashes * intervals)) == (2608, 10_097)
    assert np.sum(flashes * intervals) / np.sum(intervals) == pytest.approx(3.8716, abs=1e-4)
