"""Plain Newton, the inverse of the diagonal, a determinant that underflows: right on nice data."""
# %% newton
def newton(f, theta0):
    theta = np.array(theta0, dtype=float)
    for _ in range(50):
        value, gradient, hessian = f(theta)
        theta = theta - np.linalg.solve(hessian, gradient)
    return theta

# %% laplace_log_evidence
def laplace_log_evidence(top, hessian):
    return float(top + 0.5 * len(hessian) * np.log(2 * np.pi) - 0.5 * np.log(np.linalg.det(-hessian)))
