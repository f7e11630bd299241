"""A table of each parameter's mean, error and convergence diagnostics, with warnings.

>>> draws = np.random.default_rng(1).normal([0.0, 5.0], [1.0, 0.1], (1000, 4, 2))
>>> print(summarise(draws, ["m", "b"]))
parameter         mean          sd        mcse  bulk ESS  tail ESS   R-hat
m         ...
b         ...
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from course_lib.inference.diagnostics.convergence import (
    bulk_ess,
    mcse_mean,
    plain_r_hat,
    split_r_hat,
    tail_ess,
)

Floats = NDArray[np.float64]
R_HAT_LIMIT = 1.01
"""Vehtari et al. (2021), section 4: above this the chains have not mixed."""
ESS_LIMIT = 400
"""The same section: with fewer than 100 for each of four chains the diagnostics are unreliable."""
LOOKED_AT = 3
"""At the end of a run the exact diagnostics are computed for this many of the worst parameters."""


@dataclass(frozen=True)
class Summary:
    """One row for each of d parameters. Printing it shows a table, the concerns and the notes."""

    names: list[str]
    mean: Floats
    """[d]"""
    sd: Floats
    """[d]"""
    mcse: Floats
    """[d]: the Monte Carlo standard error of the mean"""
    bulk_ess: Floats
    """[d]: effective sample size for the centre"""
    tail_ess: Floats
    """[d]: effective sample size for the 5 % and 95 % quantiles"""
    r_hat: Floats
    """[d]: rank-normalised split R-hat"""
    concerns: list[str]
    """Sentences that say what is wrong and what to try"""
    notes: list[str] = field(default_factory=list)
    """Sentences that say what these numbers cannot show"""

    def __str__(self) -> str:
        width = max(9, *(len(name) for name in self.names))
        lines = [
            f"{'parameter':{width}} {'mean':>12} {'sd':>11} {'mcse':>11} {'bulk ESS':>9} "
            f"{'tail ESS':>9} {'R-hat':>7}"
        ]
        for i, name in enumerate(self.names):
            lines.append(
                f"{name:{width}} {self.mean[i]:12.5g} {self.sd[i]:11.3g} {self.mcse[i]:11.2g} "
                f"{self.bulk_ess[i]:9.0f} {self.tail_ess[i]:9.0f} {self.r_hat[i]:7.3f}"
            )
        lines += [f"! {concern}" for concern in self.concerns]
        return "\n".join([*lines, *(f"· {note}" for note in self.notes)])


def summarise(
    draws: Floats,
    names: Sequence[str],
    concerns: Sequence[str] = (),
    notes: Sequence[str] = (),
    unused: Sequence[str] = (),
) -> Summary:
    """The summary of draws [steps, chains, d]; adds a concern for each bad R-hat or ESS.

    No concern is added for the parameters named in `unused`: longer chains would not help them.
    """
    columns = [draws[:, :, i] for i in range(draws.shape[2])]
    bulk, tail, r_hat, mcse = (
        np.array([measure(x) for x in columns])
        for measure in (bulk_ess, tail_ess, split_r_hat, mcse_mean)
    )
    used = [i for i, name in enumerate(names) if name not in unused]
    found = [*concerns, *_concerns([names[i] for i in used], bulk[used], tail[used], r_hat[used])]
    mean, sd = draws.mean(axis=(0, 1)), draws.std(axis=(0, 1), ddof=1)
    return Summary(list(names), mean, sd, mcse, bulk, tail, r_hat, found, list(notes))


def worst_concerns(draws: Floats, names: Sequence[str]) -> list[str]:
    """The concerns about the parameters that mix worst; fast also for many parameters."""
    if len(draws) < 8 or not names:
        return []
    worst = np.argsort(-plain_r_hat(draws))[:LOOKED_AT]
    return summarise(draws[:, :, worst], [names[i] for i in worst]).concerns


def _concerns(names: Sequence[str], bulk: Floats, tail: Floats, r_hat: Floats) -> list[str]:
    found = []
    for name, value in zip(names, r_hat, strict=True):
        if value > R_HAT_LIMIT:
            found.append(f"R-hat of {name} is {value:.3f}: the chains disagree; draw longer")
    for name, centre, edge in zip(names, bulk, tail, strict=True):
        if min(centre, edge) < ESS_LIMIT:
            where = "" if centre <= edge else " in its tails"
            found.append(
                f"{name} has only {min(centre, edge):.0f} effective draws{where}: draw longer"
            )
    return found
