"""One uniform number decides about all steps: draw a new one for each."""


def metropolis(rng, log_prob, start, scale, steps):
    place, height = np.array(start, dtype=float), log_prob(start)
    chain, heights = np.empty((steps, len(place))), np.empty(steps)
    threshold = np.log(rng.uniform())
    for k in range(steps):
        proposed = place + scale * rng.standard_normal(len(place))
        there = log_prob(proposed)
        if threshold < there - height:
            place, height = proposed, there
        chain[k], heights[k] = place, height
    return chain, heights
