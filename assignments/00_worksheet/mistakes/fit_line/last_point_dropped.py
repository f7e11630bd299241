"""You are close, but one point has no say; look at the end of your slice."""

def fit_line(x, y, theta0):
    x, y = x[:-1], y[:-1]
    m, b = np.polyfit(x, y, 1)
    return np.array([m, b, np.log(np.sqrt(np.mean((y - m * x - b) ** 2)))])
