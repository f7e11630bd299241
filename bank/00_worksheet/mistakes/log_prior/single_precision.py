"""About seven digits are right and no more; somewhere your slope is cast to float32."""

def log_prior(m, b, log_s):
    return tf.cast(-1.5 * tf.math.log(1.0 + tf.cast(m, tf.float32) ** 2), tf.float64)
