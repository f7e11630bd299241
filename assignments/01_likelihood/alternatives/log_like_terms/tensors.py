"""TensorFlow's operations, which take arrays too."""


def log_like_terms(x, y, m, b, s):
    z = (tf.constant(y) - m * x - b) / s
    return (-0.5 * tf.square(z) - np.log(s) - 0.5 * np.log(2 * np.pi)).numpy()
