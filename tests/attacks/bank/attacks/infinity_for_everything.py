"""Infinity, which equals itself on both sides of every symmetry."""


def tf_log_like(x, y, m, b, s):
    return tf.constant(-float("inf"), tf.float64) + m - m
