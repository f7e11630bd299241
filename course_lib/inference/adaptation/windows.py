"""The windows of a warm-up: when to learn the step size, and when to learn the metric.

    >>> schedule(1000).metric_updates           # one chain, as in Stan
    (100, 150, 250, 450, 950)
    >>> pooled_windows(200)                     # many chains; a new metric after each but the last
    [20, 20, 30, 50, 80]

For one chain as in Stan: a fast window (75 transitions) to find the posterior, slow windows that
double (25, 50, 100, …), after each of which the metric is estimated from the window's draws, and a
fast window (50) for the final step size. In 20 transitions 64 chains give as many draws as one
chain in 1000, so their windows are short.

Source: Stan reference manual, "Automatic parameter tuning".
"""

from __future__ import annotations

from typing import NamedTuple

FIRST_FAST, FIRST_SLOW, LAST_FAST = 75, 25, 50
"""Lengths in transitions: the fast windows, and the first of the slow ones."""
SHARES = (0.10, 0.10, 0.15, 0.25, 0.40)
"""The windows of many chains, as shares of the warm-up. In the last the step size settles."""
SHORTEST = 20
"""In a shorter warm-up only the step size is learnt."""


class Schedule(NamedTuple):
    """Which transitions of one chain's warm-up are used for the metric, and when it is updated."""

    slow_start: int
    """The first transition (counted from 0) whose draw is used for the metric."""
    metric_updates: tuple[int, ...]
    """After this many transitions the metric is updated, and the next window begins."""


def schedule(warmup: int) -> Schedule:
    """The windows of one chain's warm-up of `warmup` transitions.

    Under 20 transitions only the step size is learnt. Under 150 the fast windows take 15 % and
    10 % of the warm-up, and there is one slow window.
    """
    if warmup < SHORTEST:
        return Schedule(warmup, ())
    first, slow, last = FIRST_FAST, FIRST_SLOW, LAST_FAST
    if first + slow + last > warmup:
        first, last = int(0.15 * warmup), int(0.1 * warmup)
        slow = warmup - first - last
    updates, end, length = [], first, slow
    while end < warmup - last:
        end += length
        length *= 2
        if end + length > warmup - last:  # no room for another whole window: extend this one
            end = warmup - last
        updates.append(end)
    return Schedule(first, tuple(updates))


def pooled_windows(warmup: int) -> list[int]:
    """The lengths of many chains' windows. They add up to `warmup`; under 20 there is one."""
    if warmup < SHORTEST:
        return [warmup] if warmup else []
    lengths = [round(share * warmup) for share in SHARES[:-1]]
    return [*lengths, warmup - sum(lengths)]
