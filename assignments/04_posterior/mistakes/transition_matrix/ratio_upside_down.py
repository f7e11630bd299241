"""Moves to less probable states are accepted more often: look at the ratio."""

def transition_matrix(p, proposal):
    flow = p[:, None] * proposal
    with np.errstate(all="ignore"):
        moves = proposal * np.nan_to_num(np.minimum(1.0, flow / flow.T))
    np.fill_diagonal(moves, 0.0)
    return moves + np.diag(1 - np.sum(moves, axis=1))
