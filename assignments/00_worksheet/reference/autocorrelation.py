r"""Integrated autocorrelation time and effective sample size, by emcee's convention.

.. math::
    \tau = 1 + 2 \sum_{t=1}^{M} \rho(t), \qquad n_\mathrm{eff} = \frac{\text{draws}}{\tau}

:math:`\rho` is the normalised autocorrelation, averaged over the walkers; the window M is the
smallest with :math:`M \ge c\,\tau(M)`, because the sum over all lags is exactly zero. Source:
A. Sokal 1997, "Monte Carlo Methods in Statistical Mechanics", section 3; the average over
walkers is emcee's (Foreman-Mackey et al. 2013, arXiv:1202.3665).

>>> import numpy as np
>>> from .autocorrelation import integrated_time
>>> chain = np.random.default_rng(1).normal(size=(5000, 8, 1))  # independent draws: tau = 1
>>> bool(abs(integrated_time(chain)[0] - 1.0) < 0.1)
True
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from .line import Array

WINDOW = 5.0  # Sokal's c: the window is at least this many autocorrelation times; emcee's default


def autocorrelation(x: ArrayLike) -> Array:
    """The normalised autocorrelation along the first axis: shape of x, 1 at lag zero.

    Computed by FFT, padded with zeros to twice the length so that the end does not run on
    into the beginning. The sum at every lag is divided by the same n (the biased estimate).

    Raises
    ------
    ValueError : when a series is constant: it has no autocorrelation.

    >>> autocorrelation([1.0, -1.0, 1.0, -1.0]).round(12).tolist()
    [1.0, -0.75, 0.5, -0.25]
    """
    series = np.asarray(x, dtype=np.float64)
    if not np.all(np.isfinite(series)):
        raise ValueError("the chain holds NaN or infinity; look at the sampler first")
    steps = series.shape[0]
    centred = series - np.mean(series, axis=0)
    if np.any(np.ptp(series, axis=0) == 0.0):
        raise ValueError("a chain that never moves has no autocorrelation; look at the sampler")
    padded = 2 ** int(np.ceil(np.log2(2 * steps)))
    spectrum = np.fft.rfft(centred, n=padded, axis=0)
    power = np.fft.irfft(np.abs(spectrum) ** 2, n=padded, axis=0)[:steps]
    return np.asarray(power / power[0])


def integrated_time(chain: ArrayLike, c: float = WINDOW) -> Array:
    """The integrated autocorrelation time of each parameter, in steps: ``[d]``.

    Parameters
    ----------
    chain : ``[steps, walkers, d]``.
    c : the window in autocorrelation times.

    Raises
    ------
    ValueError : when the chain is not ``[steps, walkers, d]``, is shorter than two steps, never
        moves, or is not finite.

    >>> repeated = np.repeat(np.random.default_rng(2).normal(size=(4000, 4, 1)), 3, axis=0)
    >>> bool(abs(integrated_time(repeated)[0] - 3.0) < 0.3)  # each draw three times: tau = 3
    True
    """
    return _windowed(chain, c)[0]


def effective_sample_size(chain: ArrayLike, c: float = WINDOW) -> float:
    """The number of independent draws that a chain is worth: steps x walkers / mean of tau.

    The mean over parameters is the worksheet's own choice. Arguments and errors as in
    `integrated_time`.

    >>> chain = np.random.default_rng(3).normal(size=(2000, 10, 2))
    >>> bool(abs(effective_sample_size(chain) / 20_000 - 1.0) < 0.1)
    True
    """
    steps, walkers, _ = np.shape(chain)
    return float(steps * walkers / np.mean(integrated_time(chain, c)))


def integrated_time_error(chain: ArrayLike, c: float = WINDOW) -> Array:
    r"""The standard deviation of the estimate of tau, in steps: ``[d]``.

    :math:`\sigma_\tau = \tau \sqrt{2 (2 M + 1) / n}` for n draws in all (Sokal 1997,
    equation 3.19).

    >>> chain = np.random.default_rng(4).normal(size=(5000, 8, 1))
    >>> bool(0.01 < integrated_time_error(chain)[0] < 0.05)
    True
    """
    tau, window = _windowed(chain, c)
    steps, walkers, _ = np.shape(chain)
    return np.asarray(tau * np.sqrt(2.0 * (2.0 * window + 1.0) / (steps * walkers)))


def _windowed(chain: ArrayLike, c: float) -> tuple[Array, Array]:
    """tau ``[d]`` and the window M ``[d]`` at which its sum was cut."""
    draws = np.asarray(chain, dtype=np.float64)
    if draws.ndim != 3 or draws.shape[0] < 2:
        raise ValueError(f"a chain is [steps, walkers, d] with two steps or more: {draws.shape}")
    rho = np.mean(autocorrelation(draws), axis=1)
    taus = 2.0 * np.cumsum(rho, axis=0) - 1.0
    wide_enough = np.arange(len(taus))[:, np.newaxis] >= c * taus
    wide_enough[-1] = True  # no window is wide enough: use every lag
    window = np.argmax(wide_enough, axis=0)
    return np.take_along_axis(taus, window[np.newaxis], axis=0)[0], window.astype(np.float64)
