"""Hamiltonian Monte Carlo for many chains, whose trajectories all have the same length.

Every chain makes the same number of two-stage steps, so no chain waits for another. The length is
given for each transition, and varies from one to the next (`adaptation.trajectory_length`).

    >>> normal = lambda q: (-0.5 * tf.reduce_sum(q**2, axis=0), -q)
    >>> target = WhitenedTarget(normal, tf.zeros([1, 1], T), tf.ones([1, 1], T), dense=False)
    >>> state = HMCState(tf.ones([1, 1], T), tf.constant([-0.5], T), tf.constant([[-1.0]], T))
    >>> kernel, bits = HMCKernel(target, 10, tf.constant(10)), tf.constant([[7], [9]], tf.uint64)
    >>> quarter = tf.constant(np.pi / 2, T)           # of a period: from (1, 0) to (0, -1)
    >>> state, info = kernel.transition(state, tf.zeros([1, 1], T), bits, quarter, quarter / 1000)
    >>> abs(float(state.x[0, 0])) < 1e-6, int(info.leapfrogs[0])
    (True, 1000)

Source: Neal (2011), MCMC using Hamiltonian dynamics, section 3.2; many chains with a common length:
Hoffman, Radul & Sountsov (2021), AISTATS 130.
"""

from __future__ import annotations

import tensorflow as tf

from course_lib.inference.compiled.integrators import two_stage
from course_lib.inference.compiled.state import (
    HMCInfo,
    HMCState,
    IntegratorState,
    T,
    kinetic_energy,
    select,
)
from course_lib.inference.compiled.whitened_target import WhitenedTarget
from course_lib.inference.compiled.xla_ops import random_state, uniform
from course_lib.inference.hamiltonian.transition import MAX_ENERGY_ERROR


class HMCKernel:
    """One HMC transition of C chains.

    Parameters
    ----------
    target : WhitenedTarget
    max_depth : int
        Not used; for the same arguments as `NUTSKernel`.
    deepest : tensor int32 []
        A transition evaluates at most 2^deepest gradients.
    """

    def __init__(self, target: WhitenedTarget, max_depth: int, deepest: tf.Tensor):
        self.target = target
        self.max_steps = tf.bitwise.left_shift(tf.constant(1), deepest - 1)

    def transition(
        self,
        state: HMCState,
        momentum: tf.Tensor,
        bits: tf.Tensor,
        time: tf.Tensor,
        step: tf.Tensor,
    ) -> tuple[HMCState, HMCInfo]:
        """The next draw: the end of the trajectory, accepted with probability min(1, exp(H₀ − H)).

        Parameters
        ----------
        state : HMCState
        momentum : tensor [d, C]
            From N(0, 1).
        bits : tensor uint64 [2, C]
            Random; the first row is used.
        time : tensor []
            Length of the trajectory.
        step : tensor []
            ε, the time for one gradient.
        """
        steps, step = self.split(time, step)
        start_energy = kinetic_energy(momentum) - state.log_prob

        def one_step(n: tf.Tensor, here: IntegratorState, log_prob: tf.Tensor) -> tuple:
            return n + 1, *two_stage(self.target, here, step)

        start = IntegratorState(state.x, momentum, state.gradient)
        _, end, log_prob = tf.while_loop(
            lambda n, *_: n < steps, one_step, (tf.constant(0), start, state.log_prob)
        )
        gain = start_energy - (kinetic_energy(end.p) - log_prob)
        valid = gain >= -MAX_ENERGY_ERROR  # False for NaN
        acceptance = tf.where(valid, tf.exp(tf.minimum(gain, 0.0)), 0.0)
        _, u = uniform(random_state(bits[0]))
        draw = select(u < acceptance, HMCState(end.x, log_prob, end.gradient), state)
        count = tf.fill(tf.shape(gain), 2 * steps)
        return draw, HMCInfo(start_energy, acceptance, tf.zeros_like(count), count, ~valid)

    def split(self, time: tf.Tensor, step: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """The number of two-stage steps, and the length of each: about 2ε, together exactly `time`.

        Exactly, because with few parameters a step is nearly as long as a trajectory, and rounding
        `time` to whole steps would change it a lot. If the most steps are not enough, they have a
        length of 2ε, and the trajectory is shorter than `time`.
        """
        most = tf.cast(self.max_steps, T)
        wanted = tf.maximum(tf.round(0.5 * time / step), 1.0)
        number = tf.minimum(wanted, most)
        return tf.cast(number, tf.int32), tf.where(wanted > most, 2 * step, time / number)
