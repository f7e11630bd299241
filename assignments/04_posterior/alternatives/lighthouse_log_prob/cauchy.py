"""SciPy's Cauchy density, with its constant; a tensor of it."""

from scipy import stats


def lighthouse_log_prob(x, alpha, log_beta):
    beta = np.exp(float(log_beta))
    terms = stats.cauchy.logpdf(np.array(x), float(alpha), beta)
    return tf.constant(np.sum(terms), dtype=tf.float64)
