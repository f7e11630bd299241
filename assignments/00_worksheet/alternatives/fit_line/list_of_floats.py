"""A list of three floats where the signature says array."""

def fit_line(x, y, theta0):
    m = float(np.cov(x, y, bias=True)[0, 1] / np.var(x))
    b = float(np.mean(y) - m * np.mean(x))
    return [m, b, float(np.log(np.std(y - m * x - b)))]
