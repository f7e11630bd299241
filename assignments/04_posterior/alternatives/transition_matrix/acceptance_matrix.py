"""A matrix of acceptance probabilities."""


def transition_matrix(p, proposal):
    with np.errstate(divide="ignore", invalid="ignore"):
        accept = (p * proposal.T) / (p[:, None] * proposal)
    accept = np.clip(np.nan_to_num(accept, nan=0.0, posinf=1.0), 0.0, 1.0)
    moves = np.where(np.eye(len(p), dtype=bool), 0.0, proposal * accept)
    return moves + np.diag(1.0 - moves.sum(1))
