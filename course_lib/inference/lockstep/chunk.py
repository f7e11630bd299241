"""A chunk: so many transitions of all chains in one compiled call.

    >>> from course_lib.inference.lockstep.averaging import fixed_step
    >>> chunk = lockstep_hmc(lambda q: (-0.5 * q[0] ** 2, -q), dimension=1, chains=4, length=3)
    >>> z, bits = tf.ones([3, 1, 4], T), tf.ones([3, 2, 4], tf.uint64)
    >>> moved = chunk(z[0], z[0, :, :1], z[0, :, :1], z, bits, tf.ones([3], T), 2, False, False,
    ...               fixed_step(1.0), 0.8)
    >>> moved.leapfrogs.numpy()[:, 0]                   # of three transitions, two were asked for
    array([2, 2, 0], dtype=int32)

The step size may be steered inside (dual averaging), so that a warm-up is made of the same calls.
"""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

import tensorflow as tf

from course_lib.inference.lockstep.averaging import Averaging, learnt, pooled_acceptance
from course_lib.inference.lockstep.lengths import Lengths
from course_lib.inference.lockstep.loops import written
from course_lib.inference.lockstep.space import Draw, Space, T, Target
from course_lib.inference.lockstep.trees import Trees

CAREFUL_DEPTH = 6
"""While the step is kept short for the sake of one stuck chain, the others should not pay for it
with trajectories of a thousand steps."""


class Chunk(NamedTuple):
    """What `length` transitions of C chains give."""

    q: tf.Tensor
    """[length, d, C]: the draws"""
    gradient: tf.Tensor
    """[length, d, C]: of log π by x, there"""
    log_prob: tf.Tensor
    """[length, C]: of these draws"""
    energy: tf.Tensor
    """[length, C]: at the start of each trajectory"""
    acceptance: tf.Tensor
    """[length, C]: mean acceptance probability along each trajectory"""
    depth: tf.Tensor
    """[length, C]: doublings"""
    leapfrogs: tf.Tensor
    """[length, C]: gradients evaluated"""
    divergent: tf.Tensor
    """[length, C]: the integrator lost this trajectory"""
    last: tf.Tensor
    """[d, C]: where the chains are now"""
    averaging: Averaging
    """The state of the step size's dual averaging"""


def compiled_chunk(
    kernel: type[Trees] | type[Lengths],
    target: Target,
    dimension: int,
    chains: int,
    length: int,
    max_depth: int = 10,
    dense: bool = False,
) -> Any:
    """A compiled function that moves C chains by up to `length` transitions.

    Parameters
    ----------
    kernel : Trees or Lengths
        What one transition is.
    target : callable
        q [d, C] -> (log π of each column [C], its gradient [d, C]), float64.
    dimension, chains, length, max_depth : int
        d, C, the most transitions of one call, and 2^max_depth the most gradients of each.
    dense : bool
        Whether `scale` is a lower triangle L [d, d] and q = loc + L x.

    Returns
    -------
    tf.function
        (q [d, C], loc [d, 1], scale [d, 1] or [d, d], normals [length, d, C],
        bits uint64 [length, 2, C], times [length], count, adapt, careful, averaging, goal) ->
        Chunk. Only the first `count` transitions are made. `bits` must be random: the first seeds
        a generator of its own for that transition, the second tosses NUTS's coins for directions.
        `times` are the lengths of HMC's trajectories.
    """

    def chunk(
        q: tf.Tensor, loc: tf.Tensor, scale: tf.Tensor, normals: tf.Tensor, bits: tf.Tensor,
        times: tf.Tensor, count: tf.Tensor, adapt: tf.Tensor, careful: tf.Tensor,
        averaging: Averaging, goal: tf.Tensor,
    ) -> Chunk:  # fmt: skip
        space = Space(target, loc, scale, dense)
        deepest = tf.where(careful, min(CAREFUL_DEPTH, max_depth), max_depth)
        move = kernel(space, max_depth, deepest).transition
        matrix = tf.zeros([length, dimension, chains], T)
        rows = tf.zeros([length, chains], T)
        whole = tf.zeros([length, chains], tf.int32)
        records = (matrix, matrix, rows, rows, rows, whole, whole, tf.cast(whole, tf.bool))
        x = space.whiten(q)
        at, gradient = space.value_and_gradient(x)

        def step(i: tf.Tensor, now: Draw, state: Averaging, records: tuple) -> tuple:
            now, about = move(now, normals[i], bits[i], times[i], tf.exp(state.log_step))
            news = learnt(state, pooled_acceptance(about.acceptance, careful), goal)
            state = Averaging(*(tf.where(adapt, b, a) for a, b in zip(state, news, strict=True)))
            row = (space.colour(now.x), now.gradient, now.log_prob, *about)
            records = tuple(
                written(record, new, i) for record, new in zip(records, row, strict=True)
            )
            return i + 1, now, state, records

        _, now, averaging, records = tf.while_loop(
            lambda i, *_: i < count,
            step,
            (tf.constant(0), Draw(x, at, gradient), averaging, records),
        )
        fields: list[Any] = [*records, space.colour(now.x), averaging]
        return Chunk(*fields)

    signature = _signature(dimension, chains, length, dense)
    return tf.function(chunk, input_signature=signature, jit_compile=True, autograph=False)


def _signature(dimension: int, chains: int, length: int, dense: bool) -> list[Any]:
    """Shapes and dtypes of what a chunk takes, in its order."""
    number, truth = tf.TensorSpec([], T), tf.TensorSpec([], tf.bool)
    return [
        tf.TensorSpec([dimension, chains], T),
        tf.TensorSpec([dimension, 1], T),
        tf.TensorSpec([dimension, dimension if dense else 1], T),
        tf.TensorSpec([length, dimension, chains], T),
        tf.TensorSpec([length, 2, chains], tf.uint64),
        tf.TensorSpec([length], T),
        tf.TensorSpec([], tf.int32),
        truth,
        truth,
        Averaging(*[number] * len(Averaging._fields)),
        number,
    ]


lockstep_nuts = partial(compiled_chunk, Trees)
lockstep_hmc = partial(compiled_chunk, Lengths)
