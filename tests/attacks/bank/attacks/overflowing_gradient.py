"""Derivatives so large that products and norms of them overflow to infinity."""
# cell: grad_log_like


def grad_log_like(x, y, m, b, s):
    huge = tf.constant(1.7e308, tf.float64)
    return huge, -huge, huge * 10.0
