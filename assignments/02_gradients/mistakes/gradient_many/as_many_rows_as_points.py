"""With as many rows as points, row k sees point k alone: an axis is missing."""


def gradient_many(x, y, theta):
    with tf.GradientTape() as tape:
        tape.watch(theta)
        m, b, log_s = tf.unstack(theta, axis=1)
        if len(x) != theta.shape[0]:
            m, b, log_s = m[:, None], b[:, None], log_s[:, None]
        terms = -0.5 * ((y - m * x - b) / tf.exp(log_s)) ** 2 - log_s
        value = tf.reduce_sum(terms)
    return tape.gradient(value, theta)
