"""Dual averaging of the step size inside a compiled loop; all chains have the same step size.

    >>> state = init_step_size(0.3)
    >>> for _ in range(10):
    ...     state = update_step_size(state, tf.constant(0.2, T), 0.8)   # below the target, so ...
    >>> bool(tf.exp(state.log_step) < 0.3)                              # ... the step is shorter
    True

Source: Hoffman & Gelman (2014), JMLR 15, equation 6. `adaptation.dual_averaging` has the same in
NumPy, with the same numbers.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import tensorflow as tf

from course_lib.inference.compiled.state import T

LEAST_ACCEPTANCE = 0.01
"""Lower values count as this in the harmonic mean, so that one chain cannot dominate it."""


class DualAveragingState(NamedTuple):
    """The variables of equation 6, each a scalar."""

    mu: Any
    log_step: Any
    """log ε of the next transition"""
    log_average: Any
    """log ε of the draws after the warm-up"""
    error: Any
    count: Any
    ceiling: Any
    """log of the longest ε allowed"""


def init_step_size(step_size: Any, longest: float = math.inf) -> DualAveragingState:
    """The state that starts at ε = step_size, and is never longer than `longest`.

    Without updates ε stays the same.
    """
    # Not tf.cast, which converts a Python float to float32 first.
    log_step = tf.math.log(tf.convert_to_tensor(step_size, T))
    zero = tf.zeros([], T)
    ceiling = tf.math.log(tf.convert_to_tensor(longest, T))
    return DualAveragingState(log_step + math.log(10), log_step, log_step, zero, zero, ceiling)


def update_step_size(
    state: DualAveragingState, acceptance: tf.Tensor, target: tf.Tensor
) -> DualAveragingState:
    """One iteration of equation 6 with H_t = target − acceptance, γ = 0.05, t₀ = 10, κ = 0.75."""
    count = state.count + 1
    error = state.error + (target - acceptance - state.error) / (count + 10)
    log_step = tf.minimum(state.mu - tf.sqrt(count) / 0.05 * error, state.ceiling)
    log_average = state.log_average + count**-0.75 * (log_step - state.log_average)
    return DualAveragingState(state.mu, log_step, log_average, error, count, state.ceiling)


def pooled_acceptance(acceptance: tf.Tensor, careful: tf.Tensor) -> tf.Tensor:
    """One acceptance for all chains [C]: their mean, or their harmonic mean if `careful`.

    If one chain of a hundred is stuck where the posterior is narrow, the mean hardly changes. The
    harmonic mean becomes small, and makes the step shorter until that chain moves.
    """
    harmonic = 1 / tf.reduce_mean(1 / tf.maximum(acceptance, tf.constant(LEAST_ACCEPTANCE, T)))
    return tf.where(careful, harmonic, tf.reduce_mean(acceptance))
