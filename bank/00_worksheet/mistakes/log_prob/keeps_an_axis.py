"""The number is right, but it comes as an array of one number; a scalar tensor has no axes."""

def log_prob(x, y, m, b, log_s):
    return tf.reshape(tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s), [1])
