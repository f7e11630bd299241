"""The inverse by singular values, of a Hessian by formula."""


def standard_errors(x, y, theta):
    m, b, log_s = theta
    r, inverse = y - m * x - b, np.exp(-2 * log_s)
    rows = [[x @ x, x.sum(), 2 * r @ x], [x.sum(), len(x), 2 * r.sum()], [2 * r @ x, 2 * r.sum(), 2 * r @ r]]
    return np.diag(np.linalg.pinv(inverse * np.array(rows), rcond=1e-14)) ** 0.5
