"""How long HMC's trajectories should be: until the slowest parameter has forgotten where it was.

A parameter of a normal posterior swings like a pendulum: after a time t its correlation with where
it was is cos ωt. It is 0 after a quarter of its period, and then a draw is worth most for its cost:
later it comes back. Lengths differ from draw to draw, between ½ and 1½ of the mean, so that no
other parameter's period is met again and again; where all swing at one pace, between ¾ and 1¼, for
nearer a quarter the widths are forgotten sooner, too. The mean is set window by window in the
warm-up, from the worst correlation between successive draws among all parameters.

    >>> lag_one = correlation(math.pi / 8)              # too short: an eighth of the period
    >>> round(lengthened(1.0, lag_one), 2)              # four times as long is a quarter
    4.0

The aim is Hoffman, Radul & Sountsov's (2021), AISTATS 130, "ChEES"; they climb the gradient of a
criterion, here an equation is solved.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
FIRST_TIME = math.pi / 2
"""A quarter of the period of a normal whose metric is right."""
GOLDEN = (math.sqrt(5) - 1) / 2
"""Multiples of it fill the unit interval more evenly than random numbers (Weyl 1916)."""
MOST = 4.0
"""Longest change in one window: a correlation near 1 does not say how near."""
WIDE, NARROW = 0.5, 0.25
"""How far lengths spread to either side of their mean, as a share of it."""
ONE_PACE = 1.5
"""Slowest period over quickest: less is one pace. At a quarter of the one it is 0.38 of the other,
and the square of a cosine there, what is remembered of widths, is half at most."""
_PHASES = np.linspace(0.01, 2.6, 2000)


def correlation(phase: ArrayLike, spread: float = WIDE) -> Floats:
    """Mean of cos(phase·j) for j uniform in 1 ± spread: it falls from 1, through 0 at π/2."""
    phase = np.asarray(phase, np.float64)
    return np.asarray(np.cos(phase) * np.sinc(spread * phase / math.pi))


def jittered(time: float, first: int, count: int, spread: float = WIDE) -> Floats:
    """Lengths of trajectories number `first` and following, [count], with this mean."""
    numbers = np.arange(first, first + count, dtype=np.float64)
    return time * (1 - spread + 2 * spread * (GOLDEN * numbers % 1.0))


def lag_one(q: Floats, acceptance: float = 1.0) -> float:
    """The worst correlation between successive draws of q [steps, d, C] that moved.

    Chains are pooled. A refused draw is the last one again, with a correlation of 1: a share of
    1 − acceptance is taken off, since another length would not mend that. So is what the largest
    of d numbers owes to chance: each scatters by 1/√(steps·C).
    """
    steps, d, chains = q.shape
    away = q - q.mean(axis=(0, 2), keepdims=True)
    square = (away**2).mean(axis=(0, 2))
    product = (away[1:] * away[:-1]).mean(axis=(0, 2))
    worst = np.max(product / np.where(square > 0, square, 1.0))
    worst -= math.sqrt(2 * math.log(d) / (steps * chains))
    return float((worst - (1 - acceptance)) / max(acceptance, 0.1))


def lengthened(time: float, lag_one: float, most: float = MOST, spread: float = WIDE) -> float:
    """The mean length at which this correlation should vanish, changed by at most a factor."""
    phase = float(np.interp(-lag_one, -correlation(_PHASES, spread), _PHASES))
    return time * float(np.clip(math.pi / 2 / phase, 1 / most, most))
