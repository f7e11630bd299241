"""The No-U-Turn Sampler for many chains: the trees of `readable.trajectory`, without recursion.

`readable` grows a tree by recursion, for one chain. Here there are two nested loops, over doublings
and over leaves, that all chains go through together. The draws have the same distribution:

- A chain whose trajectory is complete waits for the others.
- To go backwards in time, the trajectory is reversed: its ends are swapped and the momenta negated.
  So the step is always +ε.
- Sub-trees are checked for U-turns leaf by leaf (`u_turn`).
- A sub-tree's proposal is updated at each leaf: the new leaf is taken with probability w/Σw. Then
  each leaf is the proposal with a probability of its share of the weights, as in the recursion.
- Weights are exp(min(H₀ − H, 600)) instead of logarithms, which takes one exp for each leaf. A sum
  of 2^12 cannot overflow. H₀ − H > 600 does not occur in a chain that has left its starting point.

    >>> normal = lambda q: (-0.5 * tf.reduce_sum(q**2, axis=0), -q)
    >>> target = WhitenedTarget(normal, tf.zeros([1, 1], T), tf.ones([1, 1], T), dense=False)
    >>> state = HMCState(tf.ones([1, 1], T), tf.constant([-0.5], T), tf.constant([[-1.0]], T))
    >>> kernel, bits = NUTSKernel(target, 5, tf.constant(5)), tf.constant([[7], [9]], tf.uint64)
    >>> step = tf.constant(0.5, T)
    >>> state, info = kernel.transition(state, tf.ones([1, 1], T), bits, step, step)
    >>> int(info.depth[0]), bool(info.divergent[0])
    (2, False)
"""

from __future__ import annotations

import tensorflow as tf

from course_lib.inference.compiled.integrators import leapfrog
from course_lib.inference.compiled.state import (
    HMCInfo,
    HMCState,
    IntegratorState,
    T,
    kinetic_energy,
    select,
)
from course_lib.inference.compiled.u_turn import is_u_turn, sub_trees_turn, write_leaf
from course_lib.inference.compiled.whitened_target import WhitenedTarget
from course_lib.inference.compiled.xla_ops import random_state, uniform
from course_lib.inference.hamiltonian.transition import MAX_ENERGY_ERROR

MAX_GAIN = 600.0
"""exp(600) = 4e260: thousands of such weights can be added without overflow."""


class NUTSKernel:
    """One NUTS transition of C chains.

    Parameters
    ----------
    target : WhitenedTarget
    max_depth : int
        Memory is reserved for this number of doublings.
    deepest : tensor int32 []
        The largest number of doublings in this transition, at most `max_depth`.
    """

    def __init__(self, target: WhitenedTarget, max_depth: int, deepest: tf.Tensor):
        self.target, self.max_depth, self.deepest = target, max_depth, deepest

    def transition(
        self,
        state: HMCState,
        momentum: tf.Tensor,
        bits: tf.Tensor,
        time: tf.Tensor,
        step: tf.Tensor,
    ) -> tuple[HMCState, HMCInfo]:
        """The next draw: a point of the trajectory, which ends where it turns back.

        Parameters
        ----------
        state : HMCState
        momentum : tensor [d, C]
            From N(0, 1).
        bits : tensor uint64 [2, C]
            Random. The first row seeds the uniform random numbers; bit k of the second is the
            direction of doubling k.
        time : tensor []
            Not used; for the same arguments as `HMCKernel`.
        step : tensor []
            ε.
        """
        start_energy = kinetic_energy(momentum) - state.log_prob
        start = IntegratorState(state.x, momentum, state.gradient)
        zero, none = tf.zeros_like(start_energy), tf.zeros_like(start_energy, tf.int32)
        false = tf.zeros_like(start_energy, tf.bool)
        slots = tf.zeros([max(self.max_depth - 1, 1) + 1, 3, *momentum.shape], T)

        def double(
            level: tf.Tensor, growing: tf.Tensor, back: IntegratorState, front: IntegratorState,
            rho: tf.Tensor, weight: tf.Tensor, draw: HMCState, random: tf.Tensor, counts: tuple,
            slots: tf.Tensor,
        ) -> tuple:  # fmt: skip
            coin = tf.bitwise.right_shift(bits[1], tf.cast(level, tf.uint64))
            backwards = tf.bitwise.bitwise_and(coin, tf.constant(1, tf.uint64)) > 0
            back, front, rho = reverse(backwards, back, front, rho)
            grown = self.sub_tree(level, growing, front, step, start_energy, random, counts, slots)
            growing, end, far_rho, far_weight, far_draw, random, counts, slots = grown
            random, u = uniform(random)
            far_first = slots[0, 0]
            draw = select(growing & (u * weight < far_weight), far_draw, draw)
            total = rho + far_rho
            turning = (
                is_u_turn(back.p, end.p, total)
                | is_u_turn(back.p, far_first, rho + far_first)
                | is_u_turn(front.p, end.p, front.p + far_rho)
            )
            depth, *rest = counts
            counts = (depth + tf.cast(growing, tf.int32), *rest)
            growing = growing & ~turning
            return (
                level + 1, growing, back, end, total, weight + far_weight, draw, random, counts,
                slots,
            )  # fmt: skip

        counts = (none, none, zero, false)
        begin = (
            tf.constant(0), ~false, start, start, momentum, tf.ones_like(zero), state,
            random_state(bits[0]), counts, slots,
        )  # fmt: skip
        end = tf.while_loop(
            lambda level, growing, *_: (level < self.deepest) & tf.reduce_any(growing),
            double,
            begin,
        )
        draw, (depth, leapfrogs, accepted, divergent) = end[6], end[8]
        acceptance = accepted / tf.cast(leapfrogs, T)
        return draw, HMCInfo(start_energy, acceptance, depth, leapfrogs, divergent)

    def sub_tree(
        self, level: tf.Tensor, growing: tf.Tensor, front: IntegratorState, step: tf.Tensor,
        start_energy: tf.Tensor, random: tf.Tensor, counts: tuple, slots: tf.Tensor,
    ) -> tuple:  # fmt: skip
        """2^level leaves after `front`. A chain stops growing where it diverges or turns back."""
        depth, *leaf_counts = counts

        def leaf(
            n: tf.Tensor, growing: tf.Tensor, here: IntegratorState, rho: tf.Tensor,
            weight: tf.Tensor, draw: HMCState, random: tf.Tensor, counts: tuple, slots: tf.Tensor,
        ) -> tuple:  # fmt: skip
            leapfrogs, accepted, divergent = counts
            after, log_prob = leapfrog(self.target, here, step)
            gain = start_energy - (kinetic_energy(after.p) - log_prob)
            valid = gain >= -MAX_ENERGY_ERROR  # False for NaN
            share = tf.where(valid, tf.exp(tf.minimum(gain, MAX_GAIN)), 0.0)
            one = tf.cast(growing, T)
            counts = (
                leapfrogs + tf.cast(growing, tf.int32),
                accepted + one * tf.minimum(share, 1.0),
                divergent | (growing & ~valid),
            )
            weight += share
            random, u = uniform(random)
            leaf_draw = HMCState(after.x, log_prob, after.gradient)
            draw = select(u * weight < share, leaf_draw, draw)
            slots = write_leaf(slots, n, after.p, rho, here.p)
            rho += after.p
            growing = growing & valid & ~sub_trees_turn(n, after.p, here.p, rho, slots)
            return n + 1, growing, after, rho, weight, draw, random, counts, slots

        zero = tf.zeros_like(start_energy)
        nothing = HMCState(front.x, zero, front.gradient)
        begin = (
            tf.constant(0), growing, front, tf.zeros_like(front.p), zero, nothing, random,
            tuple(leaf_counts), slots,
        )  # fmt: skip
        leaves = tf.bitwise.left_shift(tf.constant(1), level)
        done = tf.while_loop(
            lambda n, growing, *_: (n < leaves) & tf.reduce_any(growing), leaf, begin
        )
        _, growing, end, rho, weight, draw, random, leaf_counts, slots = done
        return growing, end, rho, weight, draw, random, (depth, *leaf_counts), slots


def reverse(
    backwards: tf.Tensor, back: IntegratorState, front: IntegratorState, rho: tf.Tensor
) -> tuple[IntegratorState, IntegratorState, tf.Tensor]:
    """The ends and the sum of momenta, reversed in time for the chains where `backwards` [C]."""
    ends = [
        IntegratorState(
            tf.where(backwards, b.x, a.x),
            tf.where(backwards, -b.p, a.p),
            tf.where(backwards, b.gradient, a.gradient),
        )
        for a, b in ((back, front), (front, back))
    ]
    return ends[0], ends[1], tf.where(backwards, -rho, rho)
