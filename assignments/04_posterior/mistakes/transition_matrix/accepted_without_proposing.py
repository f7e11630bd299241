"""This is how often a move is accepted; how often it is proposed is a factor of its own."""

def transition_matrix(p, proposal):
    flow = p[:, None] * proposal
    moves = np.where(flow > 0, np.minimum(1.0, flow.T / np.where(flow > 0, flow, 1.0)), 0.0)
    np.fill_diagonal(moves, 0.0)
    return moves + np.diag(1 - np.sum(moves, axis=1))
