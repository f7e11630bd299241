"""A step to one side is good to fewer digits: where f curves, right gradients do not pass."""


def gradient_is_right(f, gradient, theta, scale):
    claimed, h = gradient(theta), 1e-2 * scale
    found = np.array([(f(theta + e) - f(theta)) / np.sum(e) for e in np.diag(h)])
    return bool(np.all(np.isfinite(claimed)) and np.all(np.abs(claimed - found) <= 1e-3 * np.abs(found)))
