"""The formula."""


def gradient_many(x, y, theta):
    m, b, log_s = theta[:, 0:1], theta[:, 1:2], theta[:, 2:3]
    r = y - m * x - b
    push = r * tf.exp(-2 * log_s)
    columns = [push * x, push, push * r - 1]
    return tf.stack([tf.reduce_sum(column, axis=1) for column in columns], axis=1)
