"""Through the likelihood by s."""

def log_prob(x, y, m, b, log_s):
    return tf.add(tf_log_like(x, y, m, b, tf.exp(log_s)), log_prior(m, b, log_s))
