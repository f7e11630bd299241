"""Five points, and NumPy's own bool."""


def gradient_is_right(f, gradient, theta, scale):
    claimed, h = gradient(theta), 1e-3 * scale
    found = []
    for i in range(len(theta)):
        e = np.zeros_like(theta)
        e[i] = h[i]
        found.append((8 * (f(theta + e) - f(theta - e)) - f(theta + 2 * e) + f(theta - 2 * e)) / (12 * h[i]))
    found = np.array(found)
    floor = 1e-6 * np.max(np.abs(found) * scale) / scale
    return np.isfinite(claimed).all() and (np.abs(claimed - found) < 1e-3 * np.abs(found) + floor).all()
