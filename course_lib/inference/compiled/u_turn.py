"""Does a trajectory turn back? The criterion, and its check for all sub-trees without recursion.

    >>> from course_lib.inference.compiled.state import T
    >>> first, last = tf.constant([[1.0], [0.0]], T), tf.constant([[0.0], [-1.0]], T)
    >>> is_u_turn(first, last, first + last).numpy()            # a quarter of a circle
    array([False])
    >>> is_u_turn(first, -first, 0.1 * last).numpy()            # half a circle
    array([ True])

The leaves of a tree are numbered 0, 1, 2, … in the order in which they are made. An even leaf n is
the first one of some sub-trees. It is stored in the slot s(n), the number of ones in the binary
form of n//2. An odd leaf n is the last one of as many sub-trees as n has ones at its end, and their
first leaves are in the slots s(n), s(n) − 1, … So a tree of 2^k leaves needs k slots. The check of
each sub-tree is that of `readable.trajectory`. Source: Phan, Pradhan & Jankowiak (2019),
arXiv:1912.11554, appendix.
"""

from __future__ import annotations

import tensorflow as tf

from course_lib.inference.compiled.xla_ops import write_row


def is_u_turn(first: tf.Tensor, last: tf.Tensor, rho: tf.Tensor) -> tf.Tensor:
    """Whether the momentum at either end points backwards along ρ, the sum of momenta: bool [C].

    All arguments are [d, C].
    """
    return (tf.reduce_sum(first * rho, axis=0) <= 0) | (tf.reduce_sum(last * rho, axis=0) <= 0)


def write_leaf(
    slots: tf.Tensor, n: tf.Tensor, p: tf.Tensor, rho: tf.Tensor, before: tf.Tensor
) -> tf.Tensor:
    """The slots [max_depth, 3, d, C] after leaf n.

    If n is even, three momenta [d, C] are stored: p of the leaf, the sum `rho` of those before it,
    and the one before it. If n is odd, the last slot is overwritten, which is not used.
    """
    ones = tf.raw_ops.PopulationCount(x=n // 2)
    slot = tf.where(n % 2 == 0, tf.cast(ones, tf.int32), slots.shape[0] - 1)
    return write_row(slots, tf.stack([p, rho, before]), slot)


def sub_trees_turn(
    n: tf.Tensor, p: tf.Tensor, before: tf.Tensor, rho: tf.Tensor, slots: tf.Tensor
) -> tf.Tensor:
    """Whether any sub-tree turns back whose last leaf is leaf n: bool [C].

    Parameters
    ----------
    n : tensor int32 []
    p, before : tensor [d, C]
        Momenta of leaf n, and of the point before it.
    rho : tensor [d, C]
        The sum of the momenta up to leaf n, which is included.
    slots : tensor
        As `write_leaf` makes them.
    """
    ended = tf.raw_ops.PopulationCount(x=tf.bitwise.bitwise_xor(n, n + 1))
    levels = tf.cast(ended, tf.int32) - 1  # number of ones that n ends in
    top = tf.cast(tf.raw_ops.PopulationCount(x=n // 2), tf.int32)

    def check(k: tf.Tensor, turning: tf.Tensor, right: tf.Tensor) -> tuple:
        # The right half of a sub-tree is the sub-tree that was checked before.
        left = slots[top - k]
        first, base = left[0], left[1]
        first_of_right, middle, last_of_left = right[0], right[1], right[2]
        turning |= (
            is_u_turn(first, p, rho - base)
            | is_u_turn(first, first_of_right, middle - base + first_of_right)
            | is_u_turn(last_of_left, p, last_of_left + rho - middle)
        )
        return k + 1, turning, left

    right = tf.stack([p, rho - p, before])
    none = tf.zeros_like(p[0], tf.bool)
    _, turning, _ = tf.while_loop(lambda k, *_: k < levels, check, (tf.constant(0), none, right))
    return turning
