"""The values are right, but they are computed by NumPy: TensorFlow finds no derivative."""


def tf_log_like_many(x, y, theta):
    values = [np.sum(log_like_terms(x.numpy(), y.numpy(), m, b, np.exp(log_s))) for m, b, log_s in theta.numpy()]
    return tf.constant(values, dtype=tf.float64)
