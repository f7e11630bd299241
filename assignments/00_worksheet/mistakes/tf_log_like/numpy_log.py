"""The number is right, but `np.log` left TensorFlow, so the gradient forgets this term."""

def tf_log_like(x, y, m, b, s):
    return -0.5 * tf.reduce_sum(((y - m * x - b) / s) ** 2 + np.log(2 * np.pi * s**2))
