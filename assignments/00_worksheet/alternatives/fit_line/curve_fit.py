"""SciPy's curve_fit for the line."""

def fit_line(x, y, theta0):
    (m, b), _ = scipy.optimize.curve_fit(lambda x, m, b: m * x + b, x, y, p0=theta0[:2])
    return np.array([m, b, np.log(np.sqrt(np.mean((y - m * x - b) ** 2)))])
