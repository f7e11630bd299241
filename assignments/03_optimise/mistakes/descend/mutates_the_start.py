"""The first row is where the walk ends: the caller's own array was moved along."""


def descend(f, theta0, rate, steps):
    path = [theta0]
    for _ in range(steps):
        value, gradient = f(theta0)
        theta0 -= rate * gradient
        path.append(theta0.copy())
    return np.array(path)
