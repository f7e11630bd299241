"""NUTS for many chains at once, as one compiled TensorFlow function: the same algorithm as `nuts`.

`nuts.py` grows a tree by recursion, one chain at a time, and reads like the papers. Here C chains
take every leapfrog step together, and the recursion is three nested loops: draw, doubling, leaf.
XLA compiles them whole, so that a step costs about what its arithmetic costs.

    >>> normal = lambda q: (-0.5 * tf.reduce_sum(q**2, axis=0), -q)
    >>> chunk = lockstep_nuts(normal, dimension=2, chains=8, length=4, max_depth=5)
    >>> q, z = tf.zeros([2, 8], tf.float64), tf.random.normal([4, 2, 8], dtype=tf.float64)
    >>> bits = tf.constant(np.arange(64).reshape(4, 2, 8), tf.uint64)
    >>> draws = chunk(q, tf.zeros([2, 1], tf.float64), tf.ones([2, 1], tf.float64), z, bits, 4,
    ...               False, False, fixed_step(0.9), 0.8)
    >>> draws.q.shape                                   # [length, d, C]
    TensorShape([4, 2, 8])

How it differs from the recursion, and why the law of the draws is the same:

- Every array is [d, C], chains last; a chain that has finished its trajectory waits for the others.
- The metric is a change of variables, q = loc + scale·x (or L x): in x the metric is the unit one.
- To go back in time the trajectory is turned round: swap its ends, negate the momenta. So the step
  is always +ε.
- Leaf number n of a sub-tree is the same for all chains. An even leaf is kept in the slot with the
  number of ones in n/2; an odd leaf closes as many sub-trees as n ends in ones, and their first
  leaves are in the last so many slots (the iterative form of Phan, Pradhan & Jankowiak (2019),
  arXiv:1912.11554, appendix). Each is checked as `Trajectory.join` does, seams and all.
- A sub-tree's draw is made leaf by leaf: the new one is taken with probability w/Σw. That gives
  every leaf the share w/Σw of the whole, as the recursion's fair toss between halves does.
- Weights are exp(min(H₀ − H, 600)), not logarithms: one exp a leaf. In 2^10 leaves they cannot
  overflow; a gain of 600 in energy does not occur in a chain that has left its start.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import tensorflow as tf
from tensorflow.compiler.tf2xla.python.xla import dynamic_update_slice

from course_lib.inference.transition import MAX_ENERGY_ERROR

T = tf.float64
MAX_GAIN = 600.0
"""exp(600) = 4e260: a thousand of them can be added."""
CAREFUL_DEPTH = 6
"""While the step is kept short for the sake of one stuck chain, the others should not pay for it
with trajectories of a thousand steps."""


class Place(NamedTuple):
    """A point in phase space for each chain."""

    x: tf.Tensor
    """[d, C], in units of the metric"""
    p: tf.Tensor
    """momentum, [d, C]"""
    gradient: tf.Tensor
    """of log π by x, [d, C]"""


class Draw(NamedTuple):
    """What may become the next draw of each chain."""

    x: tf.Tensor
    """[d, C]"""
    log_prob: tf.Tensor
    """[C]"""
    gradient: tf.Tensor
    """[d, C]"""


class Chunk(NamedTuple):
    """What `length` transitions of C chains give."""

    q: tf.Tensor
    """[length, d, C]: the draws"""
    gradient: tf.Tensor
    """[length, d, C]: of log π by x, there"""
    log_prob: tf.Tensor
    """[length, C]: of these draws"""
    energy: tf.Tensor
    """[length, C]: at the start of the trajectory"""
    acceptance: tf.Tensor
    """[length, C]: mean acceptance probability along the trajectory"""
    depth: tf.Tensor
    """[length, C]"""
    leapfrogs: tf.Tensor
    """[length, C]"""
    divergent: tf.Tensor
    """[length, C]"""
    last: tf.Tensor
    """[d, C]: where the chains are now, as q"""
    averaging: Averaging
    """The state of the step size's dual averaging"""


class Averaging(NamedTuple):
    """Dual averaging of log ε (Hoffman & Gelman 2014, equation 6), as in `DualAveraging`."""

    mu: Any
    log_step: Any
    log_average: Any
    error: Any
    count: Any


def fixed_step(step_size: Any) -> Averaging:
    """The state that starts at ε = step_size, and stays there unless it is told to adapt."""
    # Not tf.cast: that takes a Python float through float32.
    log_step = tf.math.log(tf.convert_to_tensor(step_size, T))
    zero = tf.zeros([], T)
    return Averaging(log_step + math.log(10), log_step, log_step, zero, zero)


def learnt(state: Averaging, acceptance: tf.Tensor, target: tf.Tensor) -> Averaging:
    """One step of equation 6 with H_t = δ − acceptance, γ = 0.05, t₀ = 10, κ = 0.75."""
    count = state.count + 1
    error = state.error + (target - acceptance - state.error) / (count + 10)
    log_step = state.mu - tf.sqrt(count) / 0.05 * error
    log_average = state.log_average + count**-0.75 * (log_step - state.log_average)
    return Averaging(state.mu, log_step, log_average, error, count)


def pooled_acceptance(acceptance: tf.Tensor, careful: tf.Tensor) -> tf.Tensor:
    """One number out of each chain's, [C]: the mean, or the harmonic mean while being careful.

    The mean does not mind one chain of a hundred that is stuck where the posterior is narrow; the
    harmonic mean shortens the step until that chain moves. At 0.01 a chain counts as stuck.
    """
    harmonic = 1 / tf.reduce_mean(1 / tf.maximum(acceptance, tf.constant(0.01, T)))
    return tf.where(careful, harmonic, tf.reduce_mean(acceptance))


Target = Callable[[tf.Tensor], tuple[tf.Tensor, tf.Tensor]]
"""q [d, C] -> (log π [C], gradient [d, C]), both float64."""


def lockstep_nuts(
    target: Target,
    dimension: int,
    chains: int,
    length: int,
    max_depth: int = 10,
    dense: bool = False,
) -> Callable[..., Chunk]:
    """A compiled function that moves C chains by up to `length` transitions.

    Parameters
    ----------
    target : callable
        q [d, C] -> (log π of each column [C], its gradient [d, C]), float64.
    dimension, chains, length, max_depth : int
        d, C, the most transitions of one call, the most doublings of one transition.
    dense : bool
        Whether `scale` is a lower triangle L [d, d] and q = loc + L x.

    Returns
    -------
    callable
        (q [d, C], loc [d, 1], scale [d, 1] or [d, d], normals [length, d, C],
        bits uint64 [length, 2, C], count, adapt, careful, averaging, goal) -> Chunk. Only the first
        `count` transitions are made. `bits` must be random: the first seeds a generator of its
        own for that transition, the second tosses the coins for the directions.
    """

    def chunk(
        q: tf.Tensor, loc: tf.Tensor, scale: tf.Tensor, normals: tf.Tensor, bits: tf.Tensor,
        count: tf.Tensor, adapt: tf.Tensor, careful: tf.Tensor, averaging: Averaging,
        goal: tf.Tensor,
    ) -> Chunk:  # fmt: skip
        deepest = tf.where(careful, min(CAREFUL_DEPTH, max_depth), max_depth)
        kernel = Kernel(target, loc, scale, dense, max_depth, deepest)
        matrix = tf.zeros([length, dimension, chains], T)
        rows = tf.zeros([length, chains], T)
        whole = tf.zeros([length, chains], tf.int32)
        records = (matrix, matrix, rows, rows, rows, whole, whole, tf.cast(whole, tf.bool))
        x = kernel.whiten(q)
        at, gradient = kernel.value_and_gradient(x)

        def step(i: tf.Tensor, now: Draw, state: Averaging, records: tuple) -> tuple:
            size = tf.exp(state.log_step)
            now, about = kernel.transition(now, normals[i], bits[i], size)
            news = learnt(state, pooled_acceptance(about[1], careful), goal)
            state = Averaging(*(tf.where(adapt, b, a) for a, b in zip(state, news, strict=True)))
            row = (kernel.colour(now.x), now.gradient, now.log_prob, *about)
            records = tuple(
                written(record, new, i) for record, new in zip(records, row, strict=True)
            )
            return i + 1, now, state, records

        _, now, averaging, records = tf.while_loop(
            lambda i, *_: i < count,
            step,
            (tf.constant(0), Draw(x, at, gradient), averaging, records),
        )
        fields: list[Any] = [*records, kernel.colour(now.x), averaging]
        return Chunk(*fields)

    vector = tf.TensorSpec([], T)
    signature = [
        tf.TensorSpec([dimension, chains], T),
        tf.TensorSpec([dimension, 1], T),
        tf.TensorSpec([dimension, dimension if dense else 1], T),
        tf.TensorSpec([length, dimension, chains], T),
        tf.TensorSpec([length, 2, chains], tf.uint64),
        tf.TensorSpec([], tf.int32),
        tf.TensorSpec([], tf.bool),
        tf.TensorSpec([], tf.bool),
        Averaging(vector, vector, vector, vector, vector),
        vector,
    ]
    return tf.function(chunk, input_signature=signature, jit_compile=True, autograph=False)


class Kernel:
    """One transition of C chains, in the coordinates x of the metric."""

    def __init__(
        self,
        target: Target,
        loc: tf.Tensor,
        scale: tf.Tensor,
        dense: bool,
        max_depth: int,
        deepest: tf.Tensor,
    ):
        self.target, self.loc, self.scale = target, loc, scale
        self.dense, self.max_depth, self.deepest = dense, max_depth, deepest

    def colour(self, x: tf.Tensor) -> tf.Tensor:
        """X -> q = loc + scale·x, or loc + L x."""
        return self.loc + (self.scale @ x if self.dense else self.scale * x)

    def whiten(self, q: tf.Tensor) -> tf.Tensor:
        """Q -> x."""
        if self.dense:
            return tf.linalg.triangular_solve(self.scale, q - self.loc)
        return (q - self.loc) / self.scale

    def pulled(self, gradient: tf.Tensor) -> tf.Tensor:
        """The gradient by x out of that by q."""
        if self.dense:
            return tf.linalg.matmul(self.scale, gradient, transpose_a=True)
        return self.scale * gradient

    def value_and_gradient(self, x: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Log π [C] and its gradient by x [d, C]."""
        value, gradient = self.target(self.colour(x))
        return value, self.pulled(gradient)

    def leapfrog(self, place: Place, step: tf.Tensor) -> tuple[Place, tf.Tensor]:
        """Half a kick, a drift, half a kick, and log π at the new place."""
        half_kicked = place.p + 0.5 * step * place.gradient
        x = place.x + step * half_kicked
        value, gradient = self.value_and_gradient(x)
        return Place(x, half_kicked + 0.5 * step * gradient, gradient), value

    def transition(
        self, now: Draw, momentum: tf.Tensor, bits: tf.Tensor, step: tf.Tensor
    ) -> tuple[Draw, tuple]:
        """The next draw, and (energy, acceptance, depth, leapfrogs, divergent), each [C]."""
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
            tf.bitwise.bitwise_or(bits[0], tf.constant(1, tf.uint64)), tally, slots,
        )  # fmt: skip
        end = tf.while_loop(
            lambda level, alive, *_: (level < self.deepest) & tf.reduce_any(alive), double, begin
        )
        draw, (depth, leapfrogs, accepted, divergent) = end[6], end[8]
        acceptance = accepted / tf.cast(leapfrogs, T)
        return draw, (start_energy, acceptance, depth, leapfrogs, divergent)

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
            after, log_prob = self.leapfrog(place, step)
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


def written(array: tf.Tensor, row: tf.Tensor, i: tf.Tensor) -> tf.Tensor:
    """The array with array[i] = row; inside a compiled loop XLA writes in place."""
    start = tf.concat([i[None], tf.zeros([array.shape.rank - 1], tf.int32)], axis=0)
    return dynamic_update_slice(array, row[None], start)


def half_square(p: tf.Tensor) -> tf.Tensor:
    """½ pᵀp of each column, [C]."""
    return 0.5 * tf.reduce_sum(p * p, axis=0)


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


def chosen(take: tf.Tensor, new: Draw, old: Draw) -> Draw:
    """The new draw for the chains that take it."""
    return Draw(*(tf.where(take, a, b) for a, b in zip(new, old, strict=True)))


def uniform(state: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """The next state and a number in [0, 1) for each chain: xorshift64* (Vigna 2016)."""
    for shift, move in ((12, "right_shift"), (25, "left_shift"), (27, "right_shift")):
        moved = getattr(tf.bitwise, move)(state, tf.constant(shift, tf.uint64))
        state = tf.bitwise.bitwise_xor(state, moved)
    scrambled = state * tf.constant(0x2545F4914F6CDD1D, tf.uint64)
    # The upper 52 bits as the fraction of a float64 between 1 and 2.
    fraction = tf.bitwise.right_shift(scrambled, tf.constant(12, tf.uint64))
    one = tf.constant(0x3FF0000000000000, tf.uint64)
    return state, tf.bitcast(tf.bitwise.bitwise_or(fraction, one), T) - 1.0
