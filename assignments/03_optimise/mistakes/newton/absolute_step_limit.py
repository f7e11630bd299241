"""No step is longer than a tenth, and the number of steps is limited: far away is never reached."""


def newton(f, theta0):
    theta = np.array(theta0, dtype=float)
    for _ in range(20):
        value, gradient, hessian = f(theta)
        curvatures, axes = np.linalg.eigh(hessian)
        step = -axes @ ((axes.T @ gradient) / np.maximum(np.abs(curvatures), 1e-12))
        theta = theta + step * min(1.0, 0.1 / (np.linalg.norm(step) + 1e-300))
    return theta
