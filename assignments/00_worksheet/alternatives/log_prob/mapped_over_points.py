"""One point at a time."""

def log_prob(x, y, m, b, log_s):
    terms = tf.map_fn(
        lambda pair: tf_log_like_log_s(pair[0][tf.newaxis], pair[1][tf.newaxis], m, b, log_s),
        (x, y),
        fn_output_signature=tf.float64,
    )
    return tf.reduce_sum(terms) + log_prior(m, b, log_s)
