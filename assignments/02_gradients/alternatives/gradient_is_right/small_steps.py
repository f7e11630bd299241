"""A step of 1e-5 and a looser floor."""


def gradient_is_right(f, gradient, theta, scale):
    claimed = np.array(gradient(theta), dtype=float)
    if not np.all(np.isfinite(claimed)):
        return False
    h = 1e-5 * scale
    found = np.array([(f(theta + e) - f(theta - e)) / (2 * np.sum(e)) for e in np.diag(h)])
    size = np.max(np.abs(found) * scale)
    return bool(np.max(np.abs(claimed - found) * scale - 2e-3 * np.abs(found) * scale) <= 1e-5 * size)
