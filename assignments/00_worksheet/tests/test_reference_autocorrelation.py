"""Autocorrelation times against AR(1), a direct sum, and emcee."""

from __future__ import annotations

import emcee
import numpy as np
import pytest
from scipy.signal import lfilter
from worksheet import reference


def ar1(rng: np.random.Generator, phi: float, shape: tuple[int, int, int]) -> np.ndarray:
    """x[t+1] = phi x[t] + noise, of unit variance, stationary from the start."""
    noise = rng.normal(size=shape) * np.sqrt(1 - phi**2)
    noise[0] /= np.sqrt(1 - phi**2)
    return lfilter([1.0], [1.0, -phi], noise, axis=0)


@pytest.mark.parametrize("phi", [0.0, 0.3, 0.6, 0.9, 0.97])
def test_ar1_has_the_known_time(phi: float) -> None:
    """tau = (1 + phi) / (1 - phi), within six of Sokal's standard errors.

    False alarms: 2e-9 a number. The window's own bias is exp(-c) of tau with c = 5.
    """
    tau = (1 + phi) / (1 - phi)
    chain = ar1(np.random.default_rng(11), phi, (20_000, 6, 2))
    got, error = reference.integrated_time(chain), reference.integrated_time_error(chain)
    assert np.all(np.abs(got - tau) <= 6 * error + np.exp(-5) * tau)
    assert np.all(error < 0.15 * tau)  # the bar is narrow enough to mean something


def test_error_is_the_spread_over_chains() -> None:
    """Sokal's formula predicts the scatter of tau over independent chains."""
    chains = ar1(np.random.default_rng(12), 0.8, (5000, 1, 400))
    spread = np.std(reference.integrated_time(chains))
    predicted = np.median(reference.integrated_time_error(chains))
    # The sd of 400 values is known to 1/sqrt(800) = 3.5 %; the formula drops terms of order
    # tau / M = 1/5 of the variance, 10 % of the sd. Five of the one plus the other.
    assert abs(spread / predicted - 1.0) <= 5 * 0.035 + 0.1


def test_agrees_with_a_direct_sum() -> None:
    """The FFT gives the O(n²) sum, on a length that is no power of two."""
    x = np.random.default_rng(13).normal(size=37).cumsum()
    centred = x - x.mean()
    direct = np.array([np.sum(centred[: 37 - t] * centred[t:]) for t in range(37)])
    # Rounding of an FFT of 128 points: a few eps times log2(128), of values at most 1.
    np.testing.assert_allclose(reference.autocorrelation(x), direct / direct[0], atol=1e-14)


def test_agrees_with_emcee() -> None:
    """emcee 3's `integrated_time` is the convention."""
    chain = ar1(np.random.default_rng(14), 0.7, (3000, 8, 3)) * [1.0, 5.0, 1e-3] + 7.0
    # Same sum over some ten lags of numbers good to 1e-14 each.
    np.testing.assert_allclose(
        reference.integrated_time(chain), emcee.autocorr.integrated_time(chain), rtol=1e-11
    )


def test_effective_sample_size_is_draws_over_mean_time() -> None:
    """All draws of all walkers count, and the parameters' times are averaged."""
    rng = np.random.default_rng(15)
    chain = np.concatenate([ar1(rng, phi, (4000, 5, 1)) for phi in (0.0, 0.8)], axis=2)
    tau = reference.integrated_time(chain)
    assert reference.effective_sample_size(chain) == pytest.approx(20_000 / tau.mean(), rel=1e-14)


def test_walkers_are_not_joined_end_to_end() -> None:
    """Walkers with different means: each is centred on its own."""
    chain = ar1(np.random.default_rng(16), 0.5, (4000, 6, 1))
    moved = chain + 100.0 * np.arange(6)[np.newaxis, :, np.newaxis]
    # Adding 500 costs 500 eps of each draw.
    np.testing.assert_allclose(
        reference.integrated_time(moved), reference.integrated_time(chain), rtol=1e-10
    )


@pytest.mark.parametrize(
    ("chain", "message"),
    [
        (np.zeros((10, 2, 1)), "never moves"),
        (np.zeros((10, 2)), r"\[steps, walkers, d\]"),
        (np.full((10, 2, 1), np.nan), "NaN"),
    ],
)
def test_bad_chains_are_named(chain: np.ndarray, message: str) -> None:
    """A chain without a time says why."""
    with pytest.raises(ValueError, match=message):
        reference.integrated_time(chain)
