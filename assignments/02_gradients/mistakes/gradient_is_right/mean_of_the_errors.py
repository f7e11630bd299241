"""Among many parameters one percent in one of them passes: the mean hides it, the worst counts."""


def gradient_is_right(f, gradient, theta, scale):
    claimed = np.asarray(gradient(theta))
    found = central_difference(f, theta, 1e-4 * scale)
    return bool(np.mean(np.abs(claimed - found) / (np.abs(found) + 1e-300)) < 1e-3)
