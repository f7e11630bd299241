"""A loop over the draws, with coins from a binomial."""


def replicate(rng, x, sigma_y, draws):
    rows = []
    for m, b, logit_p, y_b, log_s_b in draws:
        lies = rng.binomial(1, expit(logit_p), len(x)).astype(bool)
        row = rng.normal(m * x + b, sigma_y)
        row[lies] = rng.normal(y_b, np.sqrt(sigma_y[lies] ** 2 + np.exp(2 * log_s_b)))
        rows.append(row)
    return np.array(rows)
