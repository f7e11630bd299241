"""It goes along the gradient and ignores the curvature's axes: a long valley takes for ever."""


def newton(f, theta0):
    theta = np.array(theta0, dtype=float)
    value, gradient, hessian = f(theta)
    for _ in range(100):
        curvature = gradient @ hessian @ gradient / (gradient @ gradient + 1e-300)
        step = -gradient / max(abs(curvature), 1e-12)
        after = f(theta + step)
        if not after[0] < value:
            break
        theta = theta + step
        value, gradient, hessian = after
    return theta
