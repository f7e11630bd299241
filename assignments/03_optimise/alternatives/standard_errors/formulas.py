"""The closed forms of a line."""


def standard_errors(x, y, theta):
    n, s = len(x), np.exp(theta[2])
    spread = np.sum((x - x.mean()) ** 2)
    return np.array([s / np.sqrt(spread), s * np.sqrt(1 / n + x.mean() ** 2 / spread), 1 / np.sqrt(2 * n)])
