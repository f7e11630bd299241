"""The rows are divided by their sums; what is refused belongs on the diagonal."""

def transition_matrix(p, proposal):
    flow = p[:, None] * proposal
    moves = proposal * np.minimum(1.0, flow.T / np.where(flow > 0, flow, 1.0))
    return moves / moves.sum(axis=1, keepdims=True)
