"""Both kinds are made for every point, and one of them is taken."""


def replicate(rng, x, sigma_y, draws):
    m, b, logit_p, y_b, log_s_b = draws.T[:, :, None]
    shape = (len(draws), len(x))
    good = m * x + b + sigma_y * rng.standard_normal(shape)
    bad = y_b + sigma_y * rng.standard_normal(shape) + np.exp(log_s_b) * rng.standard_normal(shape)
    return np.where(rng.random(shape) < expit(logit_p), bad, good)
