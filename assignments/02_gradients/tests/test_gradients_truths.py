"""The truths of 02_gradients, against imaginary steps, thirty digits and the lesson's figures."""

from __future__ import annotations

import importlib
from pathlib import Path

import numpy as np
import pytest

from course_lib.claims.loading import load

ROOT = Path(__file__).parents[3]
EXERCISES = load("02_gradients", ROOT).exercises
PACKAGE = EXERCISES["pull_back"].truth.__module__.rpartition(".")[0]
INPUTS = importlib.import_module(f"{PACKAGE}.inputs")
HESSIAN = importlib.import_module(f"{PACKAGE}.hessian_times").matrix

_RNG = np.random.RandomState(123)
X = np.sort(_RNG.uniform(-1, 1, 50))
Y = -0.4 * X + 0.03 + 0.1 * _RNG.randn(50)
THETA = np.array([-0.4, 0.03, np.log(0.1)])


def log_like(theta, weights=1.0):
    """The log likelihood of the fifty points, which knows complex numbers."""
    m, b, log_s = theta
    r = Y - m * X - b
    return np.sum(weights * (-0.5 * r**2 * np.exp(-2 * log_s) - log_s - 0.5 * np.log(2 * np.pi)))


def slope(function, theta):
    """The derivatives of `function` by imaginary steps: exact to rounding."""
    steps = 1e-30j * np.eye(len(theta))
    return np.array([np.imag(function(theta + step)) / 1e-30 for step in steps])


def test_pulls_are_the_weighted_derivatives():
    weights = np.linspace(-1, 2, 50)
    due = slope(lambda theta: log_like(theta, weights), THETA)
    assert np.allclose(EXERCISES["pull_back"].truth(X, Y, THETA, weights), due, rtol=1e-12)


def test_rows_are_the_derivatives_of_their_lines():
    rows = np.array([THETA, [0.3, -0.2, 0.4]])
    due = [slope(log_like, row) for row in rows]
    assert np.allclose(EXERCISES["gradient_many"].truth(X, Y, rows), due, rtol=1e-12)


def test_the_hessian_is_the_derivative_of_the_gradient():
    def gradient(theta):
        m, b, log_s = theta
        r, inverse = Y - m * X - b, np.exp(-2 * log_s)
        return np.array([np.sum(r * X), np.sum(r), np.sum(r**2)]) * inverse - [0, 0, 50]

    steps = 1e-30j * np.eye(3)
    due = np.array([np.imag(gradient(THETA + step)) / 1e-30 for step in steps])
    assert np.allclose(HESSIAN(X, Y, THETA), due, rtol=1e-12)
    assert np.allclose(due, due.T, rtol=1e-12)


def test_the_lessons_figures():
    """By (m, b, s) the Hessian at the truth is what a differentiation by hand gives."""
    to_s = np.diag([1, 1, 10.0])  # d log s / ds at s = 0.1
    by_log_s = HESSIAN(X, Y, THETA)
    third = slope(log_like, THETA)[2]
    by_s = to_s @ by_log_s @ to_s - np.diag([0, 0, 100 * third])
    due = [[-1080.96, -18.579, 972.114], [-18.579, -5000, -1052.80], [972.114, -1052.80, -13683.0]]
    assert np.allclose(by_s, due, rtol=1e-4)


@pytest.mark.parametrize("name", INPUTS.RIGHT)
def test_right_pairs_are_right_and_pass(name):
    test = INPUTS.RIGHT[name]
    steps = 1e-5 * np.diag(test.scale)
    pairs = zip(steps, np.diag(steps), strict=True)
    found = np.array(
        [(test.f(test.theta + e) - test.f(test.theta - e)) / (2 * h) for e, h in pairs]
    )
    assert np.allclose(
        found, test.gradient(test.theta), rtol=1e-4, atol=1e-5 * np.max(np.abs(found))
    )
    judge = EXERCISES["gradient_is_right"].truth
    assert judge(*test.arguments) is True
    assert judge(*test.spoilt({0: 1.01}).arguments) is False
    assert judge(*test.spoilt(plus={0: np.inf}).arguments) is False
