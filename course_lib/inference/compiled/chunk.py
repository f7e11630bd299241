"""A chunk: several transitions of all chains in one compiled call.

    >>> from course_lib.inference.compiled.dual_averaging import init_step_size
    >>> chunk = hmc_chunk(lambda q: (-0.5 * q[0] ** 2, -q), dimension=1, chains=4, length=3)
    >>> z, bits = tf.ones([3, 1, 4], T), tf.ones([3, 2, 4], tf.uint64)
    >>> done = chunk(z[0], z[0, :, :1], z[0, :, :1], z, bits, tf.ones([3], T), 2, False, False,
    ...              init_step_size(1.0), 0.8)
    >>> done.leapfrogs.numpy()[:, 0]                    # room for 3 transitions, 2 were made
    array([2, 2, 0], dtype=int32)

The step size can adapt after each transition, so that the warm-up uses the same compiled function.
"""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

import tensorflow as tf

from course_lib.inference.compiled.dual_averaging import (
    DualAveragingState,
    pooled_acceptance,
    update_step_size,
)
from course_lib.inference.compiled.elastic_kernel import ElasticKernel
from course_lib.inference.compiled.hmc_kernel import HMCKernel
from course_lib.inference.compiled.nuts_kernel import NUTSKernel
from course_lib.inference.compiled.state import HMCState, T
from course_lib.inference.compiled.whitened_target import Target, WhitenedTarget
from course_lib.inference.compiled.xla_ops import write_row

CAREFUL_DEPTH = 6
"""Most doublings while the step size is kept small for the sake of one stuck chain; the other
chains should not make trajectories of a thousand steps then."""


class Chunk(NamedTuple):
    """The result of `length` transitions of C chains."""

    q: tf.Tensor
    """[length, d, C]: the draws"""
    gradient: tf.Tensor
    """[length, d, C]: of log π at the draws, with respect to x (`whitened_target`)"""
    log_prob: tf.Tensor
    """[length, C]: of the draws"""
    energy: tf.Tensor
    """[length, C]: at the start of each trajectory"""
    acceptance: tf.Tensor
    """[length, C]: mean acceptance probability along each trajectory"""
    depth: tf.Tensor
    """[length, C]: number of doublings"""
    leapfrogs: tf.Tensor
    """[length, C]: number of gradients evaluated"""
    divergent: tf.Tensor
    """[length, C]: whether the energy error was above MAX_ENERGY_ERROR"""
    last: tf.Tensor
    """[d, C]: the chains' last draws"""
    step_size: DualAveragingState
    """after the last transition"""


def compiled_chunk(
    kernel: type[NUTSKernel] | type[HMCKernel] | type[ElasticKernel],
    target: Target,
    dimension: int,
    chains: int,
    length: int,
    max_depth: int = 10,
    dense: bool = False,
) -> Any:
    """A compiled function that makes up to `length` transitions of C chains.

    Parameters
    ----------
    kernel : NUTSKernel, HMCKernel or ElasticKernel
    target : callable
        q [d, C] -> (log π of each column [C], its gradient [d, C]), float64.
    dimension, chains, length, max_depth : int
        d, C, the most transitions of a call; a transition evaluates at most 2^max_depth gradients.
    dense : bool
        Whether `scale` is a lower triangular matrix L [d, d], and q = loc + L x.

    Returns
    -------
    tf.function
        (q [d, C], loc [d, 1], scale [d, 1] or [d, d], normals [length, d, C],
        bits uint64 [length, 2, C], times [length], count, adapt, careful, step_size,
        target_acceptance) -> Chunk. The first `count` transitions are made. `bits` must be random
        (see the kernels), `times` are the lengths of HMC's trajectories, or the numbers of steps
        with elastic steps. If `adapt`, the step size
        is updated after each transition. If `careful`, at most CAREFUL_DEPTH doublings are made,
        and the acceptance is a harmonic mean.
    """

    def chunk(
        q: tf.Tensor, loc: tf.Tensor, scale: tf.Tensor, normals: tf.Tensor, bits: tf.Tensor,
        times: tf.Tensor, count: tf.Tensor, adapt: tf.Tensor, careful: tf.Tensor,
        step_size: DualAveragingState, target_acceptance: tf.Tensor,
    ) -> Chunk:  # fmt: skip
        whitened = WhitenedTarget(target, loc, scale, dense)
        deepest = tf.where(careful, min(CAREFUL_DEPTH, max_depth), max_depth)
        transition = kernel(whitened, max_depth, deepest).transition
        matrix = tf.zeros([length, dimension, chains], T)
        rows = tf.zeros([length, chains], T)
        whole = tf.zeros([length, chains], tf.int32)
        records = (matrix, matrix, rows, rows, rows, whole, whole, tf.cast(whole, tf.bool))
        x = whitened.to_whitened(q)
        value, gradient = whitened.value_and_gradient(x)

        def one(i: tf.Tensor, state: HMCState, step: DualAveragingState, records: tuple) -> tuple:
            state, info = transition(state, normals[i], bits[i], times[i], tf.exp(step.log_step))
            acceptance = pooled_acceptance(info.acceptance, careful)
            updated = update_step_size(step, acceptance, target_acceptance)
            pairs = zip(step, updated, strict=True)
            step = DualAveragingState(*(tf.where(adapt, new, old) for old, new in pairs))
            row = (whitened.to_parameters(state.x), state.gradient, state.log_prob, *info)
            records = tuple(write_row(all_, new, i) for all_, new in zip(records, row, strict=True))
            return i + 1, state, step, records

        _, state, step_size, records = tf.while_loop(
            lambda i, *_: i < count,
            one,
            (tf.constant(0), HMCState(x, value, gradient), step_size, records),
        )
        fields: list[Any] = [*records, whitened.to_parameters(state.x), step_size]
        return Chunk(*fields)

    signature = _signature(dimension, chains, length, dense)
    return tf.function(chunk, input_signature=signature, jit_compile=True, autograph=False)


def _signature(dimension: int, chains: int, length: int, dense: bool) -> list[Any]:
    """Shapes and dtypes of a chunk's arguments, in order."""
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
        DualAveragingState(*[number] * len(DualAveragingState._fields)),
        number,
    ]


nuts_chunk = partial(compiled_chunk, NUTSKernel)
hmc_chunk = partial(compiled_chunk, HMCKernel)
elastic_chunk = partial(compiled_chunk, ElasticKernel)
