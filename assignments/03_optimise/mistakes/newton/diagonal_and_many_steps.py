"""Only the diagonal of the Hessian is used: the parameters bend each other's slopes, too."""


def newton(f, theta0):
    theta = np.array(theta0, dtype=float)
    value, gradient, hessian = f(theta)
    for _ in range(500):
        step = -gradient / np.maximum(np.abs(np.diag(hessian)), 1e-12)
        length, after = 1.0, f(theta + step)
        while not after[0] <= value and length > 1e-10:
            length /= 2
            after = f(theta + length * step)
        if not after[0] < value:
            break
        theta = theta + length * step
        value, gradient, hessian = after
    return theta
