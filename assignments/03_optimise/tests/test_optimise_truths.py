"""The truths of 03_optimise, against closed forms and the lesson's figures."""

from __future__ import annotations

import csv
import importlib
from pathlib import Path

import numpy as np
import pytest
from scipy.special import gammaln

from course_lib.claims.loading import load

ROOT = Path(__file__).parents[3]
EXERCISES = load("03_optimise", ROOT).exercises
PACKAGE = EXERCISES["newton"].truth.__module__.rpartition(".")[0]
INPUTS = importlib.import_module(f"{PACKAGE}.inputs")

_RNG = np.random.RandomState(123)
X = np.sort(_RNG.uniform(-1, 1, 50))
Y = -0.4 * X + 0.03 + 0.1 * _RNG.randn(50)
TOP = INPUTS.best_fit(X, Y)


def test_the_best_fit_is_least_squares():
    assert np.allclose(TOP[:2], np.polyfit(X, Y, 1), rtol=1e-12)
    assert np.allclose(TOP[:2], [-0.44514917, 0.04069574], atol=1e-8)
    assert np.exp(TOP[2]) == pytest.approx(0.10910469979244297, rel=1e-10)


def test_gradients_are_those_of_the_values():
    value_and_gradient = EXERCISES["value_and_gradient"].truth
    place = TOP + np.array([0.1, 0.2, 0.3])
    value, gradient = value_and_gradient(X, Y, place)
    for k in range(3):
        step = 1e-6 * np.eye(3)[k]
        ends = [value_and_gradient(X, Y, place + s * step)[0] for s in (1, -1)]
        assert gradient[k] == pytest.approx((ends[0] - ends[1]) / 2e-6, rel=1e-6)
    assert value_and_gradient(X, Y, np.array([-0.4, 0.03, np.log(0.1)]))[0] == pytest.approx(
        -38.043974115093675, rel=1e-13
    )
    assert value > 0


FUNCTIONS = [
    INPUTS.Parabola((1.0, 2.0), ((2.0, 0.5), (0.5, 1.0))),
    INPUTS.Rosenbrock(),
    INPUTS.Quartic((1.0, 0.5)),
    INPUTS.LogCosh(),
    INPUTS.LINE,
]


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: type(f).__name__)
def test_valleys_have_the_derivatives_that_they_say(function):
    place = np.array([0.3, -0.4, -1.0])[: 3 if function is INPUTS.LINE else 2]
    _, gradient, hessian = function(place)
    for k in range(len(place)):
        step = 1e-5 * np.eye(len(place))[k]
        up, down = function(place + step), function(place - step)
        assert gradient[k] == pytest.approx((up[0] - down[0]) / 2e-5, rel=1e-6, abs=1e-6)
        assert np.allclose(hessian[k], (up[1] - down[1]) / 2e-5, rtol=1e-6, atol=1e-5)


@pytest.mark.parametrize("inputs", [*INPUTS.BENT, *INPUTS.FLAT, *INPUTS.FAR_OUT, *INPUTS.FAR_LINES])
def test_the_truth_arrives(inputs):
    valley = inputs["valley"]
    assert valley.above(EXERCISES["newton"].truth(*valley.arguments)) < 1e-4


def test_standard_errors_are_those_of_the_inverse_curvature():
    hessian = INPUTS.MinusLogLike(tuple(X), tuple(Y))(TOP)[2]
    due = np.sqrt(np.diag(np.linalg.inv(hessian)))
    assert np.allclose(EXERCISES["standard_errors"].truth(X, Y, TOP), due, rtol=1e-10)
    assert np.allclose(due, [0.03318582, 0.01543023, 0.1], atol=1e-8)


def test_laplace_and_the_exact_evidence():
    """The exact one integrates b, m and log s one after the other: a gamma function is left."""
    value, _, hessian = INPUTS.MinusLogLike(tuple(X), tuple(Y))(TOP)
    laplace = EXERCISES["laplace_log_evidence"].truth(-value, -hessian)
    n, sxx = 50, np.sum((X - X.mean()) ** 2)
    rest = n * np.exp(2 * TOP[2])
    half = 0.5 * (n - 2)
    exact = np.log(0.5) + gammaln(half) - half * np.log(rest / 2) - half * np.log(2 * np.pi)
    exact -= 0.5 * np.log(n * sxx)
    assert (laplace, exact) == (pytest.approx(32.7026, abs=1e-4), pytest.approx(32.7467, abs=1e-4))


def test_hubbles_table_gives_hubbles_constant():
    """The published slope of these 24 galaxies: 454 km/s/Mpc, and 424 through the origin."""
    path = ROOT / "source" / "03_optimise" / "hubble_1929.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    distance = np.array([float(row["distance_mpc"]) for row in rows])
    velocity = np.array([float(row["velocity_km_s"]) for row in rows])
    line = INPUTS.best_fit(distance, velocity)
    errors = EXERCISES["standard_errors"].truth(distance, velocity, line)
    assert len(rows) == 24
    assert (round(line[0]), round(line[1], 1), round(np.exp(line[2]))) == (454, -40.8, 223)
    assert (round(errors[0]), round(errors[1], 1)) == (72, 79.9)
    assert distance @ velocity / (distance @ distance) == pytest.approx(423.9, abs=0.1)
