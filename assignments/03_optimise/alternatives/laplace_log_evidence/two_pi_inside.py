"""The 2π inside of the determinant."""


def laplace_log_evidence(top, hessian):
    sign, log_det = np.linalg.slogdet(-np.asarray(hessian) / (2 * np.pi))
    return top - log_det / 2
