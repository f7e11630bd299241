"""The Hessian plus a multiple of the unit matrix."""


def newton(f, theta0):
    theta, damping = np.array(theta0, dtype=float), 1e-3
    value, gradient, hessian = f(theta)
    for _ in range(1000):
        size = np.max(np.abs(hessian)) + 1e-12
        lowest = np.min(np.linalg.eigvalsh(hessian))
        shift = max(0.0, -1.1 * lowest) + damping * size * 1e-6
        try:
            step = -np.linalg.solve(hessian + shift * np.eye(len(theta)), gradient)
        except np.linalg.LinAlgError:
            damping *= 10
            continue
        after = f(theta + step)
        if after[0] < value:
            theta, damping = theta + step, damping / 10
            value, gradient, hessian = after
        else:
            damping *= 10
            if damping > 1e18:
                break
    return theta
