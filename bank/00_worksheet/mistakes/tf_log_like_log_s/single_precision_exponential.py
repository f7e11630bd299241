"""About seven digits are right and no more; the exponential is taken in float32."""

def tf_log_like_log_s(x, y, m, b, log_s):
    s = tf.cast(tf.exp(tf.cast(log_s, tf.float32)), tf.float64)
    return tf_log_like(x, y, m, b, s)
