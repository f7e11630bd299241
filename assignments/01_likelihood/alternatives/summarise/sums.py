"""Sums of products, a list of floats."""


def summarise(x, y):
    n = float(len(x))
    mean_x, mean_y = sum(x) / n, sum(y) / n
    sxx = sum((u - mean_x) ** 2 for u in x)
    sxy = sum((u - mean_x) * (v - mean_y) for u, v in zip(x, y))
    syy = sum((v - mean_y) ** 2 for v in y)
    return [n, mean_x, mean_y, sxx, sxy, syy]
