"""Integrated autocorrelation time: AR(1) chains with known τ, and emcee's and ArviZ's numbers."""

import warnings

import arviz
import emcee
import numpy as np
import pytest
from scipy.signal import lfilter

from course_lib.inference import (
    ShortChainWarning,
    autocorrelation,
    effective_sample_size,
    integrated_time,
)
from course_lib.inference.diagnostics.autocorrelation import autocovariance


def ar1(phi, steps, walkers, seed):
    """x_t = φ x_{t−1} + √(1 − φ²) z_t from its stationary start: τ = (1 + φ)/(1 − φ)."""
    noise = np.random.default_rng(seed).standard_normal((steps, walkers))
    noise[1:] *= np.sqrt(1 - phi**2)
    return lfilter([1.0], [1.0, -phi], noise, axis=0)


def bars(phi, n, window, tau):
    """Sokal (1996), section 3: relative variance 2(2M + 1)/n; and the known biases, one-sided.

    Cutting at M loses 2φ^{M+1}/(1 − φ); the sample mean costs τ(2M + 1)/n per walker's n steps.
    """
    spread = tau * np.sqrt(2 * (2 * window + 1) / n)
    return spread, 2 * abs(phi) ** (window + 1) / (1 - phi)


@pytest.mark.parametrize("phi", [0.0, 0.5, 0.9, 0.97])
@pytest.mark.parametrize("method", ["sokal", "geyer"])
def test_finds_tau_of_an_ar1_chain(phi, method):
    """8 walkers, 10000 steps, within 4.5 sd (7e-6 over seeds) plus the known biases.

    Geyer's sequence stops when pairs drown in noise, at some 10 τ; it is given that window's sd.
    """
    steps, walkers, truth = 10000, 8, (1 + phi) / (1 - phi)
    tau = integrated_time(ar1(phi, steps, walkers, seed=3), method)
    window = (5 if method == "sokal" else 10) * truth
    spread, cut = bars(phi, steps * walkers, window, truth)
    mean_bias = truth * (2 * window + 1) / steps
    assert abs(tau - truth) < 4.5 * spread + cut + mean_bias


def test_geyer_sees_negative_correlation_and_sokal_does_not():
    """At φ = −0.5, τ = 1/3. Sokal's window closes at once; the sum to M = 1 is 1 + 2φ = 0."""
    chain = ar1(-0.5, 10000, 8, seed=4)
    spread, _ = bars(-0.5, 80000, 10, 1 / 3)
    assert abs(integrated_time(chain, "geyer") - 1 / 3) < 4.5 * spread + 0.5**20
    with np.testing.assert_raises(AssertionError):
        np.testing.assert_allclose(integrated_time(chain, "sokal"), 1 / 3, atol=0.1)


@pytest.mark.parametrize("shape", [(500, 1, 1), (2000, 4, 3), (999, 7, 2)])
def test_sokal_is_emcee_s_number(shape):
    """Sums of up to 2000 terms of order 1 by FFTs of other lengths: 1e-11 holds ten times over."""
    chain = np.moveaxis([ar1(0.8, *shape[:2], seed=i) for i in range(shape[2])], 0, 2)
    ours = integrated_time(chain, warn=False)
    np.testing.assert_allclose(ours, emcee.autocorr.integrated_time(chain, tol=0), rtol=1e-11)


@pytest.mark.parametrize("phi", [-0.5, 0.0, 0.9])
@pytest.mark.parametrize("chains", [1, 4])
def test_geyer_is_arviz_s_number(phi, chains):
    x = ar1(phi, 1000, chains, seed=6) + 0.3 * np.arange(chains)  # chains that disagree
    expected = arviz.ess(x.T, method="identity")
    np.testing.assert_allclose(effective_sample_size(x), expected, rtol=1e-11)


def test_autocovariance_is_the_direct_sum():
    x = np.random.default_rng(1).normal(size=(37, 3)) + 100.0
    centred = x - x.mean(axis=0)
    direct = [np.sum(centred[: 37 - t] * centred[t:], axis=0) / 37 for t in range(37)]
    # rounding: the centring of numbers near 100, eps·100, times terms of order 1
    np.testing.assert_allclose(autocovariance(x), direct, rtol=0, atol=1e-13)


def test_over_all_lags_the_sum_is_zero():
    """Why a window is needed: (Σ(x − x̄))² = 0, so 1 + 2Σρ = 0 for every chain."""
    rho = autocorrelation(ar1(0.9, 500, 1, seed=2)[:, 0])
    assert abs(2 * rho.sum() - 1) < 500 * 500 * 2.2e-16


@pytest.mark.parametrize("method", ["sokal", "geyer"])
def test_shift_scale_and_reversal_change_nothing(method):
    chain = ar1(0.7, 1000, 2, seed=8)
    tau = integrated_time(chain, method)
    for other in (4.0 * chain, -chain, chain + 2.0, chain[::-1]):
        np.testing.assert_allclose(integrated_time(other, method), tau, rtol=1e-11)


def test_repeating_every_draw_k_times_makes_tau_k_times_longer():
    """Exactly so for the sum over all lags; the windows differ by less than one cut's worth."""
    chain = ar1(0.5, 20000, 1, seed=9)
    tau = integrated_time(chain)
    spread, _ = bars(0.5, 20000, 15, 3.0)
    for k in (2, 5):
        assert abs(integrated_time(np.repeat(chain, k, axis=0)) / k - tau) < spread


def test_one_number_per_parameter():
    chain = np.random.default_rng(1).normal(size=(1000, 4, 3))
    assert integrated_time(chain).shape == effective_sample_size(chain).shape == (3,)
    assert isinstance(integrated_time(chain[:, :, 0]), float)
    assert integrated_time(chain)[1] == integrated_time(chain[:, :, 1])
    np.testing.assert_allclose(
        effective_sample_size(chain, "sokal"), 4000 / integrated_time(chain), rtol=1e-15
    )


def test_a_short_chain_is_warned_about_and_still_answered():
    chain = ar1(0.97, 500, 1, seed=1)
    with pytest.warns(ShortChainWarning, match=r"500 steps are fewer than 50 τ = \d+"):
        assert np.isfinite(integrated_time(chain))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        integrated_time(chain, warn=False)
        integrated_time(ar1(0.5, 1000, 1, seed=1))


@pytest.mark.parametrize("method", ["sokal", "geyer"])
def test_a_walker_that_never_moves_is_named_and_gives_no_nan(method):
    chain = np.random.default_rng(1).normal(size=(1000, 4, 2))
    chain[:, 2, 1] = 5.0
    with pytest.warns(ShortChainWarning, match="parameter 1 never changes in walker 2"):
        tau = integrated_time(chain, method)
    assert np.all(np.isfinite(tau)) and tau[1] > 100 * tau[0]


@pytest.mark.parametrize(
    ("chain", "message"),
    [
        (np.ones(3), "4 steps or more"),
        (np.ones((5, 0, 1)), "4 steps or more"),
        (np.ones((5, 2, 1, 1)), r"expected a chain \[steps, walkers, d\]"),
        (1.0, "expected a chain"),
        (np.where(np.arange(24).reshape(6, 2, 2) == 11, np.nan, 1.0), "nan at step 2, walker 1, "),
    ],
)
def test_bad_chains_are_named(chain, message):
    with pytest.raises(ValueError, match=message):
        integrated_time(chain)


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match='"sokal" or "geyer"'):
        integrated_time(np.arange(10.0), "batch")
