"""Two halves, merged (Chan, Golub and LeVeque 1983)."""


def summarise(x, y):
    if len(x) == 1:
        return np.array([1.0, x[0], y[0], 0.0, 0.0, 0.0])
    k = len(x) // 2
    a, c = summarise(x[:k], y[:k]), summarise(x[k:], y[k:])
    n = a[0] + c[0]
    dx, dy = c[1] - a[1], c[2] - a[2]
    weight = a[0] * c[0] / n
    means = (a[:3] * a[0] + c[:3] * c[0]) / n
    sums = a[3:] + c[3:] + weight * np.array([dx * dx, dx * dy, dy * dy])
    return np.array([n, means[1], means[2], *sums])
