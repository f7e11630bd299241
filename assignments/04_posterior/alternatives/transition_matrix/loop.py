"""State by state."""


def transition_matrix(p, proposal):
    n = len(p)
    matrix = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            if i != j and proposal[i, j] > 0:
                ratio = p[j] * proposal[j, i] / (p[i] * proposal[i, j])
                matrix[i, j] = proposal[i, j] * min(1.0, ratio)
        matrix[i, i] = 1 - matrix[i].sum()
    return matrix
