"""Warm-up of one chain: windows, dual averaging, learnt metric."""

import numpy as np
import pytest

from course_lib.inference import (
    ConstantStepSize,
    DenseMetric,
    DiagonalMetric,
    DualAveraging,
    IdentityMetric,
    nuts,
)
from course_lib.inference.adaptation.metric_learner import MetricLearner
from course_lib.inference.adaptation.windows import schedule
from course_lib.inference.model.target import Target
from course_lib.inference.readable.chain import Chain
from course_lib.inference.readable.nuts import nuts_step

COVARIANCE = np.array([[9.0, 0.0, 0.0], [0.0, 1.0, 0.04], [0.0, 0.04, 0.0025]])
PRECISION = np.linalg.inv(COVARIANCE)


def normal(q):
    pull = PRECISION @ q
    return -0.5 * float(q @ pull), -pull


def test_windows_are_those_of_stan_s_manual():
    assert schedule(1000) == (75, (100, 150, 250, 450, 950))


@pytest.mark.parametrize("warmup", [0, 1, 19, 20, 50, 149, 150, 151, 199, 300, 2000])
def test_windows_fill_the_warm_up(warmup):
    """They grow, end before the last fast window, and leave no draw out."""
    start, updates = schedule(warmup)
    assert all(a < b for a, b in zip((start, *updates), updates, strict=False))
    if warmup < 20:
        assert updates == ()
    else:
        assert updates[-1] == warmup - (50 if warmup >= 150 else int(0.1 * warmup))
        assert start == (75 if warmup >= 150 else int(0.15 * warmup))


@pytest.mark.parametrize("target", [0.6, 0.8, 0.95])
def test_dual_averaging_settles_where_the_acceptance_is_the_target(target):
    """Acceptance exp(−ε), no noise. The pull to μ leaves an error γ(μ − x*)/(2√n) in acceptance.

    With γ = 0.05, |μ − x*| < 6 and n = 2000 that is 0.0034; the average lags by less than as much
    again.
    """
    step = DualAveraging(target)
    step.restart(1.0)
    for _ in range(2000):
        step.update(np.exp(-step.current))
    assert abs(np.exp(-step.final) - target) < 2 * 0.05 * 6 / (2 * np.sqrt(2000))


def test_dual_averaging_forgets_everything_at_a_restart():
    used, fresh = DualAveraging(), DualAveraging()
    used.restart(3.0)
    for _ in range(50):
        used.update(0.1)
    used.restart(0.5)
    fresh.restart(0.5)
    for step in (used, fresh):
        step.update(0.9)
    assert (used.current, used.final) == (fresh.current, fresh.final)


def test_a_sampler_does_not_change_the_step_size_it_is_handed():
    step = DualAveraging(0.9)
    before = dict(vars(step))
    result = nuts(normal, np.zeros(3), 10, warmup=50, step_size=step, seed=1, progress=False)
    assert vars(step) == before
    assert result.step_size[0] != step.final


def test_a_number_stays_as_it_is():
    for step in (0.03, ConstantStepSize(0.03)):
        result = nuts(normal, np.ones(3), 5, warmup=30, step_size=step, seed=1, progress=False)
        assert result.step_size[0] == 0.03


def test_a_metric_stays_as_it_is():
    metric = DiagonalMetric(np.ones(3))
    result = nuts(normal, np.zeros(3), 5, warmup=200, metric=metric, seed=1, progress=False)
    assert result.metric == (metric,)


@pytest.mark.parametrize(("shape", "kind"), [("diagonal", DiagonalMetric), ("dense", DenseMetric)])
def test_learns_the_covariance_from_a_poor_start(shape, kind):
    """The last window has 500 draws, of which at least 100 count: variances to 5·√(2/100) = 0.7.

    In the natural log, for a variance's error is multiplicative. Starting 30 sds out.
    """
    result = nuts(normal, [90.0, 30.0, 1.5], 10, warmup=1000, metric=shape, seed=3, progress=False)
    (metric,) = result.metric
    assert isinstance(metric, kind)
    variance = metric.variance if shape == "diagonal" else np.diag(metric.covariance)
    assert np.all(np.abs(np.log(variance / np.diag(COVARIANCE))) < 0.7)
    if shape == "dense":  # the correlation 0.8 of the last two, with an sd of at most 0.36/√100
        correlation = metric.covariance[1, 2] / np.sqrt(variance[1] * variance[2])
        assert abs(correlation - 0.8) < 5 * 0.036 + 0.8 * 5 / 505


def test_the_mean_acceptance_of_a_window_is_the_target():
    """Equation 6 solved for the errors' sum: mean(δ − α) = γ(μ − log ε)/√t · (t + t₀)/t, exactly.

    Over the 500 transitions of the last slow window, with ε within a factor 5 of where the window
    began (so |μ − log ε| < log 50), that is at most 0.009.
    """
    chain = Chain(
        Target(normal),
        nuts_step,
        np.zeros(3),
        np.random.default_rng(2),
        DualAveraging(0.8),
        "dense",
        1000,
    )
    acceptance = [chain.warm_up().acceptance for _ in range(1000)]
    bound = 0.05 * np.log(50) / np.sqrt(500) * 510 / 500
    assert abs(np.mean(acceptance[450:950]) - 0.8) < bound


def test_a_window_without_moves_gives_no_metric():
    learner = MetricLearner("diagonal", 2)
    for _ in range(30):
        learner.add(np.array([1.0, 2.0]))
    assert not learner.renew()
    assert isinstance(learner.current, IdentityMetric)


def test_a_learnt_metric_follows_the_units():
    """A window of draws in other units gives the metric in those units, to the last bit."""
    draws, units = np.random.default_rng(1).normal(size=(40, 2)), np.array([2.0**20, 2.0**-30])
    plain, scaled = MetricLearner("diagonal", 2), MetricLearner("diagonal", 2)
    for draw in draws:
        plain.add(draw)
        scaled.add(draw * units)
    assert plain.renew() and scaled.renew()
    np.testing.assert_array_equal(scaled.current.variance, plain.current.variance * units**2)


def test_a_learnt_covariance_keeps_variances_and_shrinks_correlations():
    """Correlations are those of the window times n/(n + 5): with 40 draws, 8/9."""
    draws = np.random.default_rng(1).normal(size=(40, 2)) @ [[1.0, 0.5], [0.0, 2.0]]
    learner = MetricLearner("dense", 2)
    for draw in draws:
        learner.add(draw)
    assert learner.renew()
    learnt = learner.current.covariance
    # two sums of 40 terms in different orders
    np.testing.assert_allclose(np.diag(learnt), draws.var(axis=0, ddof=1), rtol=40 * 2.2e-16)
    correlation = learnt[0, 1] / np.sqrt(np.prod(np.diag(learnt)))
    expected = np.corrcoef(draws, rowvar=False)[0, 1] * 40 / 45
    np.testing.assert_allclose(correlation, expected, rtol=1e-13)
