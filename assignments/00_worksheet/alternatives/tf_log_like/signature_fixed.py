"""A graph with its signature said once."""

_scalar, _vector = tf.TensorSpec([], tf.float64), tf.TensorSpec([None], tf.float64)


@tf.function(input_signature=[_vector, _vector, _scalar, _scalar, _scalar])
def tf_log_like(x, y, m, b, s):
    residuals = y - (m * x + b)
    return -tf.reduce_sum(0.5 * tf.square(residuals / s) + tf.math.log(s) + 0.5 * np.log(2 * np.pi))
