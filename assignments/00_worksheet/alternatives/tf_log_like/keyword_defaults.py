"""Extra arguments with defaults."""

def tf_log_like(x, y, m, b, s, half=0.5, norm=2 * np.pi):
    z2 = tf.pow((y - tf.fill(tf.shape(x), b) - m * x) / s, 2)
    return -half * (tf.math.reduce_sum(z2) + tf.reduce_sum(tf.zeros_like(x) + tf.math.log(norm * s * s)))
