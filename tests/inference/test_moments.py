"""Moments of HMC's and NUTS's draws against exact ones, within Monte Carlo errors.

Each claim compares one mean with its exact value in units of its Monte Carlo error (sd/√n_eff,
n_eff by Geyer's sequence). |z| < 4.5 has a false-alarm rate of 7e-6 per number over seeds, some ten
times that for the non-normality of mean squares; seeds are fixed, so a failure is a change of code.
The power of it is shown by the sampler of 2018, which must fail it.
"""

import numpy as np
import pytest
from scipy.stats import kstest

from course_lib.inference import (
    DiagonalMetric,
    IdentityMetric,
    PhasePoint,
    effective_sample_size,
    hmc,
    nuts,
)
from course_lib.inference.readable.nuts import nuts_step
from course_lib.inference.readable.run_chains import run_chains

MEAN = np.array([-0.44382099, 0.04069081, -2.18455315])
"""The worksheet's exact posterior means by quadrature (m, b, log s)."""
SD = np.array([0.03456318, 0.01608702, 0.1031331])
"""The exact posterior standard deviations."""
LIMIT = 4.5


def z_score(series, exact):
    """(mean − exact) in Monte Carlo errors, for a series [steps, chains]."""
    error = series.std() / np.sqrt(effective_sample_size(series))
    return (series.mean() - exact) / error


def historic_step(value_and_gradient, metric, point, step_size, rng):
    """The mistake of 2018: it returns the log probability of the point that it left."""
    transition = nuts_step(value_and_gradient, metric, point, step_size, rng)
    left, _ = value_and_gradient(point.position)
    return transition._replace(point=transition.point._replace(log_prob=left))


def mean_square_z(kernel, target, dimension, draws, step_size=1.2):
    rng = np.random.default_rng(dimension)
    start = rng.standard_normal(dimension)  # an exact draw: no warm-up is needed
    result = run_chains(
        kernel, target, start, draws, 0, step_size, IdentityMetric(dimension), 1, 1, False, ""
    )
    return z_score((result.draws**2).mean(axis=2), 1.0), result


@pytest.mark.parametrize(("dimension", "draws"), [(1, 6000), (3, 6000), (10, 6000)])
def test_mean_square_of_a_unit_normal_is_one(unit_normal, dimension, draws):
    z, result = mean_square_z(nuts_step, unit_normal, dimension, draws)
    assert abs(z) < LIMIT
    assert abs(z_score(result.draws.mean(axis=2), 0.0)) < LIMIT


@pytest.mark.parametrize(("dimension", "draws"), [(1, 6000), (3, 6000), (10, 6000)])
def test_the_same_test_fails_the_sampler_of_2018(unit_normal, dimension, draws):
    z, _ = mean_square_z(historic_step, unit_normal, dimension, draws)
    assert z > LIMIT


def test_hmc_has_the_mean_square_of_a_unit_normal(unit_normal):
    """At ε = 1 and 2 steps, an acceptance of about 0.8: the Metropolis test has work to do."""
    result = hmc(
        unit_normal,
        np.full(3, 0.5),
        5000,
        steps=2,
        warmup=0,
        step_size=1.2,
        metric=IdentityMetric(3),
        seed=4,
        progress=False,
    )
    assert 0.5 < result.acceptance.mean() < 0.95
    assert abs(z_score((result.draws**2).mean(axis=2), 1.0)) < LIMIT


def test_nuts_on_the_worksheet_has_the_means_and_sds_of_quadrature(worksheet_model):
    """The worksheet's own run: 3500 draws at step size 1 with a diagonal metric."""
    result = nuts(
        worksheet_model,
        MEAN,
        3500,
        warmup=0,
        step_size=1.0,
        metric=DiagonalMetric(SD**2),
        seed=2018,
        progress=False,
    )
    standard = (result.draws - MEAN) / SD
    for i, name in enumerate(result.names):
        assert abs(z_score(standard[..., i], 0.0)) < LIMIT, f"mean of {name}"
        assert abs(z_score(standard[..., i] ** 2, 1.0)) < LIMIT, f"variance of {name}"
    assert not result.divergent.any()


def test_warm_up_finds_the_worksheet_s_posterior_by_itself(worksheet_model):
    result = nuts(worksheet_model, [-0.4, 0.03, -2.3], 1000, warmup=500, seed=5, progress=False)
    standard = (result.draws - MEAN) / SD
    for i, name in enumerate(result.names):
        assert abs(z_score(standard[..., i], 0.0)) < LIMIT, f"mean of {name}"
        assert abs(z_score(standard[..., i] ** 2, 1.0)) < LIMIT, f"variance of {name}"


@pytest.mark.slow
@pytest.mark.parametrize(("kernel", "holds"), [(nuts_step, True), (historic_step, False)])
def test_exact_draws_stay_exact_under_two_transitions(unit_normal, kernel, holds):
    """20000 independent exact draws of N(0, I₂), moved twice: |q|²/2 must still be Exp(1).

    A Kolmogorov–Smirnov test at 1e-5, and its power: one transition cannot see the mistake of
    2018 (the first has the right energy), two can.
    """
    rng, metric = np.random.default_rng(9), IdentityMetric(2)
    moved = []
    for start in rng.standard_normal((20000, 2)):
        point = PhasePoint(start, start, *unit_normal(start))
        for _ in range(2):
            point = kernel(unit_normal, metric, point, 1.2, rng).point
        moved.append(0.5 * point.position @ point.position)
    assert (kstest(moved, "expon").pvalue > 1e-5) == holds
