"""HMC: the right number of leapfrog steps, then accept or reject.

Its moments are in test_moments.py; stored log_prob, units, seeds and NaNs in test_nuts.py.
"""

import numpy as np
import pytest

from course_lib.inference import DiagonalMetric, PhasePoint, hmc, leapfrog
from course_lib.inference.readable.hmc import hmc_step

METRIC = DiagonalMetric([1.0, 4.0])
START = np.array([0.6, -1.0])


def normal(q):
    return -0.5 * float(q @ q), -q


def one_step(seed, step_size, steps):
    """The transition, and the end of leapfrog steps with the same momentum."""
    point = PhasePoint(START, np.zeros(2), *normal(START))
    moved = hmc_step(normal, METRIC, point, step_size, np.random.default_rng(seed), steps)
    end = point._replace(momentum=METRIC.sample(np.random.default_rng(seed)))
    for _ in range(steps):
        end = leapfrog(normal, METRIC, end, step_size)
    return moved, end


@pytest.mark.parametrize("steps", [1, 2, 7])
def test_an_accepted_move_is_so_many_leapfrog_steps_away(steps):
    """At ε = 0.01 the energy error is below 1e-3: ten moves are all accepted, seed by seed."""
    for seed in range(10):
        moved, end = one_step(seed, 0.01, steps)
        np.testing.assert_array_equal(moved.point.position, end.position)
        assert moved.point.log_prob == end.log_prob
        assert moved.leapfrogs == steps
        assert moved.acceptance > 0.999


def test_a_rejected_move_keeps_the_old_point_and_its_log_prob():
    """At ε = 0.95 with a variance 4 times too large (stable below 1), some are refused."""
    outcomes = [one_step(seed, 0.95, 3) for seed in range(40)]
    refused = [moved for moved, end in outcomes if not np.array_equal(moved.point[0], end[0])]
    assert 0 < len(refused) < 40
    for moved in refused:
        np.testing.assert_array_equal(moved.point.position, START)
        assert moved.point.log_prob == normal(START)[0]
        assert moved.acceptance < 1


def test_a_divergent_trajectory_stops_early_and_is_rejected():
    """Unstable at ε = 1e3: the energy overflows long before 1000 steps."""
    point = PhasePoint(START, np.zeros(2), *normal(START))
    with np.errstate(all="ignore"):
        moved = hmc_step(normal, METRIC, point, 1e3, np.random.default_rng(1), 1000)
    assert moved.divergent and moved.acceptance == 0 and moved.leapfrogs < 100
    np.testing.assert_array_equal(moved.point.position, START)


def test_evaluations_are_steps_times_draws():
    result = hmc(normal, START, 20, steps=6, warmup=0, step_size=0.1, seed=1, progress=False)
    assert result.evaluations == 120 and np.all(result.depth == 0)


def test_no_steps_are_refused():
    with pytest.raises(ValueError, match="1 leapfrog step or more"):
        hmc(normal, START, 20, steps=0)
