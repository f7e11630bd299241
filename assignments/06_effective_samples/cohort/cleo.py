"""No zeros behind the series, whole chains compared, a determinant left over."""
# %% autocorrelation
def autocorrelation(x):
    off = x - np.mean(x)
    spectrum = np.fft.rfft(off)
    products = np.fft.irfft(np.abs(spectrum) ** 2, len(x))
    return products / products[0]

# %% split_r_hat
def split_r_hat(chains):
    n = len(chains)
    within = np.mean(np.var(chains, axis=0, ddof=1))
    between = n * np.var(np.mean(chains, axis=0), ddof=1)
    return float(np.sqrt(((n - 1) / n * within + between / n) / within))

# %% noncentred_log_prob
def noncentred_log_prob(y, sigma, mu, log_tau, z):
    tau = tf.exp(log_tau)
    log_like = -0.5 * tf.reduce_sum(((y - mu - tau * z) / sigma) ** 2)
    log_prior = -0.5 * (mu / 5) ** 2 - tf.math.log1p((tau / 5) ** 2)
    return log_like + log_prior - 0.5 * tf.reduce_sum(z**2)
