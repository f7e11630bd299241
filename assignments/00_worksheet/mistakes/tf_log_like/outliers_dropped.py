"""Points that are far from the line have no say in your value; the formula leaves none out."""

def tf_log_like(x, y, m, b, s):
    z = (y - m * x - b) / s
    z = tf.boolean_mask(z, tf.abs(z) < 20.0)
    return -0.5 * tf.reduce_sum(z**2 + tf.math.log(2 * np.pi * s**2))
