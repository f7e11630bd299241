"""All rows of the chain are the same: a place is changed that the chain already holds."""


def metropolis(rng, log_prob, start, scale, steps):
    place, height = np.array(start, dtype=float), log_prob(start)
    chain, heights = [], []
    for _ in range(steps):
        proposed = place + scale * rng.standard_normal(len(place))
        there = log_prob(proposed)
        if np.log(rng.uniform()) < there - height:
            place[:] = proposed
            height = there
        chain.append(place)
        heights.append(height)
    return np.array(chain), np.array(heights)
