"""Your line is too steep; you minimise distances in x, and the noise is in y."""

def fit_line(x, y, theta0):
    slope, start = np.polyfit(y, x, 1)
    m, b = 1 / slope, -start / slope
    return np.array([m, b, np.log(np.sqrt(np.mean((y - m * x - b) ** 2)))])
