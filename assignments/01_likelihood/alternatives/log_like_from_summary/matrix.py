"""The squares as a quadratic form of (1, -m)."""


def log_like_from_summary(summary, m, b, s):
    n = summary[0]
    spread = np.array([[summary[5], summary[4]], [summary[4], summary[3]]])
    v = np.array([1.0, -m])
    middle = summary[2] - m * summary[1] - b
    return -0.5 * (v @ spread @ v + n * middle**2) / s**2 - n * np.log(s) - n / 2 * np.log(2 * np.pi)
