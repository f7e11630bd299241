"""Integrated autocorrelation time and effective sample size.

The integrated autocorrelation time is the sum of the autocorrelation ρ over all lags of both signs,
τ = 1 + 2 Σ_{t≥1} ρ(t). A mean over n correlated draws is as precise as one over n/τ independent
draws.

    >>> rng = np.random.default_rng(1)
    >>> chain = rng.standard_normal((5000, 4, 2))            # [steps, walkers, d]
    >>> np.round(integrated_time(chain), 1)                  # independent draws: τ = 1
    array([1., 1.])

The sum must be truncated, because the noise of the estimated ρ adds up (over *all* lags the
estimates sum to exactly zero). There are two rules: Sokal's window, as in emcee and the worksheet,
and Geyer's initial sequence, as in Stan and ArviZ, which also handles ρ < 0 and detects chains that
disagree.
"""

from __future__ import annotations

import warnings
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.fft import irfft, next_fast_len, rfft

Floats = NDArray[np.float64]
Method = Literal["sokal", "geyer"]
SHORT = 50.0
"""Sokal (1996): in a chain of fewer than this many τ, the estimate of τ is not reliable."""


class ShortChainWarning(UserWarning):
    """The chain is too short compared to its autocorrelation time: draw more steps."""


def autocovariance(x: ArrayLike) -> Floats:
    """(1/n) Σ_i (x_i − x̄)(x_{i+t} − x̄) for t = 0 … n−1 along the first axis, by FFT.

    Parameters
    ----------
    x : array [n, ...]

    Returns
    -------
    array [n, ...]
        In units of x². The FFT is padded to 2n or more, so that lags do not wrap around.
    """
    x = np.asarray(x, np.float64)
    n = len(x)
    length = next_fast_len(2 * n, real=True)
    spectrum = rfft(x - x.mean(axis=0), length, axis=0)
    return np.asarray(irfft(spectrum * spectrum.conj(), length, axis=0))[:n] / n


def autocorrelation(x: ArrayLike) -> Floats:
    """ρ(t), [n, ...]: the autocovariance divided by its value at lag 0; 1 if x never changes."""
    x = np.asarray(x, np.float64)
    covariance = autocovariance(x)
    still = np.ptp(x, axis=0) == 0
    return np.asarray(np.where(still, 1.0, covariance / np.where(still, 1.0, covariance[0])))


def integrated_time(
    chain: ArrayLike, method: Method = "sokal", c: float = 5.0, warn: bool = True
) -> Any:
    """The integrated autocorrelation time τ, in steps.

    Parameters
    ----------
    chain : array [steps, walkers, d], or [steps, walkers], or [steps]
    method : "sokal" or "geyer"
        Sokal: ρ is averaged over walkers and summed up to the smallest M ≥ c·τ(M), as in emcee.
        Geyer: the sums of pairs ρ(2k) + ρ(2k+1) are added as long as they are positive, after
        making them decrease monotonically; ρ combines the variances within and between chains, as
        in Stan. Use it if ρ can be negative (HMC, NUTS).
    c : float
        Sokal's constant. Larger values have less bias and more noise.
    warn : bool
        Warn (ShortChainWarning) if the chain has fewer than 50 τ, or never moves.

    Returns
    -------
    array [d], or a float if the chain has no last axis

    Raises
    ------
    ValueError
        Fewer than 4 steps, more than three axes, or an entry that is not finite.

    Sources: Sokal (1996), Monte Carlo methods in statistical mechanics, section 3; Goodman & Weare
    (2010), section 4; Geyer (1992), section 3.3; Vehtari et al. (2021), equations 10–13.
    """
    x = _three_axes(chain)
    if method not in ("sokal", "geyer"):
        raise ValueError(f'method must be "sokal" or "geyer", got {method!r}')
    tau = np.array([_sokal(x[..., i], c) if method == "sokal" else _geyer(x[..., i])
                    for i in range(x.shape[2])])  # fmt: skip
    if warn:
        _warn(x, tau)
    return tau if np.ndim(chain) == 3 else float(tau[0])


def effective_sample_size(chain: ArrayLike, method: Method = "geyer", warn: bool = False) -> Any:
    """n_eff = steps · walkers / τ: [d], or a float if the chain has no last axis.

    Arguments as for `integrated_time`; the default method is another one.
    """
    x = _three_axes(chain)
    return x.shape[0] * x.shape[1] / integrated_time(chain, method, warn=warn)


def _sokal(x: Floats, c: float) -> float:
    """τ of x [steps, walkers] with Sokal's automatic window (section 3, after equation 3.19)."""
    tau = 2 * np.cumsum(autocorrelation(x).mean(axis=1)) - 1
    enough = np.arange(len(tau)) >= c * tau
    window = int(np.argmax(enough)) if enough.any() else len(tau) - 1
    return float(tau[window])


def _geyer(x: Floats) -> float:
    """τ of x [steps, chains] with Geyer's initial monotone sequence.

    ρ(t) = 1 − (W − mean autocovariance at t) / V, where W is the variance within chains and V that
    of all draws. So chains that stay in different places are correlated at every lag.
    """
    n, chains = x.shape
    if np.ptp(x) == 0:
        return float(2 * n - 1)  # ρ = 1 at every lag
    covariance = autocovariance(x).mean(axis=1)
    within = covariance[0] * n / (n - 1)
    between = np.var(x.mean(axis=0), ddof=1) if chains > 1 else 0.0
    rho = 1 - (within - covariance) / (covariance[0] + between)
    rho[0] = 1.0
    pairs = (rho[: n - n % 2].reshape(-1, 2).sum(axis=1))[: (n - 1) // 2]
    stop = int(np.argmax(pairs <= 0)) if np.any(pairs <= 0) else len(pairs) - 1
    # As in Stan: of the pair at which the sum stops, the even lag is still added.
    rest = max(rho[2 * stop], 0.0)
    tau = 2 * np.sum(np.minimum.accumulate(pairs[:stop])) - 1 + rest
    # An antithetic chain can be worth more than n draws. The limit of log10(n) times as many, from
    # Vehtari et al. (2021), section 3.2, prevents that noise makes τ zero or negative.
    return float(max(tau, 1 / np.log10(n * chains)))


def _three_axes(chain: ArrayLike) -> Floats:
    x = np.asarray(chain, np.float64)
    if not 1 <= x.ndim <= 3:
        raise ValueError(f"expected a chain [steps, walkers, d], got shape {x.shape}")
    x = x.reshape(x.shape + (1,) * (3 - x.ndim))
    if len(x) < 4 or 0 in x.shape:
        raise ValueError(f"a chain [steps, walkers, d] of 4 steps or more is needed, got {x.shape}")
    if not np.all(np.isfinite(x)):
        step, walker, parameter = np.argwhere(~np.isfinite(x))[0]
        raise ValueError(
            f"the chain is {x[step, walker, parameter]} at step {step}, walker {walker}, "
            f"parameter {parameter}"
        )
    return x


def _warn(x: Floats, tau: Floats) -> None:
    still = np.argwhere(np.ptp(x, axis=0) == 0)
    if still.size:
        walker, parameter = still[0]
        message = f"parameter {parameter} never changes in walker {walker}: τ has no meaning for it"
        warnings.warn(message, ShortChainWarning, stacklevel=3)
    elif np.any(len(x) < SHORT * tau):
        warnings.warn(
            f"{len(x)} steps are fewer than {SHORT:.0f} τ = {SHORT * tau.max():.0f}: "
            f"τ is uncertain and probably too small; draw more steps",
            ShortChainWarning,
            stacklevel=3,
        )
