"""A loop that ends at the first component that is wrong."""


def gradient_is_right(f, gradient, theta, scale):
    claimed = gradient(theta)
    found = central_difference(f, theta, 3e-5 * scale)
    for g, d, s in zip(claimed, found, scale):
        if not abs(g - d) <= 1e-3 * abs(d) + 1e-6 * np.max(np.abs(found) * scale) / s:
            return False
    return True
