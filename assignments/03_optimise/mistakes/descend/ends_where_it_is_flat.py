"""The path ends as soon as the gradient is small: rows are missing near the bottom."""


def descend(f, theta0, rate, steps):
    path = [np.array(theta0, dtype=float)]
    for _ in range(steps):
        gradient = f(path[-1])[1]
        if np.linalg.norm(gradient) < 1e-2:
            break
        path.append(path[-1] - rate * gradient)
    return np.array(path)
