"""Hamiltonian Monte Carlo for many chains in lock step: one length of trajectory for them all.

Between two draws every chain takes the same number of steps, about time/2ε, of two gradients each
(`Space.two_stage`). None waits for another, nothing is remembered on the way, and each step is as
cheap as its gradients; but the time must be right. It differs from draw to draw
(`tuning.jittered`), so that no parameter's period is met again and again.

    >>> normal = lambda q: (-0.5 * tf.reduce_sum(q**2, axis=0), -q)
    >>> space = Space(normal, tf.zeros([1, 1], T), tf.ones([1, 1], T), dense=False)
    >>> now = Draw(tf.ones([1, 1], T), tf.constant([-0.5], T), tf.constant([[-1.0]], T))
    >>> kernel, bits = Lengths(space, 10, tf.constant(10)), tf.constant([[7], [9]], tf.uint64)
    >>> quarter = tf.constant(np.pi / 2, T)           # of a period: from (1, 0) to (0, -1)
    >>> draw, about = kernel.transition(now, tf.zeros([1, 1], T), bits, quarter, quarter / 1000)
    >>> abs(float(draw.x[0, 0])) < 1e-6, int(about.leapfrogs[0])
    (True, 1000)

Source: Neal (2011), MCMC using Hamiltonian dynamics, section 3.2; many chains with a common length:
Hoffman, Radul & Sountsov (2021), AISTATS 130.
"""

from __future__ import annotations

import tensorflow as tf

from course_lib.inference.lockstep.space import About, Draw, Place, Space, T, chosen, half_square
from course_lib.inference.lockstep.uniform import seeded, uniform
from course_lib.inference.transition import MAX_ENERGY_ERROR


class Lengths:
    """One transition of C chains; parameters as of `Trees`: at most 2^deepest gradients."""

    def __init__(self, space: Space, max_depth: int, deepest: tf.Tensor):
        self.space, self.most = space, tf.bitwise.left_shift(tf.constant(1), deepest - 1)

    def transition(
        self, now: Draw, momentum: tf.Tensor, bits: tf.Tensor, time: tf.Tensor, step: tf.Tensor
    ) -> tuple[Draw, About]:
        """The next draw: the end of the trajectory, accepted with min(1, exp(H₀ − H)).

        step: ε, the time for one gradient.
        """
        steps, step = self.divided(time, step)
        start_energy = half_square(momentum) - now.log_prob

        def leap(n: tf.Tensor, place: Place, log_prob: tf.Tensor) -> tuple:
            return n + 1, *self.space.two_stage(place, step)

        here = Place(now.x, momentum, now.gradient)
        _, end, log_prob = tf.while_loop(
            lambda n, *_: n < steps, leap, (tf.constant(0), here, now.log_prob)
        )
        gain = start_energy - (half_square(end.p) - log_prob)
        sound = gain >= -MAX_ENERGY_ERROR  # False for NaN
        acceptance = tf.where(sound, tf.exp(tf.minimum(gain, 0.0)), 0.0)
        _, u = uniform(seeded(bits[0]))
        draw = chosen(u < acceptance, Draw(end.x, log_prob, end.gradient), now)
        count = tf.fill(tf.shape(gain), 2 * steps)
        return draw, About(start_energy, acceptance, tf.zeros_like(count), count, ~sound)

    def divided(self, time: tf.Tensor, step: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """How many steps of two gradients, and how long each: about 2ε, and together `time`.

        With few parameters a step is nearly as long as a trajectory, and half a step too far or too
        short is a good part of it. One that is longer than the trajectory is cut to it; and cut off
        at the most steps, a trajectory stops short of its time.
        """
        most = tf.cast(self.most, T)
        wanted = tf.maximum(tf.round(0.5 * time / step), 1.0)
        whole = tf.minimum(wanted, most)
        return tf.cast(whole, tf.int32), tf.where(wanted > most, 2 * step, time / whole)
