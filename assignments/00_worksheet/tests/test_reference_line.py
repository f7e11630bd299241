"""The reference likelihood and its gradients, against sixty-digit arithmetic and calculus."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from mpmath import exp, log, mp, mpf, pi
from scipy.integrate import quad
from worksheet import reference

mp.dps = 60
EPS = float(np.finfo(np.float64).eps)

# Higham's bound for a sum of n terms is (n - 1) units of eps / 2 in any order; a term here takes
# fewer than twenty operations, each eps / 2, the elementary functions one unit in the last place.
OPERATIONS = 10


def draws() -> list[tuple[np.ndarray, np.ndarray, float, float, float]]:
    """Lines whose scales, offsets and residuals run over many orders of magnitude."""
    rng = np.random.default_rng(20)
    lines = []
    for n in (1, 2, 7, 60):
        for _ in range(25):
            x = rng.normal(size=n) * 10.0 ** rng.uniform(-3, 3)
            m, b = rng.normal(size=2) * 10.0 ** rng.uniform(-3, 3, size=2)
            s = 10.0 ** rng.uniform(-8, 8)
            y = m * x + b + s * rng.normal(size=n) * 10.0 ** rng.uniform(0, 4)
            lines.append((x, y, float(m), float(b), float(s)))
    return lines


def precise(x: np.ndarray, y: np.ndarray, m: float, b: float, s: float) -> dict[str, Any]:
    """The formulas in sixty digits, from exactly these float64 inputs."""
    xs, ys = [mpf(float(v)) for v in x], [mpf(float(v)) for v in y]
    m_, b_, s_ = mpf(m), mpf(b), mpf(s)
    r = [y_ - m_ * x_ - b_ for x_, y_ in zip(xs, ys, strict=True)]
    by_s = sum(r_**2 / s_**3 - 1 / s_ for r_ in r)
    by_line = [sum(r_ * x_ for r_, x_ in zip(r, xs, strict=True)) / s_**2, sum(r) / s_**2]
    return {
        "log_like": [-sum(r_**2 / s_**2 + log(2 * pi * s_**2) for r_ in r) / 2],
        "grad": [*by_line, by_s],
        "grad_log_s": [*by_line, s_ * by_s],
    }


def errors(got: np.ndarray, exact: list[Any], scale: np.ndarray) -> np.ndarray:
    """|got - exact| in units of eps times the scale."""
    differences = [abs(mpf(float(g)) - e) for g, e in zip(np.atleast_1d(got), exact, strict=True)]
    return np.array([float(d) for d in differences]) / (EPS * np.atleast_1d(scale))


@pytest.mark.parametrize("line", draws())
def test_value_and_gradient_are_right_to_rounding(line: Any) -> None:
    """The scale bounds the rounding: fewer than (operations + n) eps of it are ever lost."""
    exact = precise(*line)
    allowed = OPERATIONS + len(line[0])
    value = errors(reference.log_like(*line), exact["log_like"], reference.log_like_scale(*line))
    assert np.all(value <= allowed)
    gradient = errors(
        reference.grad_log_like(*line), exact["grad"], reference.grad_log_like_scale(*line)
    )
    assert np.all(gradient <= allowed)


@pytest.mark.parametrize("line", draws()[::5])
def test_gradient_by_log_s_is_right_to_rounding(line: Any) -> None:
    """As above, from log s: the exact answer is taken at exp(log_s) in sixty digits."""
    x, y, m, b, s = line
    log_s = float(np.log(s))
    exact = precise(x, y, m, b, exp(mpf(log_s)))["grad_log_s"]
    scale = reference.grad_log_like_log_s_scale(x, y, m, b, log_s)
    got = errors(reference.grad_log_like_log_s(x, y, m, b, log_s), exact, scale)
    assert np.all(got <= OPERATIONS + len(x))


def test_density_of_y_has_area_one() -> None:
    """exp(log_like) of one point is a probability density of y."""
    area = quad(lambda y: float(np.exp(reference.log_like([2.0], [y], 3.0, 1.0, 0.5))), 2.0, 12.0)
    assert area[0] == pytest.approx(1.0, abs=10 * area[1] + 1e-12)  # quad's own error estimate


def test_terms_add_up() -> None:
    """The terms are one a point, and their sum is the log likelihood."""
    x, y, truth = reference.worksheet_data()
    terms = reference.log_like_terms(x, y, *truth)
    assert terms.shape == (50,)
    assert float(np.sum(terms)) == float(reference.log_like(x, y, *truth))


def test_parameters_broadcast() -> None:
    """A batch of parameters gives what each gives alone, in every function."""
    x, y, _ = reference.worksheet_data()
    rng = np.random.default_rng(3)
    m, b, log_s = rng.normal(size=(3, 4, 2))
    for function in (reference.log_like, reference.grad_log_like):
        batch = function(x, y, m, b, np.exp(log_s))
        single = function(x, y, m[1, 1], b[1, 1], np.exp(log_s[1, 1]))
        np.testing.assert_array_equal(batch[1, 1], single)
    for of_log_s in (reference.log_prob, reference.grad_log_prob, reference.log_prob_scale):
        batch = of_log_s(x, y, m, b, log_s)
        np.testing.assert_array_equal(batch[1, 1], of_log_s(x, y, m[1, 1], b[1, 1], log_s[1, 1]))
    assert reference.grad_log_prior(m, 0.0, 0.0).shape == (4, 2, 3)


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        (([1.0], [1.0, 2.0], 0.0, 0.0, 1.0), "equally long"),
        (([1.0], [1.0], 0.0, 0.0, 0.0), "s must be positive"),
        (([1.0], [1.0], 0.0, 0.0, -2.3), "not log s"),
        (([1.0], [1.0], np.nan, 0.0, 1.0), "m must be finite"),
    ],
)
def test_bad_input_is_named(inputs: Any, message: str) -> None:
    """Each error names the argument at fault."""
    for function in (reference.log_like, reference.grad_log_like):
        with pytest.raises(ValueError, match=message):
            function(*inputs)
