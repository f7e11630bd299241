"""The optimum, the prior and the exact posterior, against independent truths."""

# ruff: noqa: NPY002 - the 2018 data come from the legacy generator, and are compared with it

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import minimize
from worksheet import reference


def some_line(n: int, seed: int = 5) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1.0, 3.0, n)
    return x, 1.3 * x - 0.5 + 0.4 * rng.normal(size=n)


@pytest.mark.parametrize("n", [3, 10, 50])
def test_gradient_vanishes_at_the_best_fit(n: int) -> None:
    """At the closed form every component is rounding: (10 + n) eps of what it is a sum of."""
    x, y = some_line(n)
    best = reference.best_fit(x, y)
    gradient = reference.grad_log_like(x, y, *best)
    # The optimum itself is rounded, by some eps of it, which moves the gradient by as much again.
    allowed = 2 * (10 + n) * np.finfo(float).eps * reference.grad_log_like_scale(x, y, *best)
    assert np.all(np.abs(gradient) <= allowed)


def test_no_step_from_the_best_fit_goes_up() -> None:
    """It is a maximum: a tenth of a standard error in any direction lowers the likelihood."""
    x, y = some_line(20)
    m, b, s = reference.best_fit(x, y)
    best = np.array([m, b, np.log(s)])
    errors = reference.standard_errors(x, s)
    top = reference.log_like(x, y, m, b, s)
    for direction in np.random.default_rng(6).normal(size=(200, 3)):
        step = best + 0.1 * errors * direction / np.linalg.norm(direction)
        assert reference.log_like(x, y, step[0], step[1], np.exp(step[2])) < top


def test_standard_errors_are_the_inverse_curvature() -> None:
    """They are the root diagonal of the inverse Hessian, here by differences of the gradient."""
    x, y = some_line(30)
    m, b, s = reference.best_fit(x, y)
    best = np.array([m, b, np.log(s)])
    h = 1e-5  # central differences err by h² third derivatives and eps/h: both below 1e-8 here
    hessian = np.array(
        [
            reference.grad_log_like_log_s(x, y, *(best + h * unit))
            - reference.grad_log_like_log_s(x, y, *(best - h * unit))
            for unit in np.eye(3)
        ]
    ) / (2 * h)
    expected = np.sqrt(np.diag(np.linalg.inv(-hessian)))
    np.testing.assert_allclose(reference.standard_errors(x, s), expected, rtol=1e-6)


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ([0.0, 1.0], [0.0, 1.0], "at least three points"),
        ([2.0, 2.0, 2.0], [0.0, 1.0, 3.0], "two different x"),
        ([0.0, 1.0, 2.0], [1.0, 2.0, 3.0], "on a line"),
    ],
)
def test_data_without_an_optimum_are_named(x: list, y: list, message: str) -> None:
    """No finite maximum exists, and the error says which reason."""
    with pytest.raises(ValueError, match=message):
        reference.best_fit(x, y)


def test_prior_is_uniform_in_the_angle() -> None:
    """Exchanging x and y, (m, b) -> (1/m, -b/m), leaves the density alone: 3 log|m|.

    COURSE's symmetry: the Jacobian of the exchange is |m|³.
    """
    m = np.array([-7.0, -0.4, 0.1, 2.5])
    exchanged = reference.log_prior(1 / m, 0.0, 0.0)
    # Sums of two numbers below 10: a few eps of 10.
    np.testing.assert_allclose(
        exchanged, reference.log_prior(m, 0.0, 0.0) + 3 * np.log(np.abs(m)), atol=1e-14
    )
    area, error = quad(lambda u: float(np.exp(reference.log_prior(u, 0.0, 0.0))), -np.inf, np.inf)
    assert area == pytest.approx(2.0, abs=10 * error)  # the integral of (1 + m²)^(-3/2)


def test_gradient_of_log_prob_is_its_slope() -> None:
    """The hand formula agrees with a central difference."""
    x, y = some_line(8)
    theta, h = np.array([0.7, -0.2, -0.5]), 1e-5
    by_difference = [
        (reference.log_prob(x, y, *(theta + h * u)) - reference.log_prob(x, y, *(theta - h * u)))
        / (2 * h)
        for u in np.eye(3)
    ]
    # h² times third derivatives of order 1e3 and eps 1e2 / h: both below 1e-6 of 1e2.
    np.testing.assert_allclose(
        reference.grad_log_prob(x, y, *theta), by_difference, rtol=1e-6, atol=1e-6
    )


def by_brute_force(x: np.ndarray, y: np.ndarray, points: int) -> tuple[np.ndarray, np.ndarray]:
    """Posterior mean and sd on a three-dimensional grid, knowing nothing but `log_prob`.

    The grid is even in u with sinh(u) standard errors, so that it also sees heavy tails; the
    intercept is taken at the mean of x, where it is nearly independent of the slope.
    """
    m, b, s = reference.best_fit(x, y)
    unit = reference.standard_errors(x, s)
    unit[1] = s / np.sqrt(len(x))
    u = np.linspace(-9.0, 9.0, points)
    wide, jacobian = np.sinh(u), np.log(np.cosh(u))
    log_s = np.log(s) + unit[2] * wide
    # log s far below is impossible and far above is beyond float64: neither carries any weight.
    keep = np.abs(log_s) < 40.0
    log_s, log_s_jacobian = log_s[keep], jacobian[keep]
    total, first, second = 0.0, np.zeros(3), np.zeros(3)
    peak = reference.log_prob(x, y, m, b, np.log(s))
    for slope, slope_jacobian in zip(m + unit[0] * wide, jacobian, strict=True):
        centre = np.mean(y) - slope * np.mean(x)
        intercept, log_scale = np.meshgrid(centre + unit[1] * wide, log_s, indexing="ij")
        logp = reference.log_prob(x, y, slope, intercept, log_scale) - peak
        weight = np.exp(logp + slope_jacobian + jacobian[:, np.newaxis] + log_s_jacobian)
        theta = np.stack([np.full_like(intercept, slope), intercept, log_scale], axis=-1)
        total += weight.sum()
        first += np.einsum("ij,ijk->k", weight, theta)
        second += np.einsum("ij,ijk->k", weight, theta**2)
    mean = first / total
    return mean, np.sqrt(second / total - mean**2)


@pytest.mark.parametrize("n", [6, 25])
def test_posterior_moments_agree_with_brute_force(n: int) -> None:
    """Two integrals done by hand and one by quadrature agree with a grid in all three."""
    x, y = some_line(n)
    mean, sd = by_brute_force(x, y, points=90)
    coarse_mean, coarse_sd = by_brute_force(x, y, points=70)
    exact = reference.posterior_moments(x, y)
    # The grid's own error, seen by coarsening it; 1e-9 is what its differences of squares leave.
    np.testing.assert_allclose(exact.mean, mean, atol=1e-9 + 2 * np.abs(mean - coarse_mean).max())
    np.testing.assert_allclose(exact.sd, sd, atol=1e-9 + 2 * np.abs(sd - coarse_sd).max())
    assert np.abs(mean - coarse_mean).max() < 1e-5  # the comparison is worth something
    assert np.abs(sd - coarse_sd).max() < 1e-5


def test_posterior_needs_four_points() -> None:
    """With three points the intercept has no variance, and the error says so."""
    with pytest.raises(ValueError, match="at least four points"):
        reference.posterior_moments(*some_line(3))


def test_worksheet_numbers() -> None:
    """Every number of the 2018 worksheet that does not depend on a sampler."""
    x, y, truth = reference.worksheet_data()
    m, b, s = truth
    rtol = 1e-12  # the published digits; summation order moves the last three
    np.testing.assert_allclose(reference.log_like(x, y, m, b, s), 38.043974115093675, rtol=rtol)
    np.testing.assert_allclose(reference.log_like(x, y, 0.1, b, s), -121.37882419883077, rtol=rtol)
    np.testing.assert_allclose(
        reference.log_like(x, 0 * y, m, b, s), -19.321491806784866, rtol=rtol
    )
    np.testing.assert_allclose(
        reference.grad_log_like(x, y, m, b, s),
        [-48.6057096067264, 52.63990461776443, 122.76707748749914],
        rtol=rtol,
    )
    by_log_s = reference.grad_log_like_log_s(x, y, m, b, np.log(s))
    np.testing.assert_allclose(by_log_s[2], 12.276707748749913, rtol=rtol)
    log_prob = reference.log_prob(x, y, m, b, np.log(s))
    np.testing.assert_allclose(log_prob, 37.821344107416266, rtol=rtol)
    # Below: as many digits as are published.
    np.testing.assert_allclose(
        reference.grad_log_prob(x, y, m, b, np.log(s)),
        [-47.57122685, 52.63990462, 12.27670775],
        atol=5e-9,
    )
    best = reference.best_fit(x, y)
    np.testing.assert_allclose(best[:2], [-0.44514917, 0.04069574], atol=5e-9)
    np.testing.assert_allclose(best[2], 0.10910469979244297, rtol=rtol)
    np.testing.assert_allclose(reference.log_like(x, y, *best), 39.82543880126777, rtol=rtol)
    exact = reference.posterior_moments(x, y)
    np.testing.assert_allclose(exact.mean, [-0.44382099, 0.04069081, -2.18455315], atol=5e-9)
    np.testing.assert_allclose(exact.sd, [0.03456318, 0.01608702, 0.1031331], atol=5e-9)


def test_worksheet_optimum_is_where_lbfgs_goes() -> None:
    """SciPy's default L-BFGS-B from the truth: the published point, steps and evaluations."""
    x, y, (m, b, s) = reference.worksheet_data()

    def downhill(theta: np.ndarray) -> tuple[float, np.ndarray]:
        value = reference.log_like(x, y, theta[0], theta[1], np.exp(theta[2]))
        return -float(value), -reference.grad_log_like_log_s(x, y, *theta)

    found = minimize(downhill, [m, b, np.log(s)], jac=True, method="L-BFGS-B")
    # It stops where one more step would gain less than 2e-9 of the value, 1e-4 standard errors.
    best = reference.best_fit(x, y)
    distance = found.x - np.array([best[0], best[1], np.log(best[2])])
    assert np.all(np.abs(distance) <= 1e-3 * reference.standard_errors(x, best[2]))
    published = [-0.4451492551952392, 0.0406957941288166, np.log(0.10910471750576961)]
    np.testing.assert_allclose(found.x, published, atol=1e-8)
    assert (found.nit, found.nfev) == (10, 12)


def test_worksheet_data_are_the_legacy_recipe() -> None:
    """The same points as `numpy.random.seed(123)` gave, and the global stream is left alone."""
    before = np.random.get_state()[1].copy()
    x, y, _ = reference.worksheet_data()
    np.testing.assert_array_equal(np.random.get_state()[1], before)
    state = np.random.get_state()
    try:
        np.random.seed(123)
        expected_x = np.sort(np.random.uniform(-1, 1, 50))
        expected_y = -0.4 * expected_x + 0.03 + 0.1 * np.random.randn(len(expected_x))
    finally:
        np.random.set_state(state)
    np.testing.assert_array_equal(x, expected_x)
    np.testing.assert_array_equal(y, expected_y)
