"""A point that is 40 s away makes your value infinite; the product of densities underflows
before you take its log.
"""

def tf_log_like(x, y, m, b, s):
    density = tf.exp(-0.5 * ((y - m * x - b) / s) ** 2) / (np.sqrt(2 * np.pi) * s)
    return tf.math.log(tf.reduce_prod(density))
