"""Your array is float32; the rest of the worksheet computes in float64."""

def fit_line(x, y, theta0):
    m, b = np.polyfit(x, y, 1)
    return np.array([m, b, np.log(np.sqrt(np.mean((y - m * x - b) ** 2)))], dtype=np.float32)
