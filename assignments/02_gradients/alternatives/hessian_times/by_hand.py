"""The formula of the matrix."""


def hessian_times(x, y, theta, v):
    m, b, log_s = tf.unstack(theta)
    r = y - m * x - b
    n = tf.cast(tf.size(x), tf.float64)
    rx, r1, rr = tf.reduce_sum(r * x), tf.reduce_sum(r), tf.reduce_sum(r * r)
    xx, x1 = tf.reduce_sum(x * x), tf.reduce_sum(x)
    matrix = tf.stack([[xx, x1, 2 * rx], [x1, n, 2 * r1], [2 * rx, 2 * r1, 2 * rr]])
    return -tf.exp(-2 * log_s) * tf.linalg.matvec(matrix, v)
