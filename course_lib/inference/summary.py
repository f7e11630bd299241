"""A table of what draws say about each parameter, and whether to believe it.

>>> draws = np.random.default_rng(1).normal([0.0, 5.0], [1.0, 0.1], (1000, 4, 2))
>>> print(summarise(draws, ["m", "b"]))
parameter         mean          sd        mcse    n_eff   R-hat
m         ...
b         ...
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri
from scipy.stats import rankdata

from course_lib.inference.autocorrelation import effective_sample_size

Floats = NDArray[np.float64]
R_HAT_LIMIT = 1.01
"""Vehtari et al. (2021), section 4: above this the chains have not mixed."""
N_EFF_PER_CHAIN = 100
"""The same section: fewer effective draws per chain make the diagnostics themselves unreliable."""


@dataclass(frozen=True)
class Summary:
    """One row for each of d parameters; printing it gives a table and the concerns."""

    names: list[str]
    mean: Floats
    """[d]"""
    sd: Floats
    """[d]"""
    mcse: Floats
    """[d]: the Monte Carlo standard error of the mean, sd/√n_eff"""
    n_eff: Floats
    """[d]"""
    r_hat: Floats
    """[d]: rank-normalised split R-hat"""
    concerns: list[str]

    def __str__(self) -> str:
        width = max(9, *(len(name) for name in self.names))
        lines = [
            f"{'parameter':{width}} {'mean':>12} {'sd':>11} {'mcse':>11} {'n_eff':>8} {'R-hat':>7}"
        ]
        for i, name in enumerate(self.names):
            lines.append(
                f"{name:{width}} {self.mean[i]:12.5g} {self.sd[i]:11.3g} {self.mcse[i]:11.2g} "
                f"{self.n_eff[i]:8.0f} {self.r_hat[i]:7.3f}"
            )
        return "\n".join([*lines, *(f"! {concern}" for concern in self.concerns)])


def summarise(draws: Floats, names: Sequence[str], concerns: Sequence[str] = ()) -> Summary:
    """The summary of draws [steps, chains, d]; adds a concern where R-hat or n_eff gives one."""
    found = list(concerns)
    sd = draws.std(axis=(0, 1), ddof=1)
    n_eff = np.asarray(effective_sample_size(draws))
    r_hat = np.array([split_r_hat(draws[:, :, i]) for i in range(draws.shape[2])])
    for name, value in zip(names, r_hat, strict=True):
        if value > R_HAT_LIMIT:
            found.append(f"R-hat of {name} is {value:.3f}: the chains disagree; draw longer")
    for name, value in zip(names, n_eff, strict=True):
        if value < N_EFF_PER_CHAIN * draws.shape[1]:
            found.append(f"{name} has only {value:.0f} effective draws: draw longer")
    return Summary(
        list(names), draws.mean(axis=(0, 1)), sd, sd / np.sqrt(n_eff), n_eff, r_hat, found
    )


def split_r_hat(x: ArrayLike) -> float:
    """Rank-normalised split R-hat of x [steps, chains]: near 1 if all halves look alike.

    The larger of that of the draws (do locations agree?) and that of their distances from the
    median (do scales agree?). NaN for draws that never change.

    Source: Vehtari, Gelman, Simpson, Carpenter & Bürkner (2021), Bayesian Analysis 16, section 4.
    """
    x = np.asarray(x, np.float64)
    half = len(x) // 2
    halves = np.concatenate([x[:half], x[-half:]], axis=1)
    folded = np.abs(halves - np.median(halves))
    return float(np.max([_r_hat(_normal_scores(y)) for y in (halves, folded)]))


def _normal_scores(x: Floats) -> Floats:
    ranks = rankdata(x, method="average").reshape(x.shape)
    return np.asarray(ndtri((ranks - 0.375) / (x.size + 0.25)))  # Blom (1958)


def _r_hat(x: Floats) -> float:
    n = len(x)
    within = x.var(axis=0, ddof=1).mean()
    between = x.mean(axis=0).var(ddof=1)
    return float(np.sqrt((n - 1) / n + between / within)) if within > 0 else float("nan")
