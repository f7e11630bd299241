"""Hard bounds and unused parameters, found by evaluating a target at a few points near its draws.

>>> def half_normal(q):                             # [2, k] -> values [k], gradients [2, k]
...     value = np.where(q[0] > 0, -0.5 * q[0] ** 2, -np.inf)
...     return value, np.stack([-q[0], 0 * q[0]])   # q[1] is not used
>>> draws = np.abs(np.random.default_rng(1).standard_normal((2, 1000)))
>>> [(bound.parameter, bound.side) for bound in hard_bounds(half_normal, draws)]
[(0, 'below')]
>>> unused_parameters(half_normal, draws, half_normal(draws)[1])
[1]
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Evaluate = Callable[[Floats], tuple[Floats, Floats]]
"""q [d, k] -> (log π [k], gradient [d, k]), for any k."""
BEYOND = 0.1
"""A bound is looked for this many standard deviations beyond the most extreme draw: of 100 draws
with a positive density at the bound, one is that close to it."""
FAR = 10.0
"""A parameter is moved by this many times the range of its draws to see whether it matters."""
MOST = 200
"""Bounds are looked for in so many parameters at most, because a slow target takes milliseconds."""


class Bound(NamedTuple):
    """A place beyond which log π is not finite."""

    parameter: int
    """Its index in q."""
    side: str
    """"below" or "above"."""
    edge: float
    """The draw that is nearest to the bound."""


def hard_bounds(evaluate: Evaluate, q: Floats) -> list[Bound]:
    """The parameters for which log π stops being finite just beyond the draws q [d, k].

    Looks along each axis, from the draw with the smallest and that with the largest value.
    """
    d = min(len(q), MOST)
    sides = ((np.argmin, -1.0, "below"), (np.argmax, 1.0, "above"))
    found = []
    for extreme, direction, side in sides:
        nearest = extreme(q[:d], axis=1)
        probes = q[:, nearest].copy()
        probes[np.arange(d), np.arange(d)] += direction * BEYOND * q[:d].std(axis=1)
        value = _value(evaluate, probes)
        found += [Bound(int(i), side, float(q[i, nearest[i]])) for i in _not_finite(value)]
    return sorted(found)


def unused_parameters(evaluate: Evaluate, q: Floats, gradient: Floats) -> list[int]:
    """The parameters whose gradient is 0 at all points q [d, k], and which leave log π unchanged.

    `gradient` [d, k] is that at the points. The target is evaluated only if a parameter's is 0.

    The second condition keeps a uniform density between hard bounds, whose gradient is 0, too.
    """
    unused: list[int] = []
    candidates = np.flatnonzero(np.all(gradient == 0, axis=1))
    value = _value(evaluate, q) if candidates.size else np.array([])
    for i in candidates:
        away = np.zeros_like(q)
        away[i] = 1.0 + FAR * np.ptp(q[i])
        if all(np.array_equal(_value(evaluate, q + side * away), value) for side in (-1, 1)):
            unused.append(int(i))
    return unused


def _value(evaluate: Evaluate, q: Floats) -> Floats:
    """log π at q [d, k]; nothing where a user's function raises there, as `math.log(-1)` does.

    No trajectory has been at these places, and a finished run is not lost for them.
    """
    try:
        return evaluate(q)[0]
    except Exception:  # whatever a user's function may raise
        return np.array([])


def _not_finite(value: Floats) -> NDArray[np.intp]:
    return np.flatnonzero(~np.isfinite(value))
