"""In units of β."""


def lighthouse_log_prob(x, alpha, log_beta):
    z = (x - alpha) * tf.exp(-log_beta)
    return -tf.reduce_sum(tf.math.log1p(z**2) + log_beta + np.log(np.pi))
