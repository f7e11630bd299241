"""About seven digits are right and no more; somewhere your tensors are cast to float32."""

def tf_log_like(x, y, m, b, s):
    x, y, m, b, s = (tf.cast(argument, tf.float32) for argument in (x, y, m, b, s))
    value = -0.5 * tf.reduce_sum(((y - m * x - b) / s) ** 2 + tf.math.log(2 * np.pi * s**2))
    return tf.cast(value, tf.float64)
