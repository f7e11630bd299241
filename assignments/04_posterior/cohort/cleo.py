"""No correction for the way back, and the sampler of 2018: each looks right on symmetric examples."""
# %% transition_matrix
def transition_matrix(p, proposal):
    moves = proposal * np.minimum(1.0, p / p[:, None])
    np.fill_diagonal(moves, 0.0)
    return moves + np.diag(1 - moves.sum(axis=1))

# %% metropolis
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
