"""Half the log of the determinant, from Cholesky's factor."""


def laplace_log_evidence(top, hessian):
    factor = np.linalg.cholesky(-hessian)
    return top + len(hessian) / 2 * np.log(2 * np.pi) - np.sum(np.log(np.diag(factor)))
