"""A function made by another."""

def _gaussian(scale):
    def log_density(residual):
        return -0.5 * (residual / scale) ** 2 - tf.math.log(scale) - 0.5 * np.log(2 * np.pi)

    return log_density


def tf_log_like(x, y, m, b, s):
    return tf.math.reduce_sum(_gaussian(s)(y - m * x - b))
