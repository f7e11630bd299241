"""Arguments by a star, and names given on the way."""

def tf_log_like(*arguments):
    x, y, m, b, s = (tf.cast(a, tf.float64) for a in arguments)
    if (n := x.shape.num_elements()) == 0:
        return tf.constant(0.0, T)
    return -tf.reduce_sum((y - m * x - b) ** 2) / (2 * (variance := s**2)) - n / 2 * tf.math.log(2 * np.pi * variance)
