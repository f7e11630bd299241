"""The compiled HMC: its transitions, the distribution of its draws, its trajectory lengths."""

import math

import numpy as np
import pytest
import tensorflow as tf
from scipy.stats import chi2, kstest

from course_lib.inference import IdentityMetric, PhasePoint, TFModel, sample
from course_lib.inference.adaptation.trajectory_length import (
    MAX_CHANGE,
    NARROW,
    WIDE,
    corrected_time,
    expected_correlation,
    jittered_times,
    worst_correlation,
)
from course_lib.inference.compiled import hmc_kernel, integrators
from course_lib.inference.compiled.chains import Chains
from course_lib.inference.compiled.chunk import hmc_chunk
from course_lib.inference.compiled.dual_averaging import init_step_size
from course_lib.inference.compiled.hmc_kernel import HMCKernel
from course_lib.inference.compiled.integrators import KICK, two_stage
from course_lib.inference.compiled.state import IntegratorState, T
from course_lib.inference.compiled.warm_up import warm_up
from course_lib.inference.compiled.whitened_target import WhitenedTarget
from course_lib.inference.compiled.xla_ops import random_state, uniform
from course_lib.inference.hamiltonian.leapfrog import energy

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
    """The chunk of transitions that starts at q [d, C]; its normals and bits."""
    rng, (d, chains) = np.random.default_rng(seed), q.shape
    normals = rng.standard_normal((transitions, d, chains))
    bits = rng.integers(0, 2**64, (transitions, 2, chains), np.uint64)
    chunk = hmc_chunk(target, d, chains, transitions, 8)
    found = chunk(
        q, np.zeros((d, 1)), np.ones((d, 1)), normals, bits, times, transitions, False, False,
        init_step_size(step), GOAL,
    )  # fmt: skip
    return found, normals, bits


def readable_two_stage(value_and_gradient, begin, step):
    """Kick, drift, kick, drift, kick, with the weights of Blanes, Casas & Sanz-Serna (2014)."""
    position, momentum, gradient = begin.position, begin.momentum, begin.gradient
    for kick in (0.21178, 1 - 2 * 0.21178):
        momentum = momentum + kick * step * gradient
        position = position + step / 2 * momentum
        log_prob, gradient = value_and_gradient(position)
    return PhasePoint(position, momentum + 0.21178 * step * gradient, log_prob, gradient)


@pytest.mark.parametrize("step", [0.11, 0.45, 1.25])
def test_is_two_stage_steps_and_a_metropolis_test(step):
    """Ten transitions of eight chains, each from where the compiled kernel is, within 1e-10.

    At most 20 steps, each a rounding of 1e-16 that this target stretches by less than e^0.6.
    """
    times, metric = np.linspace(0.1, 4.0, 10), IdentityMetric(2)
    q = np.random.default_rng(3).normal(size=(2, 8))
    found, normals, bits = moved(bent, q, 10, step, times)
    place, refused = q, 0
    for i in range(10):
        steps = max(1, round(times[i] / (2 * step)))
        u = uniform(random_state(tf.constant(bits[i, 0])))[1].numpy()
        for c in range(8):
            begin = PhasePoint(place[:, c], normals[i, :, c], *bent_at(place[:, c]))
            end = begin
            for _ in range(steps):
                end = readable_two_stage(bent_at, end, times[i] / steps)
            gain = energy(metric, begin) - energy(metric, end)
            kept = end if u[c] < math.exp(min(0.0, gain)) else begin
            refused += kept is begin
            np.testing.assert_allclose(found.q[i, :, c], kept.position, rtol=1e-10, atol=1e-10)
            np.testing.assert_allclose(found.log_prob[i, c], kept.log_prob, rtol=1e-10, atol=1e-10)
            acceptance = math.exp(min(0.0, gain))
            np.testing.assert_allclose(found.acceptance[i, c], acceptance, rtol=1e-9, atol=1e-10)
            np.testing.assert_allclose(found.energy[i, c], energy(metric, begin), rtol=1e-10)
            assert int(found.leapfrogs[i, c]) == 2 * steps
        place = found.q[i].numpy()
    assert (refused > 0) == (step > 0.11), "at the larger steps some are refused"


def lost_energy(h):
    """Expected error in energy on a unit normal, after the worst number of steps of length h.

    After one it is (a² + b² + c² + a²)/2 − 1 from x, p ~ N(0, 1), by the step's matrix
    [[a, b], [c, a]]; that a is in both corners is reversibility. A step turns by arccos a; after
    several the error goes with the square of the sine, which is 1 − a² after one.
    """
    ends = []
    for x, p in ((1.0, 0.0), (0.0, 1.0)):
        plain = WhitenedTarget(normal, tf.zeros([1, 1], T), tf.ones([1, 1], T), False)
        at = tf.constant([[x]], T)
        end, value = two_stage(plain, IntegratorState(at, tf.constant([[p]], T), -at), h)
        ends.append([end.x.numpy().item(), end.p.numpy().item()])
        np.testing.assert_allclose(value, -0.5 * ends[-1][0] ** 2, rtol=1e-14)
    step = np.array(ends).T
    # a product of five shears, each exact to 1e-16
    np.testing.assert_allclose(np.linalg.det(step), 1.0, rtol=1e-14)
    np.testing.assert_allclose(step[0, 0], step[1, 1], rtol=0, atol=1e-14)
    return float(((step**2).sum() / 2 - 1) / (1 - step[0, 0] ** 2))


def test_two_stages_lose_little_energy_at_steps_as_long_as_two_widths(monkeypatch):
    """Blanes, Casas & Sanz-Serna (2014), section 5: at most 5e-4 a parameter for steps up to 2.

    Two leapfrog steps of ε = h/2 lose ε⁴/(32 (1 − ε²/4)), which is 0.04 for h = 2.
    """
    steps = np.linspace(0.1, 2.0, 39)
    lost = max(lost_energy(h) for h in steps)
    assert lost < 5e-4
    for other in (0.98 * KICK, 1.02 * KICK):
        monkeypatch.setattr(integrators, "KICK", other)
        assert max(lost_energy(h) for h in steps) > 1.2 * lost


@pytest.mark.parametrize(("h", "times"), [(0.2, 7.6), (math.pi / 2, 39.6)])
def test_two_stages_lose_less_energy_than_two_leapfrog_steps(h, times):
    leapfrogs = (h / 2) ** 4 / (32 * (1 - h**2 / 16))
    assert abs(leapfrogs / lost_energy(h) - times) < 0.1


@pytest.mark.parametrize(
    ("time", "steps", "each"), [(0.3, 1, 0.3), (4.0, 4, 1.0), (4.4, 4, 1.1), (40.0, 4, 1.0)]
)
def test_a_trajectory_is_filled_or_cut_off_at_the_most_steps(time, steps, each):
    """At most four steps of about 2ε = 1; a trajectory that needs more is shorter than its time."""
    kernel = HMCKernel(WhitenedTarget(normal, *[tf.zeros([1, 1], T)] * 2, False), 3, tf.constant(3))
    found = kernel.split(*(tf.constant(number, T) for number in (time, 0.5)))
    assert int(found[0]) == steps
    assert math.isclose(float(found[1]), each, rel_tol=1e-15)


def test_the_mean_energy_error_falls_with_the_fourth_power_of_the_step():
    """Second order: the energy error is O(h²) at each point, and O(h⁴) on average over exact draws.

    At 0.2 and 0.1 the next power, h⁶, is less than a hundredth of it.
    """
    slope = math.log2(lost_energy(0.2) / lost_energy(0.1))
    assert abs(slope - 4.0) < 0.05


def test_a_step_is_never_learnt_longer_than_a_trajectory():
    """One parameter alone would take steps of 2.2 for 0.9; a quarter of its period is π/2.

    The length is found to a tenth.
    """
    result = sample(
        lambda q: normal(q)[0], 20, chains=64, start=[0.0], method="hmc", seed=1,
        metric=IdentityMetric(1), progress=False,
    )  # fmt: skip
    assert 2 * result.step_size[0] < 1.1 * math.pi / 2
    assert result.acceptance.mean() > 0.95


def remembers_the_place_it_left(monkeypatch):
    transition = HMCKernel.transition

    def historic(self, now, *arguments):
        draw, about = transition(self, now, *arguments)
        return draw._replace(log_prob=now.log_prob), about

    monkeypatch.setattr(HMCKernel, "transition", historic)


def never_refuses(monkeypatch):
    monkeypatch.setattr(hmc_kernel, "select", lambda take, new, old: new)


def skips_half_a_kick(monkeypatch):
    def hasty(target, state, step):
        after, value = two_stage(target, state, step)
        return after._replace(p=after.p - 0.5 * KICK * step * after.gradient), value

    monkeypatch.setattr(hmc_kernel, "two_stage", hasty)


def p_values(dimension, step):
    """Of 20000 exact draws after three transitions: |q|² against χ², each parameter's marginal."""
    q = np.random.default_rng(2).standard_normal((dimension, MANY))
    q = moved(normal, q, 3, step, np.array([1.2, 2.4, 3.6]))[0].last.numpy()
    radius = kstest((q**2).sum(axis=0), chi2(dimension).cdf).pvalue
    return [radius, *(kstest(row, "norm").pvalue for row in q)]


@pytest.mark.parametrize(("dimension", "step"), [(1, 0.6), (2, 0.2), (2, 0.9), (5, 0.6)])
def test_exact_draws_stay_exact(dimension, step):
    """Each p-value is below 1e-5 once in 100 000 seeds."""
    assert min(p_values(dimension, step)) > FALSE_ALARM


@pytest.mark.parametrize("mistake", [remembers_the_place_it_left, never_refuses, skips_half_a_kick])
def test_the_same_test_fails_a_broken_sampler(monkeypatch, mistake):
    mistake(monkeypatch)
    assert min(p_values(2, 0.9)) < FALSE_ALARM


@pytest.mark.parametrize("spread", [WIDE, NARROW])
def test_the_length_is_found_from_either_side(spread):
    """The phase of a pendulum follows from its correlation, so one correction finds the length."""
    frequency = 0.4
    for time in (0.5, 2.0, 5.0):
        seen = float(expected_correlation(frequency * time, spread))
        found = corrected_time(time, seen, 100.0, spread)
        # the table of phases is interpolated: 2.6/2000 wide, curvature 1
        assert abs(found * frequency - math.pi / 2) < 1e-4
    assert corrected_time(1.0, 0.999) == MAX_CHANGE


@pytest.mark.parametrize(("spread", "least", "most"), [(0.5, 0.65, 1.95), (0.25, 0.975, 1.625)])
def test_correlation_is_the_mean_of_the_jittered_cosines(spread, least, most):
    phases = jittered_times(1.3, 5, 20_000, spread)
    assert least <= phases.min() < least + 1e-3 and most - 1e-3 < phases.max() <= most
    # Weyl's sequence fills evenly to about (log n)/n = 5e-4
    assert abs(np.cos(phases).mean() - expected_correlation(1.3, spread)) < 5e-4


@pytest.mark.parametrize(("slowest", "spread"), [(1.0, NARROW), (3.0, WIDE)])
def test_lengths_spread_widely_only_if_the_periods_differ(slowest, spread):
    """Two correlated parameters with these widths along the diagonals; the metric is diagonal."""

    def log_prob(q):
        return -0.25 * ((q[0] + q[1]) / slowest) ** 2 - 0.25 * (q[0] - q[1]) ** 2

    chains = Chains(log_prob, [0.0, 0.0], 32, "diagonal", "hmc", 10, 1, 100)
    chains.compile()
    warm_up(chains, 100, None, 0.9)
    assert chains.trajectory_length.spread == spread


def test_worst_correlation_is_of_the_slowest_parameter_without_rejections():
    """AR(1) with 0.2 and 0.7 in 50 000 draws each: sd (1 − ρ²)^½/√50000, 4.5 of them 0.02."""
    rng, rho = np.random.default_rng(1), np.array([[0.2], [0.7]])
    q = np.zeros((500, 2, 100))
    q[0] = rng.standard_normal((2, 100))
    for i in range(1, 500):
        q[i] = rho * q[i - 1] + np.sqrt(1 - rho**2) * rng.standard_normal((2, 100))
    assert abs(worst_correlation(q) - 0.7) < 0.02
    assert abs(worst_correlation(q, 0.8) - (0.7 - 0.2) / 0.8) < 0.03


def test_worst_correlation_of_independent_draws_is_zero():
    """Of 200 parameters in 20·16 draws the largest is √(2 log 200/320) = 0.18 by chance.

    The expected largest is that within a sixth. Without the correction it is 0.15 or more.
    """
    q = np.random.default_rng(1).standard_normal((20, 200, 16))
    assert abs(worst_correlation(q)) < 0.05


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
    """Means and sds by quadrature, within 4.5 Monte Carlo errors (7e-6 a number over seeds)."""
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


def test_a_divergent_trajectory_is_rejected_and_recorded():
    """log q is NaN left of 0: such an end is rejected, and counted as divergent."""
    with pytest.warns(UserWarning, match="diverged"):
        result = sample(
            lambda q: tf.math.log(q[0]) - q[0], 100, chains=8, start=[1.0], warmup=0,
            method="hmc", step_size=0.9, metric=IdentityMetric(1), seed=1, progress=False,
        )  # fmt: skip
    assert np.all(result.draws > 0) and np.all(np.isfinite(result.log_prob))
    assert result.divergent.any() and not result.divergent.all()
