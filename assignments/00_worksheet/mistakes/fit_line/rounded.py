"""You are right to two digits; rounding is for the printed number, not for the returned one."""

def fit_line(x, y, theta0):
    m, b = np.polyfit(x, y, 1)
    return np.round([m, b, np.log(np.sqrt(np.mean((y - m * x - b) ** 2)))], 2)
