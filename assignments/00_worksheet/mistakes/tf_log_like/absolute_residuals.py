"""Doubling a residual only doubles your misfit; how does it enter a Gaussian?"""

def tf_log_like(x, y, m, b, s):
    return -0.5 * tf.reduce_sum(tf.abs((y - m * x - b) / s) + tf.math.log(2 * np.pi * s**2))
