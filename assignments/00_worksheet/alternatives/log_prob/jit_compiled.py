"""Written out and compiled by XLA."""

@tf.function(jit_compile=True, reduce_retracing=True)
def log_prob(x, y, m, b, log_s):
    z = (y - m * x - b) * tf.exp(-log_s)
    n = tf.cast(tf.size(x), tf.float64)
    return -0.5 * tf.reduce_sum(z * z) - n * log_s - 1.5 * tf.math.log1p(m * m)
