"""Where a move is proposed in neither direction, zero over zero is NaN: look at such a pair."""


def transition_matrix(p, proposal):
    accepted = np.minimum(1, p[None] * proposal.T / (p[:, None] * proposal))
    moves = proposal * accepted
    np.fill_diagonal(moves, 0)
    return moves + np.diag(1 - np.sum(moves, axis=1))
