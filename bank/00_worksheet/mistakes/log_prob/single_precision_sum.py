"""About seven digits are right and no more; the two terms are added in float32."""

def log_prob(x, y, m, b, log_s):
    terms = tf_log_like_log_s(x, y, m, b, log_s), log_prior(m, b, log_s)
    return tf.cast(tf.add(*(tf.cast(term, tf.float32) for term in terms)), tf.float64)
