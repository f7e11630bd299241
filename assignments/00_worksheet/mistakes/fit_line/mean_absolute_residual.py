"""The line is right and s is too small; the mean size of a residual is not its root mean square."""

def fit_line(x, y, theta0):
    m, b = np.polyfit(x, y, 1)
    return np.array([m, b, np.log(np.mean(np.abs(y - m * x - b)))])
