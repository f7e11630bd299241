"""What every adapter gives back, and the clock that it is timed by.

An adapter has `prepare(target, chains) -> (compile seconds, sampler)`, and its
`sampler(seed, draws) -> Run` warms up from nothing and draws, and compiles nothing that the
compile seconds do not have in them. Times are CPU seconds of the process and its children: on one
core that is what one waits for, and other programs on the machine do not count.

    >>> split(10.0, 300, 700)                    # by the leapfrogs of warm-up and sampling
    (3.0, 7.0)
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from resource import RUSAGE_CHILDREN, getrusage
from typing import Any

import numpy as np


@dataclass
class Run:
    """One run of a sampler."""

    draws: np.ndarray
    """[steps, chains, d]"""
    warmup: float
    """seconds"""
    sampling: float
    """seconds"""
    leapfrogs: int
    """Gradients (for emcee: values) evaluated while sampling, in all chains together."""
    divergent: int = 0
    compile: float | None = None
    """Seconds, where each run compiles anew."""


Sampler = Callable[[int, int], Run]


def seconds() -> float:
    """CPU seconds so far."""
    children = getrusage(RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def first_minus_second(work: Callable[[], Any]) -> float:
    """What the first call costs over the second: the compiling."""
    began = seconds()
    work()
    once = seconds()
    work()
    return max(0.0, 2 * once - began - seconds())


def split(total: float, warmup: float, sampling: float) -> tuple[float, float]:
    """Seconds of warm-up and of sampling, by their shares of the leapfrogs."""
    return total * warmup / (warmup + sampling), total * sampling / (warmup + sampling)


def in_blocks(block: Callable[[], tuple], draws: int, length: int) -> tuple[list[tuple], float]:
    """Enough blocks of `length` transitions for so many draws, and their seconds."""
    began = seconds()
    parts = [block() for _ in range(-(-draws // length))]
    return parts, seconds() - began
