"""One array that moves, and copies of it."""


def descend(f, theta0, rate, steps):
    theta = theta0.astype(float).copy()
    path = [theta.copy()]
    for _ in range(steps):
        theta -= rate * f(theta)[1]
        path.append(theta.copy())
    return np.stack(path)
