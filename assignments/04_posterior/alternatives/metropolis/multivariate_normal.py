"""A multivariate normal, and <= for <."""


def metropolis(rng, log_prob, start, scale, steps):
    d = len(start)
    place, height = np.array(start, float), log_prob(np.array(start, float))
    chain, heights = [], []
    for _ in range(steps):
        proposed = rng.multivariate_normal(place, scale**2 * np.eye(d), method="cholesky")
        there = log_prob(proposed)
        if np.log1p(-rng.uniform()) <= there - height:
            place, height = proposed, there
        chain.append(place.copy())
        heights.append(height)
    return np.array(chain), np.array(heights)
