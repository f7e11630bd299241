"""It remembers the height of the place it left, not the place it reached."""


def metropolis(rng, log_prob, start, scale, steps):
    place, height = np.array(start, dtype=float), log_prob(start)
    chain, heights = [], []
    for _ in range(steps):
        proposed = place + scale * rng.standard_normal(len(place))
        there = log_prob(proposed)
        heights.append(height)
        if np.log(rng.uniform()) < there - height:
            place, height = proposed, there
        chain.append(place)
    return np.array(chain), np.array(heights)
