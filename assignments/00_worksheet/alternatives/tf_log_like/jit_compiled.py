"""Compiled by XLA, without retracing for each length."""

@tf.function(jit_compile=True, reduce_retracing=True)
def tf_log_like(x, y, m, b, s):
    return -0.5 * tf.reduce_sum(((y - m * x - b) / s) ** 2 + tf.math.log(2 * np.pi * s**2))
