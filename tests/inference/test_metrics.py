"""Metrics: velocity, kinetic energy and momenta of a mass matrix, and invalid arguments."""

import numpy as np
import pytest

from course_lib.inference import DenseMetric, DiagonalMetric, IdentityMetric, IsotropicMetric

COVARIANCE = np.array([[4.0, 1.2, 0.0], [1.2, 1.0, -0.3], [0.0, -0.3, 0.5]])
METRICS = {
    "identity": (IdentityMetric(3), np.eye(3)),
    "isotropic": (IsotropicMetric(3, 2.5), 2.5 * np.eye(3)),
    "diagonal": (DiagonalMetric([4.0, 1.0, 0.25]), np.diag([4.0, 1.0, 0.25])),
    "dense": (DenseMetric(COVARIANCE), COVARIANCE),
}


@pytest.fixture(params=METRICS)
def metric_and_covariance(request):
    return METRICS[request.param]


def test_velocity_is_the_covariance_times_the_momentum(metric_and_covariance):
    metric, covariance = metric_and_covariance
    momentum = np.array([0.5, -1.0, 2.0])
    # three products and two sums of numbers below 10
    np.testing.assert_allclose(metric.velocity(momentum), covariance @ momentum, atol=1e-14)


def test_velocity_is_the_slope_of_the_kinetic_energy(metric_and_covariance):
    metric, _ = metric_and_covariance
    momentum, h = np.array([0.5, -1.0, 2.0]), 2.0**-10
    slope = [
        (metric.kinetic(momentum + h * e) - metric.kinetic(momentum - h * e)) / (2 * h)
        for e in np.eye(3)
    ]
    # a central difference of a quadratic is exact but for rounding: eps·20/h
    np.testing.assert_allclose(metric.velocity(momentum), slope, atol=20 * 2.2e-16 / h)


def test_momenta_have_the_inverse_covariance(metric_and_covariance):
    """Each entry of the sample covariance has sd √((Mᵢᵢ Mⱼⱼ + Mᵢⱼ²)/n); 6 entries within 4.5 sd.

    Over seeds, false alarms at 6 · 7e-6 = 4e-5 per metric.
    """
    metric, covariance = metric_and_covariance
    rng, n = np.random.default_rng(5), 20000
    momenta = np.array([metric.sample(rng) for _ in range(n)])
    mass = np.linalg.inv(covariance)
    spread = np.sqrt((np.outer(np.diag(mass), np.diag(mass)) + mass**2) / n)
    assert np.all(np.abs(momenta.T @ momenta / n - mass) < 4.5 * spread)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: IdentityMetric(0), "dimension of 1 or more"),
        (lambda: IsotropicMetric(2, -1.0), "positive"),
        (lambda: IsotropicMetric(2, np.inf), "finite"),
        (lambda: DiagonalMetric([1.0, 0.0]), "variance of parameter 1 is 0.*chain.*move"),
        (lambda: DiagonalMetric([np.nan, 1.0]), "variance of parameter 0 is nan"),
        (lambda: DiagonalMetric(2.0), r"array \[d\]; got shape \(\)"),
        (lambda: DiagonalMetric([]), r"got shape \(0,\)"),
        (lambda: DenseMetric([1.0, 2.0]), r"\[d, d\], got shape \(2,\)"),
        (lambda: DenseMetric([[1.0, 2.0], [0.0, 1.0]]), "not symmetric"),
        (lambda: DenseMetric([[1.0, 2.0], [2.0, 1.0]]), "not positive definite"),
        (lambda: DenseMetric([[np.nan]]), "not finite"),
    ],
)
def test_an_invalid_metric_raises(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_does_not_follow_the_array_it_was_made_from():
    variance = np.ones(2)
    metric = DiagonalMetric(variance)
    variance[:] = 100.0
    np.testing.assert_array_equal(metric.velocity(np.ones(2)), [1.0, 1.0])
