"""Elastic-step HMC: the readable and the compiled sampler agree, and `sample` offers it."""

import math

import numpy as np
import pytest
import tensorflow as tf
from test_elastic_law import funnel

from course_lib.inference import DenseMetric, DiagonalMetric, PhasePoint, elastic_hmc, sample
from course_lib.inference.adaptation.step_counts import FEWEST, MOST, POWER, StepCounts, step_counts
from course_lib.inference.compiled.chunk import elastic_chunk
from course_lib.inference.compiled.dual_averaging import init_step_size
from course_lib.inference.compiled.xla_ops import random_state, uniform
from course_lib.inference.hamiltonian.elastic import TAU, log_wish, step_log_density
from course_lib.inference.hamiltonian.leapfrog import energy
from course_lib.inference.hamiltonian.metrics import IdentityMetric
from course_lib.inference.readable.elastic import (
    ElasticPoint,
    elastic_step,
    elastic_trajectory,
    log_density,
    mean_square,
)
from course_lib.inference.readable.run_chains import run_chains

pytestmark = pytest.mark.filterwarnings("ignore:.*draw longer")
METRICS = {
    "identity": (IdentityMetric(3), np.ones((3, 1)), False),
    "diagonal": (DiagonalMetric([4.0, 0.25, 1.0]), np.array([[2.0], [0.5], [1.0]]), False),
    "dense": (
        DenseMetric([[4.0, 0.5, 0.0], [0.5, 1.0, 0.2], [0.0, 0.2, 1.0]]),
        np.linalg.cholesky([[4.0, 0.5, 0.0], [0.5, 1.0, 0.2], [0.0, 0.2, 1.0]]),
        True,
    ),
}


def small_funnel(q):
    """v ~ N(0, 3²), two x ~ N(0, e^v); with its gradient, at one point [3]."""
    v, square, width = q[0], float(q[1:] @ q[1:]), math.exp(-q[0])
    slope = -v / 9 - 1.0 + 0.5 * square * width
    return -(v**2) / 18 - v - 0.5 * square * width, np.array([slope, *(-q[1:] * width)])


def small_funnel_columns(q):
    v, square, width = q[0], tf.reduce_sum(q[1:] ** 2, axis=0), tf.exp(-q[0])
    slope = -v / 9 - 1.0 + 0.5 * square * width
    gradient = tf.concat([slope[None], -q[1:] * width], axis=0)
    return -(v**2) / 18 - v - 0.5 * square * width, gradient


@pytest.mark.parametrize("kind", METRICS)
def test_the_compiled_kernel_makes_the_transitions_of_the_readable_one(kind):
    """Six transitions of eight chains, each from where the compiled kernel is, within 1e-9.

    At most 24 steps, each a rounding of 1e-16 that the funnel stretches by less than e^0.6.
    """
    metric, scale, dense = METRICS[kind]
    rng, eta, lengths = np.random.default_rng(3), 0.5, np.array([4.0, 9, 24, 5, 7, 12])
    q = rng.normal(size=(3, 8))
    normals = rng.standard_normal((6, 3, 8))
    bits = rng.integers(0, 2**64, (6, 2, 8), np.uint64)
    chunk = elastic_chunk(small_funnel_columns, 3, 8, 6, 8, dense)
    found = chunk(
        q, np.zeros((3, 1)), scale, normals, bits, lengths, 6, False, False,
        init_step_size(eta), tf.constant(0.8, tf.float64),
    )  # fmt: skip
    # q = loc + L x, so a momentum of x is Lᵀ times one of q
    momenta = np.linalg.solve(scale.T, normals) if dense else normals / scale
    place, refused = q, 0
    for i, steps in enumerate(lengths):
        u, level = (uniform(random_state(tf.constant(row)))[1].numpy() for row in bits[i])
        for c in range(8):
            here = place[:, c]
            begin = PhasePoint(here, momenta[i, :, c], *small_funnel(here))
            wish = log_wish(eta, mean_square(metric, begin.gradient))
            start = ElasticPoint(begin, wish + TAU * math.log(level[c] / (1 - level[c])))
            end = elastic_trajectory(small_funnel, metric, start, eta, int(steps))
            gain = log_density(metric, end, eta) - log_density(metric, start, eta)
            kept = end.point if u[c] < math.exp(min(0.0, gain)) else begin
            refused += kept is begin
            np.testing.assert_allclose(found.q[i, :, c], kept.position, rtol=1e-9, atol=1e-9)
            np.testing.assert_allclose(found.log_prob[i, c], kept.log_prob, rtol=1e-9, atol=1e-9)
            acceptance = math.exp(min(0.0, gain))
            np.testing.assert_allclose(found.acceptance[i, c], acceptance, rtol=1e-7, atol=1e-9)
            np.testing.assert_allclose(found.energy[i, c], energy(metric, begin), rtol=1e-10)
            assert int(found.leapfrogs[i, c]) == steps + 1
        place = found.q[i].numpy()
    assert 0 < refused < 48


def test_a_trajectory_with_its_momentum_negated_leads_back():
    """Twelve steps there and back, to 1e-10: positions, momenta and the log of the step."""
    metric, rng = METRICS["dense"][0], np.random.default_rng(5)
    position, momentum = rng.normal(size=(2, 3))
    point = PhasePoint(position, momentum, *small_funnel(position))
    start = ElasticPoint(point, math.log(0.2))
    end = elastic_trajectory(small_funnel, metric, start, 0.5, 12)
    assert np.abs(end.point.position - position).max() > 0.1
    turned = end._replace(point=end.point._replace(momentum=-end.point.momentum))
    back = elastic_trajectory(small_funnel, metric, turned, 0.5, 12)
    np.testing.assert_allclose(back.point.position, position, rtol=0, atol=1e-10)
    np.testing.assert_allclose(-back.point.momentum, momentum, rtol=0, atol=1e-10)
    assert abs(back.log_step - start.log_step) < 1e-10


def test_a_trajectory_preserves_volume():
    """|det| of (q, p, log e) -> the same after 5 steps is 1, by central differences of 1e-6.

    Their error is 1e-6² of third derivatives and 1e-16/1e-6 of rounding: 1e-7 is far above both.
    """
    metric = IdentityMetric(3)

    def move(z):
        point = PhasePoint(z[:3], z[3:6], *small_funnel(z[:3]))
        end = elastic_trajectory(small_funnel, metric, ElasticPoint(point, z[6]), 0.5, 5)
        return np.array([*end.point.position, *end.point.momentum, end.log_step])

    z = np.array([*np.random.default_rng(6).normal(size=6), math.log(0.2)])
    steps = 1e-6 * np.eye(7)
    jacobian = np.array([(move(z + h) - move(z - h)) / 2e-6 for h in steps]).T
    assert abs(abs(np.linalg.det(jacobian)) - 1) < 1e-7
    assert np.abs(jacobian - np.eye(7)).max() > 0.5


def test_the_log_density_of_the_step_is_that_of_the_logistic_distribution():
    from scipy.stats import logistic

    z = np.linspace(-3.0, 3.0, 13)
    exact = logistic(scale=TAU).logpdf(z) + math.log(TAU)
    # a logarithm and two exponentials of numbers up to 15
    np.testing.assert_allclose([step_log_density(v) for v in z], exact, rtol=0, atol=1e-13)


def test_numbers_of_steps_follow_the_power_law():
    """Weyl's sequence fills evenly to (log n)/n = 1e-3 of the share."""
    counts = step_counts(0, 10_000)
    assert (counts.min(), counts.max()) == (FEWEST, MOST)
    weights = np.arange(FEWEST, MOST + 1) ** -POWER
    shares = np.cumsum(weights) / weights.sum()
    for most in (4, 8, 32, 128):
        assert abs(np.mean(counts <= most) - shares[most - FEWEST]) < 1e-3
    twice = StepCounts()
    both = np.concatenate([twice.next_times(20, 7)[:7], twice.next_times(20, 9)[:9]])
    np.testing.assert_array_equal(both, step_counts(0, 16))


def test_the_readable_sampler_keeps_the_unit_normal(unit_normal):
    """Mean square of 3 parameters over 3000 draws within 4.5 Monte Carlo errors: 7e-6 a seed."""
    from course_lib.inference import effective_sample_size

    result = run_chains(
        elastic_step, unit_normal, [0.5, -0.5, 1.0], 3000, 0, 1.0, IdentityMetric(3), 1, 1, False,
        "",
    )  # fmt: skip
    square = (result.draws**2).mean(axis=2)
    error = square.std() / np.sqrt(effective_sample_size(square))
    assert 0.5 < result.acceptance.mean() < 0.99
    assert abs(square.mean() - 1.0) < 4.5 * error


def test_the_readable_sampler_learns_its_step():
    """Mean acceptance of 12 chains within 0.16 of the 0.8 aimed at: 4.5 of its errors, 0.036.

    One chain of 50 draws says little: its mean has a spread of 0.12, its step one of a factor 4,
    and which it is depends on the machine's rounding.
    """
    acceptance = []
    for seed in range(12):
        result = elastic_hmc(small_funnel, np.ones(3), 50, warmup=100, seed=seed, progress=False)
        assert result.draws.shape == (50, 1, 3)
        assert result.divergent.mean() < 0.2
        acceptance.append(result.acceptance.mean())
    assert abs(np.mean(acceptance) - 0.8) < 0.16


def test_sample_draws_the_funnel_whose_neck_other_methods_miss():
    """v ~ N(0, 3²): mean and sd within 4.5 Monte Carlo errors, each 7e-6 over seeds."""
    from course_lib.inference import mcse_mean, mcse_sd

    result = sample(
        lambda q: funnel(q)[0], 4000, chains=64, start=np.zeros(10), warmup=500, method="elastic",
        metric=IdentityMetric(10), seed=1, progress=False,
    )  # fmt: skip
    v = result.draws[..., 0]
    assert abs(v.mean()) < 4.5 * mcse_mean(v)
    assert abs(v.std() - 3.0) < 4.5 * mcse_sd(v)
    assert v.min() < -8 and not result.stuck_chains.size
    assert np.all(result.depth == 0) and result.leapfrogs.max() == MOST + 1


def test_the_same_seed_gives_the_same_draws():
    kwargs = {"chains": 8, "start": np.zeros(10), "warmup": 30, "seed": 2, "progress": False}
    one, two = (
        sample(lambda q: funnel(q)[0], 20, method="elastic", **kwargs).draws for _ in range(2)
    )
    np.testing.assert_array_equal(one, two)
