"""Points beyond three error bars are left out: all points count here."""


def fit_weighted(x, y, sigma_y):
    line, covariance = np.polyfit(x, y, 1, w=1 / sigma_y, cov="unscaled")
    near = np.abs(y - np.polyval(line, x)) < 3 * sigma_y
    if np.sum(near) < 2 or np.all(near):
        return line, covariance
    return np.polyfit(x[near], y[near], 1, w=1 / sigma_y[near], cov="unscaled")
