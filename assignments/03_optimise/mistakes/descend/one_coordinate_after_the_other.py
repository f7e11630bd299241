"""The second parameter moves by the gradient at a place where the first one has moved already: one
step takes all of them at once.
"""


def descend(f, theta0, rate, steps):
    path = [np.array(theta0, dtype=float)]
    for _ in range(steps):
        place = path[-1].copy()
        for i in range(len(place)):
            place[i] -= rate * f(place)[1][i]
        path.append(place)
    return np.array(path)
