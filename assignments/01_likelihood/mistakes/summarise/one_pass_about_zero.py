"""The sums are collected about zero and centred at the end: far from zero their digits cancel."""


def summarise(x, y):
    n = sx = sy = sxx = sxy = syy = 0.0
    for u, v in zip(x, y):
        n, sx, sy = n + 1, sx + u, sy + v
        sxx, sxy, syy = sxx + u * u, sxy + u * v, syy + v * v
    return np.array([n, sx / n, sy / n, sxx - sx * sx / n, sxy - sx * sy / n, syy - sy * sy / n])
