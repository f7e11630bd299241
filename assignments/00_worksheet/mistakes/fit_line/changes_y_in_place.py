"""Your fit is right, and the y that you were given are others afterwards; work on a copy."""

def fit_line(x, y, theta0):
    height = np.mean(y)
    y -= height
    m, b = np.polyfit(x, y, 1)
    return np.array([m, b + height, 0.5 * np.log(np.mean((y - m * x - b) ** 2))])
