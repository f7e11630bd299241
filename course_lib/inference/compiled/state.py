"""What a kernel works with: points in phase space, draws, and information about a transition.

    >>> old = HMCState(tf.zeros([1, 2], T), tf.zeros([2], T), tf.zeros([1, 2], T))
    >>> new = HMCState(tf.ones([1, 2], T), tf.ones([2], T), tf.ones([1, 2], T))
    >>> select(tf.constant([True, False]), new, old).x.numpy()
    array([[1., 0.]])

x is the position in whitened coordinates (`whitened_target`), p the momentum, d the number of
parameters and C that of chains. The names are blackjax's.
"""

from __future__ import annotations

from typing import NamedTuple

import tensorflow as tf

T = tf.float64


class IntegratorState(NamedTuple):
    """A point in phase space for each chain."""

    x: tf.Tensor
    """position, [d, C]"""
    p: tf.Tensor
    """momentum, [d, C]"""
    gradient: tf.Tensor
    """of log π with respect to x, [d, C]"""


class HMCState(NamedTuple):
    """A draw of each chain, or a proposal for one."""

    x: tf.Tensor
    """position, [d, C]"""
    log_prob: tf.Tensor
    """log π there, [C]"""
    gradient: tf.Tensor
    """of log π with respect to x, [d, C]"""


class HMCInfo(NamedTuple):
    """Information about the transition that led to a draw, [C] each."""

    energy: tf.Tensor
    """at the start of the trajectory"""
    acceptance: tf.Tensor
    """mean acceptance probability along the trajectory"""
    depth: tf.Tensor
    """int32: number of doublings; 0 for HMC"""
    leapfrogs: tf.Tensor
    """int32: number of gradients evaluated"""
    divergent: tf.Tensor
    """bool: whether the energy error was above MAX_ENERGY_ERROR"""


def kinetic_energy(p: tf.Tensor) -> tf.Tensor:
    """½ pᵀp for each chain, [C], for momenta p [d, C]."""
    return 0.5 * tf.reduce_sum(p * p, axis=0)


def select(take: tf.Tensor, new: HMCState, old: HMCState) -> HMCState:
    """`new` for the chains where `take` [C] is true, else `old`."""
    return HMCState(*(tf.where(take, a, b) for a, b in zip(new, old, strict=True)))
