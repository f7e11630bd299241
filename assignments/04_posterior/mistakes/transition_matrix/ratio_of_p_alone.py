"""Right where proposals are symmetric, and only there: how often is the way back proposed?"""

def transition_matrix(p, proposal):
    moves = proposal * np.minimum(1.0, p[None, :] / p[:, None])
    np.fill_diagonal(moves, 0.0)
    return moves + np.diag(1 - np.sum(moves, axis=1))
