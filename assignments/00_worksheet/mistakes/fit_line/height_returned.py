"""One number comes back, the value at the optimum; the place is asked for, not the height."""

def fit_line(x, y, theta0):
    m, b = np.polyfit(x, y, 1)
    s = np.sqrt(np.mean((y - m * x - b) ** 2))
    return np_log_like(x, y, m, b, s)
