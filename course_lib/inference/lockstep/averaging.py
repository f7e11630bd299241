"""Dual averaging of the step size inside a compiled loop, with one step size for all chains.

    >>> state = fixed_step(0.3)
    >>> for _ in range(10):
    ...     state = learnt(state, tf.constant(0.2, T), 0.8)     # refused too often, so ...
    >>> bool(tf.exp(state.log_step) < 0.3)                      # ... the next step is shorter
    True

Source: Hoffman & Gelman (2014), JMLR 15, equation 6; the same numbers as `DualAveraging`.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import tensorflow as tf

T = tf.float64
STUCK = 0.01
"""Below this acceptance a chain counts as stuck, however far below."""


class Averaging(NamedTuple):
    """The state of equation 6, each a scalar."""

    mu: Any
    log_step: Any
    """log ε of the next transition"""
    log_average: Any
    """log ε to keep"""
    error: Any
    count: Any
    ceiling: Any
    """log of the longest ε that is tried"""


def fixed_step(step_size: Any, longest: float = math.inf) -> Averaging:
    """The state that starts at ε = step_size, and stays there unless it is told to adapt."""
    # Not tf.cast: that takes a Python float through float32.
    log_step = tf.math.log(tf.convert_to_tensor(step_size, T))
    zero = tf.zeros([], T)
    ceiling = tf.math.log(tf.convert_to_tensor(longest, T))
    return Averaging(log_step + math.log(10), log_step, log_step, zero, zero, ceiling)


def learnt(state: Averaging, acceptance: tf.Tensor, target: tf.Tensor) -> Averaging:
    """One step of equation 6 with H_t = δ − acceptance, γ = 0.05, t₀ = 10, κ = 0.75."""
    count = state.count + 1
    error = state.error + (target - acceptance - state.error) / (count + 10)
    log_step = tf.minimum(state.mu - tf.sqrt(count) / 0.05 * error, state.ceiling)
    log_average = state.log_average + count**-0.75 * (log_step - state.log_average)
    return Averaging(state.mu, log_step, log_average, error, count, state.ceiling)


def pooled_acceptance(acceptance: tf.Tensor, careful: tf.Tensor) -> tf.Tensor:
    """One number out of each chain's, [C]: the mean, or the harmonic mean while being careful.

    The mean does not mind one chain of a hundred that is stuck where the posterior is narrow; the
    harmonic mean shortens the step until that chain moves.
    """
    harmonic = 1 / tf.reduce_mean(1 / tf.maximum(acceptance, tf.constant(STUCK, T)))
    return tf.where(careful, harmonic, tf.reduce_mean(acceptance))
