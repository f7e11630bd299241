"""Through a helper that takes a vector."""

def _posterior(data, theta):
    likelihood = tf_log_like_log_s(*data, theta[0], theta[1], theta[2])
    return tf.reduce_sum(tf.stack([likelihood, log_prior(*tf.unstack(theta))]))


def log_prob(x, y, m, b, log_s):
    return _posterior((x, y), tf.stack([m, b, log_s]))
