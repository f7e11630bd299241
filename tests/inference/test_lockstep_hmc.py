"""The compiled HMC: each transition the readable one's, the law of its draws, its tuning."""

import math

import numpy as np
import pytest
import tensorflow as tf
from scipy.stats import chi2, kstest

from course_lib.inference import IdentityMetric, PhasePoint, TFModel, leapfrog, lockstep, sample
from course_lib.inference.leapfrog import energy
from course_lib.inference.lockstep import lengths, tuning
from course_lib.inference.lockstep.lengths import Lengths
from course_lib.inference.lockstep.space import Space
from course_lib.inference.lockstep.uniform import seeded, uniform

pytestmark = pytest.mark.filterwarnings("ignore:.*draw longer")
MANY, FALSE_ALARM = 20_000, 1e-5
GOAL = tf.constant(0.8, tf.float64)


def normal(q):
    return -0.5 * tf.reduce_sum(q**2, axis=0), -q


def bent(q):
    """Skew, in two dimensions, for columns; with its gradient by hand."""
    bend = q[1] - 0.3 * q[0] ** 2
    return -0.5 * (q[0] ** 2 + bend**2), tf.stack([-q[0] + 0.6 * q[0] * bend, -bend])


def bent_at(q):
    bend = q[1] - 0.3 * q[0] ** 2
    return float(-0.5 * (q[0] ** 2 + bend**2)), np.array([-q[0] + 0.6 * q[0] * bend, -bend])


def moved(target, q, transitions, step, times, seed=9):
    """The chunk that takes exact starts q [d, C] so far; its normals and bits."""
    rng, (d, chains) = np.random.default_rng(seed), q.shape
    normals = rng.standard_normal((transitions, d, chains))
    bits = rng.integers(0, 2**64, (transitions, 2, chains), np.uint64)
    chunk = lockstep.lockstep_hmc(target, d, chains, transitions, 8)
    found = chunk(
        q, np.zeros((d, 1)), np.ones((d, 1)), normals, bits, times, transitions, False, False,
        lockstep.fixed_step(step), GOAL,
    )  # fmt: skip
    return found, normals, bits


@pytest.mark.parametrize("step", [0.2, 0.9, 2.5])
def test_is_leapfrog_steps_and_a_metropolis_test(step):
    """Ten transitions of eight chains, each from the compiled kernel's own place, within 1e-10.

    At most 20 steps, each a rounding of 1e-16 that this target stretches by less than e^0.6.
    """
    times, metric = np.linspace(0.1, 4.0, 10), IdentityMetric(2)
    q = np.random.default_rng(3).normal(size=(2, 8))
    found, normals, bits = moved(bent, q, 10, step, times)
    place, refused = q, 0
    for i in range(10):
        length = max(times[i], step)
        steps = round(length / step)
        u = uniform(seeded(tf.constant(bits[i, 0])))[1].numpy()
        for c in range(8):
            begin = PhasePoint(place[:, c], normals[i, :, c], *bent_at(place[:, c]))
            end = begin
            for _ in range(steps):
                end = leapfrog(bent_at, metric, end, length / steps)
            gain = energy(metric, begin) - energy(metric, end)
            kept = end if u[c] < math.exp(min(0.0, gain)) else begin
            refused += kept is begin
            np.testing.assert_allclose(found.q[i, :, c], kept.position, rtol=1e-10, atol=1e-10)
            np.testing.assert_allclose(found.log_prob[i, c], kept.log_prob, rtol=1e-10, atol=1e-10)
            acceptance = math.exp(min(0.0, gain))
            np.testing.assert_allclose(found.acceptance[i, c], acceptance, rtol=1e-9, atol=1e-10)
            np.testing.assert_allclose(found.energy[i, c], energy(metric, begin), rtol=1e-10)
            assert int(found.leapfrogs[i, c]) == steps
        place = found.q[i].numpy()
    assert (refused > 0) == (step > 0.2), "at the larger steps some are refused"


def remembers_the_place_it_left(monkeypatch):
    transition = Lengths.transition

    def historic(self, now, *arguments):
        draw, about = transition(self, now, *arguments)
        return draw._replace(log_prob=now.log_prob), about

    monkeypatch.setattr(Lengths, "transition", historic)


def never_refuses(monkeypatch):
    monkeypatch.setattr(lengths, "chosen", lambda take, new, old: new)


def skips_half_a_kick(monkeypatch):
    whole = Space.leapfrog

    def hasty(self, place, step):
        after, value = whole(self, place, step)
        return after._replace(p=after.p - 0.5 * step * after.gradient), value

    monkeypatch.setattr(Space, "leapfrog", hasty)


def p_values(dimension, step):
    """Of 20000 exact draws after three transitions: |q|² against χ², each parameter's marginal."""
    q = np.random.default_rng(2).standard_normal((dimension, MANY))
    q = moved(normal, q, 3, step, np.array([1.2, 2.4, 3.6]))[0].last.numpy()
    radius = kstest((q**2).sum(axis=0), chi2(dimension).cdf).pvalue
    return [radius, *(kstest(row, "norm").pvalue for row in q)]


@pytest.mark.parametrize(("dimension", "step"), [(1, 1.2), (2, 0.3), (2, 1.7), (5, 1.0)])
def test_exact_draws_stay_exact(dimension, step):
    """Each p-value is below 1e-5 once in 100 000 seeds."""
    assert min(p_values(dimension, step)) > FALSE_ALARM


@pytest.mark.parametrize("mistake", [remembers_the_place_it_left, never_refuses, skips_half_a_kick])
def test_the_same_test_fails_a_broken_sampler(monkeypatch, mistake):
    mistake(monkeypatch)
    assert min(p_values(2, 1.2)) < FALSE_ALARM


def test_the_length_is_found_from_either_side():
    """A pendulum's correlation after the jittered lengths tells its phase: one step finds it."""
    frequency = 0.4
    for time in (0.5, 2.0, 5.0):
        seen = float(tuning.correlation(frequency * time))
        found = tuning.lengthened(time, seen, most=100.0)
        # the table of phases is interpolated: 2.6/2000 wide, curvature 1
        assert abs(found * frequency - math.pi / 2) < 1e-4
    assert tuning.lengthened(1.0, 0.999) == tuning.MOST


def test_correlation_is_the_mean_of_the_jittered_cosines():
    phases = tuning.jittered(1.3, 5, 20_000)
    assert phases.min() >= 0.65 and phases.max() <= 1.95
    # Weyl's sequence fills evenly to about (log n)/n = 5e-4
    assert abs(np.cos(phases).mean() - tuning.correlation(1.3)) < 5e-4


def test_lag_one_finds_the_slowest_and_sets_refusals_aside():
    """AR(1) with 0.2 and 0.7 in 50 000 draws each: sd (1 − ρ²)^½/√50000, 4.5 of them 0.02."""
    rng, rho = np.random.default_rng(1), np.array([[0.2], [0.7]])
    q = np.zeros((500, 2, 100))
    q[0] = rng.standard_normal((2, 100))
    for i in range(1, 500):
        q[i] = rho * q[i - 1] + np.sqrt(1 - rho**2) * rng.standard_normal((2, 100))
    assert abs(tuning.lag_one(q) - 0.7) < 0.02
    assert abs(tuning.lag_one(q, 0.8) - (0.7 - 0.2) / 0.8) < 0.03


@pytest.mark.parametrize("width", [1.0, 8.0])
def test_the_warm_up_finds_the_length_for_a_metric_that_is_wrong(width):
    """q₀ is `width` times as wide as the metric that is kept: a quarter of its period, ± a third.

    The last window's correlation, of 80·32 draws, is good to 0.02, but ε is not small.
    """
    scales = tf.constant([[width], [1.0]], tf.float64)
    result = sample(
        lambda q: normal(q / scales)[0], 300, chains=32, start=[0.0, 0.0], method="hmc",
        metric=IdentityMetric(2), seed=1, progress=False,
    )  # fmt: skip
    time = float(result.leapfrogs.mean() * result.step_size[0])
    assert abs(time / (width * math.pi / 2) - 1) < 1 / 3
    assert result.summary().bulk_ess.min() > 0.4 * result.log_prob.size
    assert np.all(result.depth == 0)


def test_finds_the_worksheet_s_posterior(log_prob):
    """Means and widths of quadrature, within 4.5 Monte Carlo errors (7e-6 a number over seeds)."""
    from course_lib.inference import mcse_mean, mcse_sd

    mean = np.array([-0.44382099, 0.04069081, -2.18455315])
    sd = np.array([0.03456318, 0.01608702, 0.1031331])
    model = TFModel(log_prob, [-0.4, 0.03, -2.3])
    result = sample(model, 500, chains=32, method="hmc", seed=3, progress=False)
    for i in range(3):
        x = result.draws[..., i]
        assert abs(x.mean() - mean[i]) < 4.5 * mcse_mean(x)
        assert abs(x.std() - sd[i]) < 4.5 * mcse_sd(x)
    heights = model.value(result.flat)
    # 50 terms of size up to 10 in another order
    np.testing.assert_allclose(result.log_prob.ravel(), heights, rtol=0, atol=1e-12)


def test_a_lost_trajectory_stays_and_is_recorded():
    """log q is NaN left of 0: such an end is refused, and counted as diverged."""
    with pytest.warns(UserWarning, match="diverged"):
        result = sample(
            lambda q: tf.math.log(q[0]) - q[0], 100, chains=8, start=[1.0], warmup=0,
            method="hmc", step_size=0.9, metric=IdentityMetric(1), seed=1, progress=False,
        )  # fmt: skip
    assert np.all(result.draws > 0) and np.all(np.isfinite(result.log_prob))
    assert result.divergent.any() and not result.divergent.all()
