"""The target in whitened coordinates, in which the metric is the identity.

    >>> from course_lib.inference.compiled.state import T
    >>> normal = lambda q: (-0.5 * tf.reduce_sum(q**2, axis=0), -q)
    >>> loc, scale = tf.constant([[1.0]], T), tf.constant([[2.0]], T)
    >>> target = WhitenedTarget(normal, loc, scale, dense=False)
    >>> target.to_parameters(tf.constant([[3.0]], T)).numpy()           # q = 1 + 2·3
    array([[7.]])

The change of variables is q = loc + scale·x, or q = loc + L x with a lower triangular L. So kernels
need not know the metric.
"""

from __future__ import annotations

from collections.abc import Callable

import tensorflow as tf

Target = Callable[[tf.Tensor], tuple[tf.Tensor, tf.Tensor]]
"""q [d, C] -> (log π [C], gradient with respect to q [d, C]), both float64."""


class WhitenedTarget:
    """A target as a function of x [d, C].

    Parameters
    ----------
    target : callable
        q [d, C] -> (log π of each column [C], its gradient [d, C]), float64.
    loc : tensor [d, 1]
    scale : tensor
        [d, 1], or a lower triangular matrix [d, d] if `dense`.
    """

    def __init__(self, target: Target, loc: tf.Tensor, scale: tf.Tensor, dense: bool):
        self.target, self.loc, self.scale, self.dense = target, loc, scale, dense

    def to_parameters(self, x: tf.Tensor) -> tf.Tensor:
        """The parameters q [d, C] at x [d, C]."""
        return self.loc + (self.scale @ x if self.dense else self.scale * x)

    def to_whitened(self, q: tf.Tensor) -> tf.Tensor:
        """The x [d, C] for parameters q [d, C]."""
        if self.dense:
            return tf.linalg.triangular_solve(self.scale, q - self.loc)
        return (q - self.loc) / self.scale

    def whitened_gradient(self, gradient: tf.Tensor) -> tf.Tensor:
        """The gradient with respect to x, from that with respect to q; both [d, C]."""
        if self.dense:
            return tf.linalg.matmul(self.scale, gradient, transpose_a=True)
        return self.scale * gradient

    def value_and_gradient(self, x: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Log π [C] and its gradient with respect to x [d, C], at x [d, C]."""
        value, gradient = self.target(self.to_parameters(x))
        return value, self.whitened_gradient(gradient)
