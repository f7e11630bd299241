"""The path is made beforehand, and filled."""


def descend(f, theta0, rate, steps):
    path = np.empty((steps + 1, len(theta0)))
    path[0] = theta0
    for k in range(steps):
        path[k + 1] = path[k] - rate * np.asarray(f(path[k])[1])
    return path
