"""Is a run right, and what is it worth? No figure for draws whose R-hat or moments are off.

>>> draws = np.random.default_rng(1).standard_normal((1000, 4, 1))
>>> worth, trouble = judged(draws, np.zeros(1), np.ones(1), np.zeros(1))
>>> trouble, 3000 < worth < 5000
('', True)
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri
from scipy.stats import chi2, norm, rankdata

from course_lib.inference import (
    bulk_ess,
    integrated_time,
    mcse_mean,
    mcse_sd,
    split_r_hat,
    tail_ess,
)

FALSE_ALARM = 1e-4
"""For one run of a right sampler to be refused: once in all figures of a hundred benchmarks."""
FEWEST = 400.0
"""Effective draws below which R-hat and ESS themselves are unreliable (Vehtari et al. 2021)."""
LOOKED_AT = 50
"""Of more parameters, so many are judged, evenly spread."""


def judged(
    draws: np.ndarray, mean: np.ndarray, sd: np.ndarray, error: np.ndarray
) -> tuple[float, str]:
    """The least bulk or tail ESS over parameters, and what is wrong (empty if nothing is).

    draws [steps, chains, d]; the truth: mean, sd and the error of both, [d]. A parameter with
    sd = nan is looked at for ESS and R-hat only.
    """
    d = draws.shape[2]
    worst, trouble = np.inf, ""
    chosen = np.unique(np.linspace(0, d - 1, min(d, LOOKED_AT)).astype(int))
    limit = norm.isf(FALSE_ALARM / (4 * len(chosen)))  # two moments, two sides
    for i in chosen:
        x = draws[:, :, i]
        if np.ptp(x, axis=0).min() == 0:
            return 0.0, "a chain that never moves"
        worth = float(min(bulk_ess(x), tail_ess(x)))
        worst = min(worst, worth)
        if not worth > FEWEST:
            return worst, f"{worth:.0f} effective draws"
        if (r_hat := split_r_hat(x)) > highest(x, len(chosen)):
            return worst, f"R-hat {r_hat:.3f}"
        if not np.isnan(sd[i]):
            for name, found, exact, own in (
                ("mean", x.mean(), mean[i], mcse_mean(x)),
                ("sd", x.std(), sd[i], mcse_sd(x)),
            ):
                z = (found - exact) / np.hypot(own, error[i])
                if abs(z) > limit and not trouble:
                    trouble = f"{name} of q[{i}] {found:.3g} for {exact:.3g}"
    return worst, trouble


def highest(x: np.ndarray, parameters: int) -> float:
    """The R-hat that agreeing chains x [steps, chains] stay under; 1.01 where that is more.

    The variance between m half-chains of n effective draws each is χ²(m − 1)/(m − 1) times 1/n of
    that within, so R-hat² = 1 + χ²/(m − 1)/n. n is taken from τ about each chain's own mean: τ
    about the common one would excuse chains that disagree. It is the larger τ of the two that R-hat
    looks at, normal scores of the draws and of their distances from the median: where widths change
    from place to place, the second forgets much more slowly.
    """
    steps, chains = x.shape
    scores = [
        ndtri(rankdata(y) / (y.size + 1)).reshape(y.shape) for y in (x, abs(x - np.median(x)))
    ]
    each = steps / 2 / max(integrated_time(y, warn=False) for y in scores)
    spread = chi2.isf(FALSE_ALARM / parameters, 2 * chains - 1) / (2 * chains - 1)
    return max(1.01, float(np.sqrt(1 + spread / each)))
