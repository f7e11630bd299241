"""The exponential of log s is taken twice; one of the two functions does it for you."""

def log_prob(x, y, m, b, log_s):
    return tf_log_like_log_s(x, y, m, b, tf.exp(log_s)) + log_prior(m, b, log_s)
