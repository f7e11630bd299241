"""A named tuple, by way of standardised residuals."""

from collections import namedtuple

Gradient = namedtuple("Gradient", "m b s")


def grad_log_like(x, y, m, b, s):
    z = (y - (m * x + b)) / s
    return Gradient(m=tf.tensordot(z, x, 1) / s, b=tf.reduce_sum(z / s), s=tf.reduce_sum(z**2 - 1) / s)
