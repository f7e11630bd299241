"""The caller's own array is moved along with the walk: begin with a copy of the start."""


def descend(f, theta0, rate, steps):
    path = [theta0]
    for _ in range(steps):
        value, gradient = f(theta0)
        theta0 -= rate * gradient
        path.append(theta0.copy())
    return np.array(path)
