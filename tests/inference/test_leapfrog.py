"""The leapfrog: exactly reversible, volume-preserving, second order, one gradient a step."""

import numpy as np
import pytest

from course_lib.inference import DenseMetric, PhasePoint, leapfrog
from course_lib.inference.hamiltonian.leapfrog import energy

METRIC = DenseMetric([[1.0, 0.4], [0.4, 0.5]])
Q, P = np.array([0.7, -0.4]), np.array([0.3, 1.1])


def quartic(q):
    """log π = −½|q|² − ¼ Σ qᵢ⁴ − ½ q₀² q₁: curved, not separable, not even."""
    value = -0.5 * q @ q - 0.25 * np.sum(q**4) - 0.5 * q[0] ** 2 * q[1]
    return float(value), -q - q**3 - np.array([q[0] * q[1], 0.5 * q[0] ** 2])


def point(q, p):
    return PhasePoint(q, p, *quartic(q))


def travel(start, step_size, steps):
    for _ in range(steps):
        start = leapfrog(quartic, METRIC, start, step_size)
    return start


def test_the_gradient_of_the_test_potential_is_right():
    h = 1e-5  # central difference: truncation h² = 1e-10 times a third derivative below 10
    difference = [(quartic(Q + h * e)[0] - quartic(Q - h * e)[0]) / (2 * h) for e in np.eye(2)]
    np.testing.assert_allclose(quartic(Q)[1], difference, atol=1e-9)


@pytest.mark.parametrize("back", ["negative step", "flipped momentum"])
def test_reverses_in_time(back):
    """100 steps there and back: 200 steps of about 10 roundings of eps, grown at most 100-fold."""
    there = travel(point(Q, P), 0.1, 100)
    if back == "negative step":
        here = travel(there, -0.1, 100)
    else:
        here = travel(there._replace(momentum=-there.momentum), 0.1, 100)
        here = here._replace(momentum=-here.momentum)
    assert np.abs(there.position - Q).max() > 0.1  # it did go somewhere
    tolerance = 200 * 10 * 2.2e-16 * 100
    np.testing.assert_allclose(here.position, Q, rtol=0, atol=tolerance)
    np.testing.assert_allclose(here.momentum, P, rtol=0, atol=tolerance)


def test_preserves_volume():
    """det of the Jacobian by central differences, whose error is h² = 1e-10 times a few tens."""
    h, columns = 1e-5, []
    for direction in np.eye(4):
        ends = []
        for sign in (1, -1):
            shifted = np.concatenate([Q, P]) + sign * h * direction
            end = travel(point(shifted[:2], shifted[2:]), 0.3, 5)
            ends.append(np.concatenate([end.position, end.momentum]))
        columns.append((ends[0] - ends[1]) / (2 * h))
    assert abs(np.linalg.det(np.array(columns)) - 1) < 1e-8


def test_energy_error_is_of_second_order():
    """log–log slope 2; the next term is of relative size ε² ≤ 0.05², and so is its slope."""
    step_sizes = 0.05 / 2.0 ** np.arange(4)
    errors = []
    for step_size in step_sizes:
        end = travel(point(Q, P), step_size, round(1.0 / step_size))
        errors.append(abs(energy(METRIC, end) - energy(METRIC, point(Q, P))))
    slope = np.polyfit(np.log(step_sizes), np.log(errors), 1)[0]
    assert abs(slope - 2.00) < 2 * 0.05**2 * 2


def test_agrees_with_a_fine_trajectory():
    """Error C ε² with C of order 1 at time 1: at ε = 1e-3 against ε = 1e-4."""
    coarse, fine = travel(point(Q, P), 1e-3, 1000), travel(point(Q, P), 1e-4, 10000)
    assert np.abs(coarse.position - fine.position).max() < 1e-6


def test_one_gradient_a_step_and_it_belongs_to_the_new_point():
    calls = []

    def counted(q):
        calls.append(q)
        return quartic(q)

    start = point(Q, P)
    end = leapfrog(counted, METRIC, start, 0.1)
    assert len(calls) == 1
    value, gradient = quartic(end.position)
    assert end.log_prob == value
    np.testing.assert_array_equal(end.gradient, gradient)


def test_a_flat_potential_is_a_straight_line():
    flat = lambda q: (0.0, np.zeros_like(q))  # noqa: E731
    end = PhasePoint(Q, P, *flat(Q))
    for _ in range(8):
        end = leapfrog(flat, METRIC, end, 0.25)
    np.testing.assert_array_equal(end.momentum, P)
    # eight additions of numbers near 1
    np.testing.assert_allclose(end.position, Q + 2 * METRIC.velocity(P), atol=8 * 4.4e-16)


def test_energy_that_is_not_a_number_counts_as_infinite():
    assert energy(METRIC, PhasePoint(Q, P, np.nan, Q)) == np.inf
    assert energy(METRIC, PhasePoint(Q, P, -np.inf, Q)) == np.inf
