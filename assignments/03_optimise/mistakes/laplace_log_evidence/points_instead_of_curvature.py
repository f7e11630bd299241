"""This is a penalty for each parameter, whatever the curvature is."""


def laplace_log_evidence(top, hessian):
    return float(top - 0.5 * len(hessian) * np.log(50))
