"""All random numbers are drawn beforehand."""


def metropolis(rng, log_prob, start, scale, steps):
    noise = scale * rng.standard_normal((steps, len(start)))
    uniform = rng.uniform(size=steps)
    place, height = start.astype(float), log_prob(start)
    chain, heights = [], []
    for step, u in zip(noise, uniform):
        there = log_prob(place + step)
        if u < np.exp(min(0.0, there - height)):
            place, height = place + step, there
        chain.append(place)
        heights.append(height)
    return np.array(chain), np.array(heights)
