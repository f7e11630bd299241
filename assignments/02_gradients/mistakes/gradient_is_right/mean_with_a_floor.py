"""The mean of the errors is small although one of them is not: compare each with its own bar."""


def gradient_is_right(f, gradient, theta, scale):
    claimed = np.asarray(gradient(theta))
    found = central_difference(f, theta, 1e-4 * scale)
    floor = 1e-3 * np.max(np.abs(found * scale)) / scale
    return bool(np.mean(np.abs(claimed - found) / (np.abs(found) + floor)) < 1e-3)
