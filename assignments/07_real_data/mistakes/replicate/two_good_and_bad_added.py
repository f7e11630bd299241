"""A bad point has the noise of a good one and that of a bad one about y_b: its error bar counts twice."""


def replicate(rng, x, sigma_y, draws):
    m, b, logit_p, y_b, log_s_b = draws.T[:, :, None]
    shape = len(draws), len(x)
    lies = rng.uniform(size=shape) < expit(logit_p)
    bad = rng.normal(y_b, np.sqrt(sigma_y**2 + np.exp(2 * log_s_b)), shape)
    noise = sigma_y * rng.standard_normal(shape)
    return np.where(lies, bad, m * x + b) + noise
