"""The space in which many chains move together: places, coordinates, the steps of integrators.

Every array is [d, C], chains last. The metric is a change of variables, q = loc + scale·x (or
loc + L x with a lower triangle L): in x the metric is the unit one, so that a kernel knows none.

    >>> target = lambda q: (-0.5 * tf.reduce_sum(q**2, axis=0), -q)
    >>> space = Space(target, tf.constant([[1.0]], T), tf.constant([[2.0]], T), dense=False)
    >>> space.colour(tf.constant([[3.0]], T)).numpy()           # q = 1 + 2·3
    array([[7.]])
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import tensorflow as tf

T = tf.float64
KICK = 0.21178
"""First and last kick of a two-stage step, in units of it: for a normal whose widths are between
infinite and half a step, the largest expected error in energy is least."""
Target = Callable[[tf.Tensor], tuple[tf.Tensor, tf.Tensor]]
"""q [d, C] -> (log π [C], gradient [d, C]), both float64."""


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


class About(NamedTuple):
    """How each chain's draw came about, [C] each."""

    energy: tf.Tensor
    """at the start of the trajectory"""
    acceptance: tf.Tensor
    """mean acceptance probability along it"""
    depth: tf.Tensor
    """int32: doublings; 0 for a sampler that does not double"""
    leapfrogs: tf.Tensor
    """int32: gradients evaluated"""
    divergent: tf.Tensor
    """bool: the integrator lost it"""


class Space:
    """A target in the coordinates of a metric.

    Parameters
    ----------
    target : callable
        q [d, C] -> (log π of each column [C], its gradient [d, C]), float64.
    loc : tensor [d, 1]
    scale : tensor
        [d, 1], or a lower triangle [d, d] if `dense`.
    """

    def __init__(self, target: Target, loc: tf.Tensor, scale: tf.Tensor, dense: bool):
        self.target, self.loc, self.scale, self.dense = target, loc, scale, dense

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

    def two_stage(self, place: Place, step: tf.Tensor) -> tuple[Place, tf.Tensor]:
        """Kick, drift, kick, drift, kick, and log π at the new place: two gradients.

        Of second order, reversible and volume-preserving like two leapfrog steps of half the
        length, but the errors of its stages nearly cancel: energy is off by a fortieth as much if
        a step is a quarter of the period, by an eighth if it is far shorter. Source: Blanes, Casas
        & Sanz-Serna (2014), SIAM J. Sci. Comput. 36, A1556, section 5.1. NUTS has no use for it:
        it looks at each point on its way.
        """
        p = place.p + KICK * step * place.gradient
        x = place.x + 0.5 * step * p
        p += (1 - 2 * KICK) * step * self.value_and_gradient(x)[1]
        x += 0.5 * step * p
        value, gradient = self.value_and_gradient(x)
        return Place(x, p + KICK * step * gradient, gradient), value


def half_square(p: tf.Tensor) -> tf.Tensor:
    """½ pᵀp of each column, [C]."""
    return 0.5 * tf.reduce_sum(p * p, axis=0)


def chosen(take: tf.Tensor, new: Draw, old: Draw) -> Draw:
    """The new draw for the chains that take it."""
    return Draw(*(tf.where(take, a, b) for a, b in zip(new, old, strict=True)))
