"""An exponential number in place of minus the log of a uniform one."""


def metropolis(rng, log_prob, start, scale, steps):
    place = np.array(start, dtype=float)
    height = log_prob(place)
    chain, heights = np.empty((steps, place.size)), np.empty(steps)
    for k in range(steps):
        proposed = rng.normal(place, scale)
        there = log_prob(proposed)
        if there - height >= -rng.exponential():
            place, height = proposed, there
        chain[k] = place
        heights[k] = height
    return chain, heights
