"""The truths of 06_effective_samples, against exact fractions, closed forms and quadrature."""

from __future__ import annotations

import importlib
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from course_lib.claims.loading import load

ROOT = Path(__file__).parents[3]
EXERCISES = load("06_effective_samples", ROOT).exercises
PACKAGE = EXERCISES["split_r_hat"].truth.__module__.rpartition(".")[0]
INPUTS = importlib.import_module(f"{PACKAGE}.inputs")
TRUTH = importlib.import_module(f"{PACKAGE}.truth")
SOURCE = ROOT / "source" / "06_effective_samples"
rho, tau = EXERCISES["autocorrelation"].truth, EXERCISES["integrated_time"].truth
mean_and_error = EXERCISES["mean_and_error"].truth
r_hat, schools = EXERCISES["split_r_hat"].truth, EXERCISES["noncentred_log_prob"].truth
Y = np.array([28.0, 8.0, -3.0, 7.0, -1.0, 1.0, 18.0, 12.0])
SIGMA = np.array([15.0, 10.0, 16.0, 11.0, 9.0, 11.0, 10.0, 18.0])


def exact_rho(x: list[int]) -> list[Fraction]:
    """All lags of whole numbers, as fractions."""
    n = len(x)
    off = [Fraction(n * value - sum(x), n) for value in x]
    sums = [sum(off[i] * off[i + t] for i in range(n - t)) for t in range(n)]
    return [each / sums[0] for each in sums]


@pytest.mark.parametrize("x", [[1, 2], [1, -1, 1, -1], [3, 1, 4, 1, 5], [2, 7, 1, 8, 2, 8, 1]])
def test_autocorrelations_are_those_of_exact_fractions(x):
    assert rho(np.array(x, dtype=float)) == pytest.approx(list(map(float, exact_rho(x))), abs=1e-15)


def test_a_zigzag_and_its_time_are_worked_out_by_hand():
    zigzag = np.array([1.0, -1.0, 1.0, -1.0])
    assert rho(zigzag) == pytest.approx([1, -0.75, 0.5, -0.25])
    assert tau(zigzag) == pytest.approx(-0.5)


@pytest.mark.parametrize("x", [range(40), range(7), [0, 0, 0, 1, 0, 0], [5, 1, 4, 2, 3, 3, 9, 0]])
def test_the_window_is_the_first_that_is_long_enough(x):
    exact = exact_rho(list(x))
    sums = [1 + 2 * sum(exact[1 : m + 1]) for m in range(len(exact))]
    due = next(each for m, each in enumerate(sums) if m >= 5 * each)
    assert tau(np.array(x, dtype=float)) == pytest.approx(float(due), rel=1e-12)
    if x == range(40):
        assert float(due) == pytest.approx(5.5568, abs=5e-5)


@pytest.mark.parametrize(
    ("phi", "due", "scatter"), [(-0.5, 0.0, 0.013), (0.0, 1, 0.04), (0.5, 3, 0.15), (0.9, 19, 2.4)]
)
def test_a_chain_with_a_known_memory_has_its_time(phi, due, scatter):
    """(1 + φ) / (1 - φ), but for φ = -0.5, where the window is one lag long: 1 + 2 φ.

    scatter: of one chain of 20 000, measured. Twelve are averaged.
    """
    rng = np.random.default_rng(5)
    found = np.mean([tau(INPUTS.remembering(rng, phi, 20_000)) for _ in range(12)])
    assert found == pytest.approx(due, abs=4 * scatter / np.sqrt(12) + 0.02)


def test_error_bars_are_as_large_as_the_errors():
    """300 runs: mean z² is 1 ± 0.08 if they are right; 9 without the memory of φ = 0.8."""
    rng = np.random.default_rng(6)
    z, naive = [], []
    for _ in range(300):
        chain = np.stack([INPUTS.remembering(rng, 0.8, 400) for _ in range(2)], axis=1)
        mean, error = mean_and_error(chain)
        z.append(mean / error)
        naive.append(mean / (np.std(chain) / np.sqrt(chain.size)))
    assert np.mean(np.square(z)) == pytest.approx(1.15, abs=0.35)  # short chains: τ is a bit small
    assert np.mean(np.square(naive)) == pytest.approx(9, abs=2.5)


def exact_r_hat_squared(rows: list[list[int]]) -> Fraction:
    """The square of split R-hat of whole numbers ``[n][m]``, n even, as a fraction."""
    h = len(rows) // 2
    columns = list(zip(*rows, strict=True))
    halves = [column[start : start + h] for column in columns for start in (0, h)]

    def variance(values: list) -> Fraction:
        mean = Fraction(sum(values), 1) / len(values)
        return sum(((value - mean) ** 2 for value in values), Fraction(0)) / (len(values) - 1)

    within = sum((variance(list(half)) for half in halves), Fraction(0)) / len(halves)
    between = h * variance([Fraction(sum(half), h) for half in halves])
    return (Fraction(h - 1, h) * within + between / h) / within


@pytest.mark.parametrize(
    "rows",
    [
        [[1], [2], [4], [9]],
        [[1, 2], [2, 0], [4, 1], [9, 5]],
        [[0, 3, 1], [1, 5, 2], [2, 2, 8], [3, 4, 0], [5, 1, 1], [4, 4, 3]],
    ],
)
def test_r_hat_is_that_of_exact_fractions(rows):
    due = float(exact_r_hat_squared(rows)) ** 0.5
    assert r_hat(np.array(rows, dtype=float)) == pytest.approx(due, rel=1e-14)


def test_r_hat_is_nearly_one_for_chains_that_agree_and_known_for_two_places():
    """Two places 2a apart, width w, many draws: B/h is 4 a² / 4 · (2m) / (2m - 1)."""
    rng = np.random.default_rng(8)
    chains = rng.standard_normal((4000, 4))
    assert r_hat(chains) == pytest.approx(1.0, abs=2e-3)
    apart = 0.5 * chains + np.array([-2.0, -2.0, 2.0, 2.0])
    assert r_hat(apart) == pytest.approx(np.sqrt(1 + 4 / 0.25 * 8 / 7), rel=0.02)


def test_the_two_forms_differ_by_their_determinant():
    """Eight schools: at theta = mu + tau z, by 8 log tau and a constant that is the same."""
    rng = np.random.default_rng(4)
    differences = []
    for _ in range(20):
        mu, log_tau, z = rng.normal(4, 4), rng.normal(0, 2), rng.normal(size=8)
        other = TRUTH.centred(Y, SIGMA, mu, log_tau, mu + np.exp(log_tau) * z)
        differences.append(schools(Y, SIGMA, mu, log_tau, z) - other - 8 * log_tau)
    assert differences == pytest.approx(20 * [differences[0]], abs=1e-10)


def test_one_school_without_its_z_is_a_wider_normal():
    """∫ dz leaves y ~ N(mu, sigma² + tau²), beside the priors of mu and log tau."""
    z = np.linspace(-12, 12, 4001)
    y, sigma = np.array([3.0]), np.array([2.0])
    found, due = [], []
    for mu, log_tau in [(0.0, 0.0), (4.0, 1.0), (-2.0, -3.0), (1.0, 2.0)]:
        heights = [schools(y, sigma, mu, log_tau, np.array([each])) for each in z]
        found.append(np.log(np.trapezoid(np.exp(heights), z)))
        width = np.hypot(2.0, np.exp(log_tau))
        prior = stats.norm.logpdf(mu, 0, 5) + stats.halfcauchy.logpdf(np.exp(log_tau), 0, 5)
        due.append(prior + log_tau + stats.norm.logpdf(3.0, mu, width))
    assert np.subtract(found, found[0]) == pytest.approx(np.subtract(due, due[0]), abs=1e-9)


def test_gradients_are_those_of_the_values():
    one = INPUTS.Schools(Y[:3], SIGMA[:3], 1.5, 0.7, np.array([0.5, -1.0, 0.3]))
    parts = EXERCISES["noncentred_log_prob"].gradient_truth(*one)
    found = np.concatenate([np.ravel(part) for part in parts])
    place = np.array([1.5, 0.7, 0.5, -1.0, 0.3])

    def at(p):
        return schools(one.y, one.sigma, p[0], p[1], p[2:])

    for k, step in enumerate(1e-5 * np.eye(5)):
        assert found[k] == pytest.approx((at(place + step) - at(place - step)) / 2e-5, abs=1e-8)


def test_the_lessons_exact_numbers_are_those_of_a_quadrature():
    """All effects integrated out, log tau from -25 to 8: what the lesson calls exact."""
    mu, log_tau = np.meshgrid(np.linspace(-30, 40, 701), np.linspace(-25, 8, 1651), indexing="ij")
    heights = stats.norm.logpdf(mu, 0, 5) + log_tau - np.log1p(np.exp(2 * log_tau) / 25)
    for y, sigma in zip(Y, SIGMA, strict=True):
        variance = sigma**2 + np.exp(2 * log_tau)
        heights -= 0.5 * ((y - mu) ** 2 / variance + np.log(variance))
    weight = np.exp(heights - heights.max())
    weight /= weight.sum()
    along = weight.sum(axis=0)
    lower = np.cumsum(along)
    edges = log_tau[0] + 0.01
    assert np.sum(weight * mu) == pytest.approx(4.397, abs=1e-3)
    assert np.sum(along * log_tau[0]) == pytest.approx(0.802, abs=5e-4)
    assert np.interp(np.log(0.25), edges, lower) == pytest.approx(0.051, abs=5e-4)
    assert np.interp(0.0, edges, lower) == pytest.approx(0.200, abs=5e-4)


def test_the_table_of_prices_is_complete_and_says_where_it_is_from():
    text = (SOURCE / "price_of_dimensions.csv").read_text(encoding="utf-8")
    rows = np.loadtxt(SOURCE / "price_of_dimensions.csv", delimiter=",", skiprows=5)
    assert text.count("#") == 4
    assert rows[:, 0].tolist() == [2, 5, 10, 20, 40, 100]
    assert np.all(np.diff(rows[:, 1]) > 0)
    assert np.all(rows[:, 3] < 10)
