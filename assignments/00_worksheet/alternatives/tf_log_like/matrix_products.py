"""Columns, and the sum of squares as a matrix product."""

def tf_log_like(x, y, m, b, s):
    r = (tf.reshape(y, [-1, 1]) - tf.reshape(x, [-1, 1]) @ tf.reshape(m, [1, 1]) - b) / s
    return tf.squeeze(-0.5 * tf.matmul(r, r, transpose_a=True)) - 0.5 * r.shape[0] * tf.math.log(2 * np.pi * s**2)
