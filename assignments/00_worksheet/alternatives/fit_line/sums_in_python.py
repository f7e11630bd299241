"""Sums over centred data, in plain Python."""

def fit_line(x, y, theta0):
    n = len(x)
    mx, my = sum(x) / n, sum(y) / n
    m = sum((a - mx) * (c - my) for a, c in zip(x, y)) / sum((a - mx) ** 2 for a in x)
    b = my - m * mx
    import math
    return np.array([m, b, 0.5 * math.log(sum((c - m * a - b) ** 2 for a, c in zip(x, y)) / n)])
