"""All rows have the same share of bad points: each draw has a p of its own."""


def replicate(rng, x, sigma_y, draws):
    m, b, logit_p, y_b, log_s_b = draws.T[:, :, None]
    lies = rng.uniform(size=(len(draws), len(x))) < np.mean(expit(logit_p))
    centre = np.where(lies, y_b, m * x + b)
    width = np.where(lies, np.sqrt(sigma_y**2 + np.exp(2 * log_s_b)), sigma_y)
    return rng.normal(centre, width)
