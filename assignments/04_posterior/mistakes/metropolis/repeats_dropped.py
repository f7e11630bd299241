"""It goes on until enough moves were accepted; a refused move still counts the old point again."""


def metropolis(rng, log_prob, start, scale, steps):
    place, height = np.array(start, dtype=float), log_prob(start)
    chain, heights = [], []
    while len(chain) < steps:
        proposed = place + scale * rng.standard_normal(len(place))
        there = log_prob(proposed)
        if np.log(rng.uniform()) < there - height:
            place, height = proposed, there
            chain.append(place)
            heights.append(height)
    return np.array(chain), np.array(heights)
