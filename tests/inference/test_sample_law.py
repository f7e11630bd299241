"""The distribution of the compiled sampler's draws: invariance, exact moments, calibration.

Every claim is also made about samplers that are broken on purpose, which must fail it. Seeds are
fixed, so a failure is a change of code; false-alarm rates are over seeds.
"""

import numpy as np
import pytest
import tensorflow as tf
from scipy.stats import chi2, kstest

from course_lib.inference import IdentityMetric, StuckChainError, sample
from course_lib.inference.adaptation.trajectory_length import FIRST_TIME, jittered_times
from course_lib.inference.compiled import nuts_kernel
from course_lib.inference.compiled.chunk import hmc_chunk, nuts_chunk
from course_lib.inference.compiled.dual_averaging import init_step_size
from course_lib.inference.compiled.integrators import leapfrog
from course_lib.inference.compiled.nuts_kernel import NUTSKernel

MANY = 20_000


def normal(q):
    return -0.5 * tf.reduce_sum(q**2, axis=0), -q


def uphill(q):
    """The gradient has the wrong sign."""
    return -0.5 * tf.reduce_sum(q**2, axis=0), q


def remembers_the_place_it_left(monkeypatch):
    """The mistake of 2018: log π of the old point with the position of the new."""
    transition = NUTSKernel.transition

    def historic(self, now, *arguments):
        draw, about = transition(self, now, *arguments)
        return draw._replace(log_prob=now.log_prob), about

    monkeypatch.setattr(NUTSKernel, "transition", historic)


def forgets_the_sub_trees(monkeypatch):
    """Only the whole trajectory is checked: then its end depends on where it began."""
    monkeypatch.setattr(
        nuts_kernel, "sub_trees_turn", lambda n, p, *_: tf.zeros_like(p[0], tf.bool)
    )


def takes_the_last_leaf(monkeypatch):
    """No weights: the end of the trajectory is the draw."""
    monkeypatch.setattr(nuts_kernel, "select", lambda take, new, old: new)


def skips_half_a_kick(monkeypatch):
    """A leapfrog step whose momentum lacks the last half kick."""

    def hasty(target, state, step):
        after, value = leapfrog(target, state, step)
        return after._replace(p=after.p - 0.5 * step * after.gradient), value

    monkeypatch.setattr(nuts_kernel, "leapfrog", hasty)


def moved(dimension, transitions, target=normal, step=1.2, seed=9):
    """MANY independent exact draws of the unit normal, moved so often: [d, MANY]."""
    rng = np.random.default_rng(seed)
    chunk = nuts_chunk(target, dimension, MANY, transitions, 8)
    found = chunk(
        rng.standard_normal((dimension, MANY)), np.zeros((dimension, 1)), np.ones((dimension, 1)),
        rng.standard_normal((transitions, dimension, MANY)),
        rng.integers(0, 2**64, (transitions, 2, MANY), np.uint64), np.ones(transitions),
        transitions, False, False, init_step_size(step), tf.constant(0.8, tf.float64),
    )  # fmt: skip
    return found.last.numpy()


def p_values(q):
    """Kolmogorov–Smirnov of each parameter, and of |q|² against χ²_d."""
    radius = kstest((q**2).sum(axis=0), chi2(len(q)).cdf).pvalue
    return [radius, *(kstest(row, "norm").pvalue for row in q)]


FALSE_ALARM = 1e-5


@pytest.mark.parametrize(
    ("dimension", "step"),
    [
        (1, 1.2),
        pytest.param(2, 0.3, marks=pytest.mark.slow),
        pytest.param(2, 1.7, marks=pytest.mark.slow),
        pytest.param(5, 1.0, marks=pytest.mark.slow),
    ],
)
def test_exact_draws_stay_exact(dimension, step):
    """Three transitions of 20000 chains; each p-value is below 1e-5 once in 100 000 seeds."""
    assert min(p_values(moved(dimension, 3, step=step))) > FALSE_ALARM


@pytest.mark.parametrize(
    "mistake",
    [
        pytest.param(remembers_the_place_it_left, marks=pytest.mark.slow),
        takes_the_last_leaf,
        pytest.param(skips_half_a_kick, marks=pytest.mark.slow),
        pytest.param(forgets_the_sub_trees, marks=pytest.mark.slow),
    ],
)
def test_the_same_test_fails_a_broken_sampler(monkeypatch, mistake):
    mistake(monkeypatch)
    step, dimension = (0.3, 1) if mistake is forgets_the_sub_trees else (1.2, 2)
    assert min(p_values(moved(dimension, 3, step=step))) < FALSE_ALARM


@pytest.mark.slow
def test_the_wrong_sign_of_the_gradient_diverges_or_refuses():
    """Energy is then not conserved, so that acceptance is low at a step where it should be 0.9."""
    rng = np.random.default_rng(1)
    shape = (2, 512)

    def acceptance(target):
        chunk = nuts_chunk(target, 2, 512, 20, 6)
        found = chunk(
            rng.standard_normal(shape), np.zeros((2, 1)), np.ones((2, 1)),
            rng.standard_normal((20, *shape)), rng.integers(0, 2**64, (20, *shape), np.uint64),
            np.ones(20), 20, False, False, init_step_size(0.8), tf.constant(0.8, tf.float64),
        )  # fmt: skip
        return float(tf.reduce_mean(found.acceptance))

    assert acceptance(normal) > 0.85 and acceptance(uphill) < 0.6


@pytest.mark.slow
@pytest.mark.parametrize(
    ("method", "dimension", "chains", "draws"),
    [
        ("nuts", 1, 1024, 40_000),
        ("nuts", 3, 512, 26_000),
        ("nuts", 10, 512, 8_000),
        ("nuts", 100, 64, 6_400),
        ("nuts", 1000, 16, 2_560),
        ("hmc", 1, 1024, 80_000),
        ("hmc", 10, 512, 16_000),
        ("hmc", 100, 64, 12_800),
        ("hmc", 1000, 32, 2_560),
    ],
)
def test_mean_square_is_one_to_a_thousandth(method, dimension, chains, draws):
    """d · chains · draws = 4·10⁷: with one independent draw each, 1e-3 is 4.5 · √(2/4·10⁷).

    NUTS's squares are worth about that many or more; HMC's, some refused and with lengths that
    differ, half as many, so it makes twice the draws. A false alarm of 7e-6 over seeds.
    """
    rng = np.random.default_rng(dimension)
    step = 1.2 * dimension**-0.25
    kernel = {"nuts": nuts_chunk, "hmc": hmc_chunk}[method]
    chunk = kernel(normal, dimension, chains, 200, 8)
    shape = (200, dimension, chains)
    last, total = tf.constant(rng.standard_normal(shape[1:])), 0.0
    for i in range(draws // 200):
        bits = rng.integers(0, 2**64, (200, 2, chains), np.uint64)
        found = chunk(
            last, np.zeros((dimension, 1)), np.ones((dimension, 1)), rng.standard_normal(shape),
            bits, jittered_times(FIRST_TIME, 200 * i, 200), 200, False, False,
            init_step_size(step), tf.constant(0.8, tf.float64),
        )  # fmt: skip
        last, total = found.last, total + float(tf.reduce_mean(found.q**2))
    assert abs(total / (draws // 200) - 1) < 1e-3


REPLICATIONS, THINNED, RANKS = 1024, 63, 16


def ranks_are_uniform(draws, truths):
    """χ² of the ranks of the truths [R, d] among draws [steps, R, d] in 16 equal bins: p-values."""
    ranks = (draws[-THINNED * 4 :: 4] < truths).sum(axis=0)  # 0 … 63
    counts = np.array([np.bincount(r * RANKS // (THINNED + 1), minlength=RANKS) for r in ranks.T])
    expected = REPLICATIONS / RANKS
    return chi2(RANKS - 1).sf(((counts - expected) ** 2 / expected).sum(axis=1))


def calibrate(log_prob, truths, method="nuts"):
    """One chain for each data set, started at its own truth: a draw of its posterior exactly.

    All have one step size, which is too large for a few of the thousand posteriors. A chain that
    stays where it was is at a draw of its posterior all the same, so the law still holds.
    """
    try:
        result = sample(
            log_prob, 4 * THINNED, chains=REPLICATIONS, start=truths, warmup=100, seed=1,
            target_acceptance=0.9, method=method, progress=False,
        )  # fmt: skip
    except StuckChainError as stuck:
        result = stuck.result
    return ranks_are_uniform(result.draws, truths)


def worksheet_line(prior_sd):
    """1024 data sets of the worksheet's model with truths from N(0, 0.5²) priors, and log_prob."""
    rng = np.random.default_rng(5)
    truths = rng.normal([0.0, 0.0, -2.0], 0.5, (REPLICATIONS, 3))
    x = np.sort(rng.uniform(-1, 1, 50))[:, None]
    m, b, log_s = truths.T
    y = m * x + b + np.exp(log_s) * rng.standard_normal((50, REPLICATIONS))

    def log_prob(q):
        m, b, log_s = q[0], q[1], q[2]
        residual = (y - m * x - b) / tf.exp(log_s)
        likelihood = -0.5 * tf.reduce_sum(residual**2, axis=0) - 50 * log_s
        prior = -0.5 * (m**2 + b**2) / 0.25 - 0.5 * ((log_s + 2.0) / prior_sd) ** 2
        return likelihood + prior

    return log_prob, truths


@pytest.mark.slow
@pytest.mark.parametrize("method", ["nuts", "hmc"])
@pytest.mark.filterwarnings("ignore:.*draw longer")
@pytest.mark.filterwarnings("ignore:.*diverged")
def test_the_worksheet_s_model_is_calibrated(method):
    """Simulation-based calibration (Talts et al. 2018): p > 1e-5 for each of three parameters."""
    assert calibrate(*worksheet_line(0.5), method).min() > FALSE_ALARM


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*draw longer")
@pytest.mark.filterwarnings("ignore:.*diverged")
def test_calibration_sees_a_wrong_prior():
    """A prior on log s four times too narrow: only log s is off, and far."""
    p = calibrate(*worksheet_line(0.125))
    assert p[2] < FALSE_ALARM


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*draw longer")
@pytest.mark.filterwarnings("ignore:.*diverged")
def test_eight_schools_is_calibrated():
    """The non-centred form, with τ ~ half-normal(5): ten parameters, p > 1e-5 each."""
    rng, s = np.random.default_rng(6), np.array([15, 10, 16, 11, 9, 11, 10, 18.0])[:, None]
    mu, tau = rng.normal(0, 5, REPLICATIONS), np.abs(rng.normal(0, 5, REPLICATIONS))
    eta = rng.standard_normal((8, REPLICATIONS))
    y = mu + tau * eta + s * rng.standard_normal((8, REPLICATIONS))
    truths = np.stack([mu, np.log(tau), *eta], axis=1)

    def log_prob(q):
        mu, log_tau, eta = q[0], q[1], q[2:]
        tau = tf.exp(log_tau)
        misfit = (y - mu - tau * eta) / s
        prior = -0.5 * (mu / 5) ** 2 - 0.5 * (tau / 5) ** 2 + log_tau
        return prior - 0.5 * tf.reduce_sum(misfit**2 + eta**2, axis=0)

    assert calibrate(log_prob, truths).min() > FALSE_ALARM


@pytest.mark.slow
@pytest.mark.parametrize("broken", [False, True])
def test_the_prior_stays_when_data_and_parameters_are_drawn_in_turn(monkeypatch, broken):
    """Geweke (2004): data | parameters, then parameters | data, again and again: the prior stays.

    4096 chains in parallel, m ~ N(0, 1), y_i ~ N(m, 1), five data; three rounds of one transition
    each, started from the joint law. m stays N(0, 1) by Kolmogorov–Smirnov at 1e-5; a sampler whose
    draws are too wide drifts off. The step is 0.7, stable below 0.8: the weights matter.
    """
    if broken:
        takes_the_last_leaf(monkeypatch)
    chains, rng = 4096, np.random.default_rng(2)
    m = rng.standard_normal((1, chains))
    y = tf.Variable(np.zeros(chains))

    def posterior(q):
        return -0.5 * q[0] ** 2 - 2.5 * (y - q[0]) ** 2

    def target(q):
        return posterior(q), (5 * (y - q[0]) - q[0])[None]

    chunk = nuts_chunk(target, 1, chains, 1, 6)
    for _ in range(3):
        y.assign(m[0] + rng.standard_normal(chains) / np.sqrt(5))  # the mean of five is sufficient
        found = chunk(
            m, np.zeros((1, 1)), np.ones((1, 1)), rng.standard_normal((1, 1, chains)),
            rng.integers(0, 2**64, (1, 2, chains), np.uint64), np.ones(1), 1, False, False,
            init_step_size(0.7), tf.constant(0.8, tf.float64),
        )  # fmt: skip
        m = found.last.numpy()
    assert (kstest(m[0], "norm").pvalue > FALSE_ALARM) != broken


def test_identity_metric_is_what_these_tests_assume():
    """`loc` 0 and `scale` 1 are the unit metric of `sample`."""
    kwargs = {"warmup": 0, "step_size": 0.9, "metric": IdentityMetric(1), "progress": False}
    result = sample(lambda q: normal(q)[0], 5, chains=4, start=np.ones((4, 1)), seed=1, **kwargs)
    assert result.metric[0].variance == 1.0
