"""The smaller one of the two flows, divided by p."""


def transition_matrix(p, proposal):
    flow = np.minimum(p[:, None] * proposal, (p[:, None] * proposal).T)
    matrix = flow / p[:, None]
    rest = 1 - (matrix.sum(axis=1) - np.diag(matrix))
    np.fill_diagonal(matrix, rest)
    return matrix
