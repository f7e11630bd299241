"""Written out and compiled by XLA."""

@tf.function(jit_compile=True, reduce_retracing=True)
def tf_log_like_log_s(x, y, m, b, log_s):
    z = (y - m * x - b) * tf.exp(-log_s)
    return -0.5 * tf.reduce_sum(z**2 + 2 * log_s + np.log(2 * np.pi))
