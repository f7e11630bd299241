"""Lifting the data does not lift your line; it is forced through the origin."""

def fit_line(x, y, theta0):
    m = np.sum(x * y) / np.sum(x**2)
    return np.array([m, 0.0, np.log(np.sqrt(np.mean((y - m * x) ** 2)))])
