"""Your misfit is divided by s too often; count the powers of s under the residual."""

def tf_log_like(x, y, m, b, s):
    variance = s**2
    return -0.5 * tf.reduce_sum(((y - m * x - b) / variance) ** 2 + tf.math.log(2 * np.pi * variance))
