"""One step of an integrator for all chains: leapfrog, and one of two stages.

    >>> from course_lib.inference.compiled.state import T
    >>> normal = lambda q: (-0.5 * tf.reduce_sum(q**2, axis=0), -q)
    >>> target = WhitenedTarget(normal, tf.zeros([1, 1], T), tf.ones([1, 1], T), dense=False)
    >>> start = IntegratorState(tf.ones([1, 1], T), tf.zeros([1, 1], T), -tf.ones([1, 1], T))
    >>> end, log_prob = two_stage(target, start, tf.constant(0.1, T))
    >>> np.round(end.x.numpy(), 5)                              # cos 0.1
    array([[0.995]])

Sources: Neal (2011), equations 2.28–2.30; Blanes, Casas & Sanz-Serna (2014), SIAM J. Sci. Comput.
36, A1556, section 5.1.
"""

from __future__ import annotations

import tensorflow as tf

from course_lib.inference.compiled.state import IntegratorState
from course_lib.inference.compiled.whitened_target import WhitenedTarget

KICK = 0.21178
"""First and last kick of a two-stage step, in units of the step. For normal targets with widths of
at least half a step, this value makes the largest expected energy error smallest."""


def leapfrog(
    target: WhitenedTarget, state: IntegratorState, step: tf.Tensor
) -> tuple[IntegratorState, tf.Tensor]:
    """Half a kick, a drift, half a kick; one gradient. Returns the new state, and log π there [C].

    step: ε, a scalar.
    """
    half_kicked = state.p + 0.5 * step * state.gradient
    x = state.x + step * half_kicked
    value, gradient = target.value_and_gradient(x)
    return IntegratorState(x, half_kicked + 0.5 * step * gradient, gradient), value


def two_stage(
    target: WhitenedTarget, state: IntegratorState, step: tf.Tensor
) -> tuple[IntegratorState, tf.Tensor]:
    """Kick, drift, kick, drift, kick; two gradients. Returns the new state, and log π there [C].

    Of second order, time-reversible and volume-preserving, like two leapfrog steps of half the
    length. But the errors of the two stages nearly cancel: the energy error is 1/8 as large for
    short steps, and 1/40 for a step of a quarter of the period. NUTS cannot use it: it needs every
    point of the trajectory.
    """
    p = state.p + KICK * step * state.gradient
    x = state.x + 0.5 * step * p
    p += (1 - 2 * KICK) * step * target.value_and_gradient(x)[1]
    x += 0.5 * step * p
    value, gradient = target.value_and_gradient(x)
    return IntegratorState(x, p + KICK * step * gradient, gradient), value
