"""The line is right, and the third number is s; its log is asked for."""

def fit_line(x, y, theta0):
    m, b = np.polyfit(x, y, 1)
    return np.array([m, b, np.sqrt(np.mean((y - m * x - b) ** 2))])
