"""One pass that keeps the means up to date (Welford 1962)."""


def summarise(x, y):
    n, mean_x, mean_y, sxx, sxy, syy = 0, 0.0, 0.0, 0.0, 0.0, 0.0
    for u, v in zip(x, y):
        n += 1
        du, dv = u - mean_x, v - mean_y
        mean_x, mean_y = mean_x + du / n, mean_y + dv / n
        sxx, sxy, syy = sxx + du * (u - mean_x), sxy + du * (v - mean_y), syy + dv * (v - mean_y)
    return np.array([n, mean_x, mean_y, sxx, sxy, syy])
