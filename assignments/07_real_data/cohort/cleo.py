"""A covariance that is scaled, a log of a sum that underflows, coins that are thrown once a row."""
# %% fit_weighted
def fit_weighted(x, y, sigma_y):
    return np.polyfit(x, y, 1, w=1 / sigma_y, cov=True)

# %% mixture_log_like
def mixture_log_like(x, y, sigma_y, m, b, logit_p, y_b, log_s_b):
    p = tf.sigmoid(logit_p)
    variance = sigma_y**2 + tf.exp(2 * log_s_b)
    good = tf.exp(-0.5 * (y - m * x - b) ** 2 / sigma_y**2) / tf.sqrt(2 * np.pi * sigma_y**2)
    bad = tf.exp(-0.5 * (y - y_b) ** 2 / variance) / tf.sqrt(2 * np.pi * variance)
    return tf.reduce_sum(tf.math.log((1 - p) * good + p * bad))

# %% replicate
def replicate(rng, x, sigma_y, draws):
    rows = []
    for m, b, logit_p, y_b, log_s_b in draws:
        if rng.uniform() < expit(logit_p):
            rows.append(rng.normal(y_b, np.sqrt(sigma_y**2 + np.exp(2 * log_s_b))))
        else:
            rows.append(rng.normal(m * x + b, sigma_y))
    return np.array(rows)
