"""The product of the widths, as a sum of logs."""


def laplace_log_evidence(top, hessian):
    return float(top + 0.5 * np.sum(np.log(2 * np.pi / np.linalg.eigvalsh(-hessian))))
