"""A large s is rewarded instead of paid for; look at the sign of your log term."""

def tf_log_like(x, y, m, b, s):
    return -0.5 * tf.reduce_sum(((y - m * x - b) / s) ** 2 - tf.math.log(2 * np.pi * s**2))
