"""It asks once more at the end, and returns a list."""


def descend(f, theta0, rate, steps):
    theta, path = np.array(theta0), []
    for _ in range(steps + 1):
        path.append(theta)
        _, slope = f(theta)
        theta = theta - rate * slope
    return path
