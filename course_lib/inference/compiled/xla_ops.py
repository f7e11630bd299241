"""Operations that TensorFlow lacks or does slowly inside a compiled loop.

    >>> write_row(tf.zeros([3, 2]), tf.ones([2]), tf.constant(1)).numpy().sum(axis=1)
    array([0., 2., 0.], dtype=float32)
    >>> state, u = uniform(tf.constant([1, 2, 3], tf.uint64))
    >>> bool(np.all((u.numpy() >= 0) & (u.numpy() < 1)))
    True

TensorFlow's own stateless random numbers take ten times as long as a leapfrog step of a simple
target. Source of those here: xorshift64*, Vigna (2016), ACM Trans. Math. Softw. 42, 30.
"""

from __future__ import annotations

import tensorflow as tf
from tensorflow.compiler.tf2xla.python.xla import dynamic_update_slice

U = tf.uint64
SHIFTS = ((12, tf.bitwise.right_shift), (25, tf.bitwise.left_shift), (27, tf.bitwise.right_shift))
MULTIPLIER = 0x2545F4914F6CDD1D


def write_row(array: tf.Tensor, row: tf.Tensor, i: tf.Tensor) -> tf.Tensor:
    """The array with array[i] = row. Inside a compiled loop XLA does this in place."""
    start = tf.concat([i[None], tf.zeros([array.shape.rank - 1], tf.int32)], axis=0)
    return dynamic_update_slice(array, row[None], start)


def random_state(bits: tf.Tensor) -> tf.Tensor:
    """States of the generator from random uint64 `bits`. A state must not be 0."""
    return tf.bitwise.bitwise_or(bits, tf.constant(1, U))


def uniform(state: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """The next states, and a float64 in [0, 1) for each; both have the shape of `state`."""
    for shift, moved in SHIFTS:
        state = tf.bitwise.bitwise_xor(state, moved(state, tf.constant(shift, U)))
    scrambled = state * tf.constant(MULTIPLIER, U)
    # The upper 52 bits are used as the fraction of a float64 between 1 and 2.
    fraction = tf.bitwise.right_shift(scrambled, tf.constant(12, U))
    one = tf.constant(0x3FF0000000000000, U)
    return state, tf.bitcast(tf.bitwise.bitwise_or(fraction, one), tf.float64) - 1.0
