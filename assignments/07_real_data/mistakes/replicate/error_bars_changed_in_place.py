"""The caller's error bars become larger from row to row: make a new array for the bad points."""


def replicate(rng, x, sigma_y, draws):
    rows = []
    for m, b, logit_p, y_b, log_s_b in draws:
        lies = rng.uniform(size=len(x)) < expit(logit_p)
        width = sigma_y
        width[lies] = np.sqrt(sigma_y[lies] ** 2 + np.exp(2 * log_s_b))
        rows.append(rng.normal(np.where(lies, y_b, m * x + b), width))
    return np.array(rows)
