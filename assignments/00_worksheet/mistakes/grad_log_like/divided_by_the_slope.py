"""On the way you divide by m; a level line has m = 0."""

def grad_log_like(x, y, m, b, s):
    r = y - m * x - b
    x = (m * x + b - b) / m
    return tf.reduce_sum(r * x) / s**2, tf.reduce_sum(r) / s**2, tf.reduce_sum(r**2) / s**3 - len(x) / s
