"""Your slope's derivative multiplies two sums; each residual belongs to its own x."""

def grad_log_like(x, y, m, b, s):
    r = y - m * x - b
    by_m = tf.reduce_sum(r) * tf.reduce_mean(x) / s**2
    return by_m, tf.reduce_sum(r) / s**2, tf.reduce_sum(r**2 / s**3 - 1 / s)
