"""The moved parameter is picked by its number."""


def central_difference(f, theta, h):
    numbers = np.arange(len(theta))
    move = lambda i, sign: np.where(numbers == i, theta + sign * h, theta)
    return [(f(move(i, 1)) - f(move(i, -1))) / (2 * h[i]) for i in numbers]
