"""Elastic-step HMC: the step is one more coordinate, shorter where the gradient is large. Exact.

For posteriors whose scales differ from place to place, such as funnels: no one step size fits them.

The state is (x, p, s) with s = log e, and the density to leave unchanged is

    π(x) · N(p; 0, 1) · ρ((s − σ(x))/τ)/τ,     σ(x) = log η − ½ log(κ² + |g(x)|²/d),

where g = ∇log π(x), ρ is the logistic density, and η is what the warm-up learns. Its marginal in x
is π, whatever σ is. A transition draws p and s given x, then proposes a trajectory of L steps:

    x ← x + ½ e p                       half a drift
    f = exp(2σ(x))/e                    s is reflected about σ at the midpoint: s' = 2σ(x) − s
    p ← p + ½ (e + f) g(x),  e ← f      the kick
    x ← x + ½ e p                       half a drift, merged with that of the next step

Volume: the drifts shift x by a function of (p, s), the kick shifts p by a function of (x, s), and
the reflection maps s to c(x) − s. Each has a Jacobian determinant of ±1, so volume adds no term.

Involution: take a step from its end with −p. Half a drift by f leads back to the same midpoint;
there exp(2σ)/f = e; the kick takes ½ (f + e) g off again; half a drift by e ends at x with −p. So L
steps and a change of sign are their own inverse, and the Metropolis test that makes the transition
exact (Green 1995) has the ratio of the densities at both ends, with the step's:

    log π(x') − ½|p'|² + log ρ((s' − σ(x'))/τ)  −  the same at the start.

L is given for each transition, and does not depend on the state (`adaptation.step_counts`).

    >>> normal = lambda q: (-0.5 * tf.reduce_sum(q**2, axis=0), -q)
    >>> target = WhitenedTarget(normal, tf.zeros([1, 1], T), tf.ones([1, 1], T), dense=False)
    >>> state = HMCState(tf.ones([1, 1], T), tf.constant([-0.5], T), tf.constant([[-1.0]], T))
    >>> kernel = ElasticKernel(target, 10, tf.constant(10))
    >>> p, bits = tf.zeros([1, 1], T), tf.constant([[7], [9]], tf.uint64)
    >>> state, info = kernel.transition(state, p, bits, tf.constant(8.0, T), tf.constant(0.1, T))
    >>> int(info.leapfrogs[0]), float(info.acceptance[0]) > 0.9
    (9, True)

Sources: a step drawn given the place, in an extended state: Bou-Rabee, Carpenter & Marsden (2024),
arXiv:2404.15253. The step reflected at the midpoint: Huang & Leimkuhler (1997), SIAM J. Sci.
Comput. 18, 239. The test for an involution: Green (1995), Biometrika 82, 711.
"""

from __future__ import annotations

import tensorflow as tf

from course_lib.inference.compiled.state import HMCInfo, HMCState, T, kinetic_energy, select
from course_lib.inference.compiled.whitened_target import WhitenedTarget
from course_lib.inference.compiled.xla_ops import random_state, uniform
from course_lib.inference.hamiltonian.elastic import KAPPA, TAU
from course_lib.inference.hamiltonian.transition import MAX_ENERGY_ERROR


class ElasticKernel:
    """One transition of C chains. Arguments as for `HMCKernel`."""

    def __init__(self, target: WhitenedTarget, max_depth: int, deepest: tf.Tensor):
        self.target = target
        self.max_steps = tf.bitwise.left_shift(tf.constant(1), deepest)

    def transition(
        self,
        state: HMCState,
        momentum: tf.Tensor,
        bits: tf.Tensor,
        count: tf.Tensor,
        step: tf.Tensor,
    ) -> tuple[HMCState, HMCInfo]:
        """The next draw: the end of the trajectory, accepted as the module says.

        Parameters
        ----------
        state : HMCState
        momentum : tensor [d, C]
            From N(0, 1).
        bits : tensor uint64 [2, C]
            Random; the first row decides on acceptance, the second gives the first step.
        count : tensor []
            L, the number of steps of all chains.
        step : tensor []
            η, the step times √(κ² + |g|²/d).
        """
        steps = tf.minimum(tf.cast(count, tf.int32), self.max_steps)
        _, level = uniform(random_state(bits[1]))
        offset = TAU * (tf.math.log(level) - tf.math.log1p(-level))  # logistic
        e = tf.exp(first_log_step(offset, self.log_wish(state.gradient, step)))

        def one_step(n: tf.Tensor, x: tf.Tensor, p: tf.Tensor, e: tf.Tensor) -> tuple:
            _, gradient = self.target.value_and_gradient(x)
            f = step**2 / (self.roughness(gradient) * e)
            p = kick(p, e, f, gradient)
            drift = tf.where(n == steps - 1, tf.constant(0.5, T), tf.constant(1.0, T)) * f
            return n + 1, x + drift * p, p, f

        _, x, p, e = tf.while_loop(
            lambda n, *_: n < steps,
            one_step,
            (tf.constant(0), state.x + 0.5 * e * momentum, momentum, e),
        )
        log_prob, gradient = self.target.value_and_gradient(x)
        energy = kinetic_energy(momentum) - state.log_prob
        gain = energy - (kinetic_energy(p) - log_prob)
        gain += step_density(tf.math.log(e) - self.log_wish(gradient, step)) - step_density(offset)
        valid = gain >= -MAX_ENERGY_ERROR  # False for NaN
        acceptance = tf.where(valid, tf.exp(tf.minimum(gain, 0.0)), 0.0)
        _, u = uniform(random_state(bits[0]))
        draw = select(u < acceptance, HMCState(x, log_prob, gradient), state)
        gradients = tf.fill(tf.shape(gain), steps + 1)
        return draw, HMCInfo(energy, acceptance, tf.zeros_like(gradients), gradients, ~valid)

    def roughness(self, gradient: tf.Tensor) -> tf.Tensor:
        """κ² + |g|²/d for each chain, [C]."""
        return KAPPA**2 + tf.reduce_mean(gradient * gradient, axis=0)

    def log_wish(self, gradient: tf.Tensor, step: tf.Tensor) -> tf.Tensor:
        """σ = log η − ½ log(κ² + |g|²/d), [C]."""
        return tf.math.log(step) - 0.5 * tf.math.log(self.roughness(gradient))


def first_log_step(offset: tf.Tensor, wish: tf.Tensor) -> tf.Tensor:
    """s at the start, from s − σ and σ; all [C]."""
    return wish + offset


def kick(p: tf.Tensor, e: tf.Tensor, f: tf.Tensor, gradient: tf.Tensor) -> tf.Tensor:
    """The momenta [d, C] after the kick between steps e and f, [C]."""
    return p + 0.5 * (e + f) * gradient


def step_density(offset: tf.Tensor) -> tf.Tensor:
    """log ρ((s − σ)/τ) up to a constant, for s − σ [C]."""
    z = tf.abs(offset) / TAU
    return -z - 2 * tf.math.log1p(tf.exp(-z))
