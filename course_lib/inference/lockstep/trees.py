"""The No-U-Turn Sampler for many chains in lock step: the trees of `nuts.py`, without recursion.

`nuts.py` grows a tree by recursion, one chain at a time, and reads like the papers. Here the
recursion is two nested loops, doubling and leaf, that all chains run through together. How it
differs from the recursion, and why the law of the draws is the same:

- A chain that has finished its trajectory waits for the others.
- To go back in time the trajectory is turned round: swap its ends, negate the momenta. So the step
  is always +ε.
- Leaf number n of a sub-tree is the same for all chains. An even leaf is kept in the slot with the
  number of ones in n/2; an odd leaf closes as many sub-trees as n ends in ones, and their first
  leaves are in the last so many slots (the iterative form of Phan, Pradhan & Jankowiak (2019),
  arXiv:1912.11554, appendix). Each is checked as `Trajectory.join` does, seams and all.
- A sub-tree's draw is made leaf by leaf: the new one is taken with probability w/Σw. That gives
  every leaf the share w/Σw of the whole, as the recursion's fair toss between halves does.
- Weights are exp(min(H₀ − H, 600)), not logarithms: one exp a leaf. In 2^12 leaves they cannot
  overflow; a gain of 600 in energy does not occur in a chain that has left its start.

    >>> first, last = tf.constant([[1.0], [0.0]], T), tf.constant([[0.0], [-1.0]], T)
    >>> is_u_turn(first, last, first + last).numpy()             # three quarters round a circle
    array([False])
    >>> is_u_turn(first, -first, 0.1 * last).numpy()
    array([ True])
"""

from __future__ import annotations

import tensorflow as tf

from course_lib.inference.lockstep.loops import written
from course_lib.inference.lockstep.space import About, Draw, Place, Space, T, chosen, half_square
from course_lib.inference.lockstep.uniform import seeded, uniform
from course_lib.inference.transition import MAX_ENERGY_ERROR

MAX_GAIN = 600.0
"""exp(600) = 4e260: thousands of them can be added."""


class Trees:
    """One transition of C chains.

    Parameters
    ----------
    space : Space
    max_depth : int
        Room for so many doublings.
    deepest : tensor int32 []
        How many may be made this time.
    """

    def __init__(self, space: Space, max_depth: int, deepest: tf.Tensor):
        self.space, self.max_depth, self.deepest = space, max_depth, deepest

    def transition(
        self, now: Draw, momentum: tf.Tensor, bits: tf.Tensor, time: tf.Tensor, step: tf.Tensor
    ) -> tuple[Draw, About]:
        """The next draw; its trajectory ends where it turns back, whatever `time` says."""
        start_energy = half_square(momentum) - now.log_prob
        here = Place(now.x, momentum, now.gradient)
        zero, none = tf.zeros_like(start_energy), tf.zeros_like(start_energy, tf.int32)
        false = tf.zeros_like(start_energy, tf.bool)
        slots = tf.zeros([max(self.max_depth - 1, 1) + 1, 3, *momentum.shape], T)

        def double(
            level: tf.Tensor, alive: tf.Tensor, back: Place, front: Place, rho: tf.Tensor,
            weight: tf.Tensor, draw: Draw, random: tf.Tensor, tally: tuple, slots: tf.Tensor,
        ) -> tuple:  # fmt: skip
            coin = tf.bitwise.right_shift(bits[1], tf.cast(level, tf.uint64))
            backwards = tf.bitwise.bitwise_and(coin, tf.constant(1, tf.uint64)) > 0
            back, front, rho = turned_round(backwards, back, front, rho)
            grown = self.sub_tree(level, alive, front, step, start_energy, random, tally, slots)
            alive, end, far_rho, far_weight, far_draw, random, tally, slots = grown
            random, u = uniform(random)
            far_first = slots[0, 0]
            draw = chosen(alive & (u * weight < far_weight), far_draw, draw)
            total = rho + far_rho
            turning = (
                is_u_turn(back.p, end.p, total)
                | is_u_turn(back.p, far_first, rho + far_first)
                | is_u_turn(front.p, end.p, front.p + far_rho)
            )
            depth, *rest = tally
            tally = (depth + tf.cast(alive, tf.int32), *rest)
            alive = alive & ~turning
            return (
                level + 1, alive, back, end, total, weight + far_weight, draw, random, tally, slots,
            )  # fmt: skip

        tally = (none, none, zero, false)
        begin = (
            tf.constant(0), ~false, here, here, momentum, tf.ones_like(zero), now,
            seeded(bits[0]), tally, slots,
        )  # fmt: skip
        end = tf.while_loop(
            lambda level, alive, *_: (level < self.deepest) & tf.reduce_any(alive), double, begin
        )
        draw, (depth, leapfrogs, accepted, divergent) = end[6], end[8]
        acceptance = accepted / tf.cast(leapfrogs, T)
        return draw, About(start_energy, acceptance, depth, leapfrogs, divergent)

    def sub_tree(
        self, level: tf.Tensor, alive: tf.Tensor, front: Place, step: tf.Tensor,
        start_energy: tf.Tensor, random: tf.Tensor, tally: tuple, slots: tf.Tensor,
    ) -> tuple:  # fmt: skip
        """2^level leaves beyond the front; a chain dies where it diverges or turns back."""
        depth, *counts = tally

        def leaf(
            n: tf.Tensor, alive: tf.Tensor, place: Place, rho: tf.Tensor, weight: tf.Tensor,
            draw: Draw, random: tf.Tensor, counts: tuple, slots: tf.Tensor,
        ) -> tuple:  # fmt: skip
            leapfrogs, accepted, divergent = counts
            after, log_prob = self.space.leapfrog(place, step)
            gain = start_energy - (half_square(after.p) - log_prob)
            sound = gain >= -MAX_ENERGY_ERROR  # False for NaN
            share = tf.where(sound, tf.exp(tf.minimum(gain, MAX_GAIN)), 0.0)
            one = tf.cast(alive, T)
            counts = (
                leapfrogs + tf.cast(alive, tf.int32),
                accepted + one * tf.minimum(share, 1.0),
                divergent | (alive & ~sound),
            )
            weight += share
            random, u = uniform(random)
            draw = chosen(u * weight < share, Draw(after.x, log_prob, after.gradient), draw)
            ones = tf.raw_ops.PopulationCount(x=n // 2)
            slot = tf.where(n % 2 == 0, tf.cast(ones, tf.int32), self.max_depth - 1)
            kept = tf.stack([after.p, rho, place.p])
            slots = written(slots, kept, slot)
            rho += after.p
            alive = alive & sound & ~self.turns(n, after.p, place.p, rho, slots)
            return n + 1, alive, after, rho, weight, draw, random, counts, slots

        zero = tf.zeros_like(start_energy)
        nothing = Draw(front.x, zero, front.gradient)
        begin = (
            tf.constant(0), alive, front, tf.zeros_like(front.p), zero, nothing, random,
            tuple(counts), slots,
        )  # fmt: skip
        leaves = tf.bitwise.left_shift(tf.constant(1), level)
        done = tf.while_loop(lambda n, alive, *_: (n < leaves) & tf.reduce_any(alive), leaf, begin)
        _, alive, place, rho, weight, draw, random, counts, slots = done
        return alive, place, rho, weight, draw, random, (depth, *counts), slots

    def turns(
        self, n: tf.Tensor, p: tf.Tensor, before: tf.Tensor, rho: tf.Tensor, slots: tf.Tensor
    ) -> tf.Tensor:
        """Does any sub-tree that leaf n closes turn back? `rho` is the sum up to and with leaf n.

        A slot holds, of the leaf that began a sub-tree: its momentum, the sum before it, and the
        momentum before it. The right half of a sub-tree begins where the last one checked began.
        """
        ended = tf.raw_ops.PopulationCount(x=tf.bitwise.bitwise_xor(n, n + 1))
        levels = tf.cast(ended, tf.int32) - 1  # the ones that n ends in
        top = tf.cast(tf.raw_ops.PopulationCount(x=n // 2), tf.int32)

        def check(k: tf.Tensor, turning: tf.Tensor, right: tf.Tensor) -> tuple:
            left = slots[top - k]
            first, base = left[0], left[1]
            seam, middle, last_of_left = right[0], right[1], right[2]
            turning |= (
                is_u_turn(first, p, rho - base)
                | is_u_turn(first, seam, middle - base + seam)
                | is_u_turn(last_of_left, p, last_of_left + rho - middle)
            )
            return k + 1, turning, left

        right = tf.stack([p, rho - p, before])
        still = tf.zeros_like(p[0], tf.bool)
        _, turning, _ = tf.while_loop(
            lambda k, *_: k < levels, check, (tf.constant(0), still, right)
        )
        return turning


def is_u_turn(first: tf.Tensor, last: tf.Tensor, rho: tf.Tensor) -> tf.Tensor:
    """Does either end move against the way travelled? [C]"""
    return (tf.reduce_sum(first * rho, axis=0) <= 0) | (tf.reduce_sum(last * rho, axis=0) <= 0)


def turned_round(
    backwards: tf.Tensor, back: Place, front: Place, rho: tf.Tensor
) -> tuple[Place, Place, tf.Tensor]:
    """The trajectory as seen from the direction in which it is to grow."""
    ends = [
        Place(
            tf.where(backwards, b.x, a.x),
            tf.where(backwards, -b.p, a.p),
            tf.where(backwards, b.gradient, a.gradient),
        )
        for a, b in ((back, front), (front, back))
    ]
    return ends[0], ends[1], tf.where(backwards, -rho, rho)
