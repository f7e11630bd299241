"""From the fourth on, no parameter ever moves: each of them has a slope."""


def descend(f, theta0, rate, steps):
    path = [np.array(theta0, dtype=float)]
    for _ in range(steps):
        place = path[-1].copy()
        place[:3] -= rate * f(place)[1][:3]
        path.append(place)
    return np.array(path)
