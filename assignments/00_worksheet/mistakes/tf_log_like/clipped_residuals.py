"""Beyond some distance a point's misfit stops growing in your function; a Gaussian has no such
limit.
"""

def tf_log_like(x, y, m, b, s):
    z = tf.clip_by_value((y - m * x - b) / s, -100.0, 100.0)
    return -0.5 * tf.reduce_sum(z**2 + tf.math.log(2 * np.pi * s**2))
