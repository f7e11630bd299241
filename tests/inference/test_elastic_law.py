"""The distribution of elastic-step HMC's draws on Neal's funnel: exact draws must stay exact.

The funnel is v ~ N(0, 3²) and nine x ~ N(0, e^v), so z = (v/3, x e^(−v/2)) of exact draws are ten
unit normals. Seeds are fixed, so a failure is a change of code; false-alarm rates are over seeds.
"""

import numpy as np
import pytest
import tensorflow as tf
from scipy.stats import binom, chi2, kstest, norm

from course_lib.inference.compiled import elastic_kernel
from course_lib.inference.compiled.chunk import elastic_chunk
from course_lib.inference.compiled.dual_averaging import init_step_size

D, FALSE_ALARM = 10, 1e-5
STEP = 0.4
"""η as the warm-up finds it: a mean acceptance of about 0.8."""


def funnel(q):
    v, x = q[0], q[1:]
    square, width = tf.reduce_sum(x**2, axis=0), tf.exp(-v)
    value = -(v**2) / 18 - 4.5 * v - 0.5 * square * width
    slope = -v / 9 - 4.5 + 0.5 * square * width
    return value, tf.concat([slope[None], -x * width], axis=0)


def exact_draws(chains, seed):
    z = np.random.default_rng(seed).standard_normal((D, chains))
    return np.concatenate([3 * z[:1], z[1:] * np.exp(1.5 * z[:1])])


def mover(chains, count):
    """A function of exact draws [d, C], numbers of steps [count] and a seed: the draws after."""
    chunk = elastic_chunk(funnel, D, chains, count, 8).get_concrete_function()

    def moved(q, lengths, seed):
        rng = np.random.default_rng(seed)
        given = (
            q, np.zeros((D, 1)), np.ones((D, 1)), rng.standard_normal((count, D, chains)),
            rng.integers(0, 2**64, (count, 2, chains), np.uint64), np.array(lengths, np.float64),
            np.int32(count), False, False,
        )  # fmt: skip
        found = chunk(*map(tf.constant, given), init_step_size(STEP), tf.constant(0.8, tf.float64))
        return found.last.numpy(), float(tf.reduce_mean(found.acceptance))

    return moved


def p_values(q):
    """Kolmogorov–Smirnov: v/3 and x₁e^(−v/2) against N(0, 1), the nine squares against χ²₉."""
    z = q[1:] * np.exp(-q[0] / 2)
    return [
        kstest(q[0] / 3, "norm").pvalue,
        kstest(z[0], "norm").pvalue,
        kstest((z**2).sum(axis=0), chi2(D - 1).cdf).pvalue,
    ]


def forgets_the_step_s_density(monkeypatch):
    """The Metropolis test compares place and momentum only."""
    monkeypatch.setattr(elastic_kernel, "step_density", tf.zeros_like)


def kicks_by_the_first_step_only(monkeypatch):
    """p += e g instead of ½ (e + f) g: the trajectory is then not its own inverse."""
    whole = elastic_kernel.kick
    monkeypatch.setattr(elastic_kernel, "kick", lambda p, e, f, gradient: whole(p, e, e, gradient))


def draws_the_step_too_widely(monkeypatch):
    """s is drawn with 3τ, but tested with τ."""
    whole = elastic_kernel.first_log_step
    monkeypatch.setattr(
        elastic_kernel, "first_log_step", lambda offset, wish: whole(3.0 * offset, wish)
    )


def remembers_the_place_it_left(monkeypatch):
    """The mistake of 2018: log π of the old point with the position of the new."""
    transition = elastic_kernel.ElasticKernel.transition

    def historic(self, now, *arguments):
        draw, about = transition(self, now, *arguments)
        return draw._replace(log_prob=now.log_prob), about

    monkeypatch.setattr(elastic_kernel.ElasticKernel, "transition", historic)


MISTAKES = [
    forgets_the_step_s_density,
    kicks_by_the_first_step_only,
    draws_the_step_too_widely,
    remembers_the_place_it_left,
]


FEW, LENGTHS = 20_000, [4, 16, 6, 9]


def test_exact_draws_of_the_funnel_stay_exact():
    """Four transitions of 20000 chains; each p-value is below 1e-5 once in 100 000 seeds."""
    q, acceptance = mover(FEW, 4)(exact_draws(FEW, 1), LENGTHS, seed=2)
    assert 0.6 < acceptance < 0.95  # the Metropolis test has work to do
    assert min(p_values(q)) > FALSE_ALARM


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_same_test_fails_a_broken_sampler(monkeypatch, mistake):
    mistake(monkeypatch)
    q, _ = mover(FEW, 4)(exact_draws(FEW, 1), LENGTHS, seed=2)
    assert min(p_values(q)) < FALSE_ALARM


@pytest.mark.slow
def test_exact_draws_stay_exact_over_twenty_seeds():
    """Twenty seeds of 25000 chains, with 4 to 64 steps: all 60 p-values together are uniform.

    The smallest is below 1e-5 once in 1700 such tests, and their distribution is rejected at 1e-4.
    """
    moved = mover(25_000, 5)
    p = [
        p_values(moved(exact_draws(25_000, seed), [4, 64, 7, 23, 5], seed + 100)[0])
        for seed in range(20)
    ]
    assert np.min(p) > FALSE_ALARM
    assert kstest(np.ravel(p), "uniform").pvalue > 1e-4


@pytest.mark.slow
def test_quantiles_of_v_hold_out_to_one_in_ten_thousand():
    """Two million exact draws, moved four times: the shares below v's quantiles are binomial.

    1e-4, 1e-3, …, 1 − 1e-4: nine shares, each outside its interval once in 100 000 seeds.
    """
    levels = np.array([1e-4, 1e-3, 1e-2, 0.1, 0.5, 0.9, 0.99, 1 - 1e-3, 1 - 1e-4])
    moved = mover(50_000, 4)
    v = np.concatenate(
        [moved(exact_draws(50_000, 200 + i), [8, 40, 5, 16], 300 + i)[0][0] for i in range(40)]
    )
    counts = (v[:, None] < 3 * norm.ppf(levels)).sum(axis=0)
    low, high = binom.interval(1 - FALSE_ALARM, len(v), levels)
    assert np.all((low <= counts) & (counts <= high)), counts / len(v) / levels
