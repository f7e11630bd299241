"""Slope and scatter are right; the intercept is the line's height at x = 0, and yours is its
height at the mean of x.
"""

def fit_line(x, y, theta0):
    c = x - x.mean()
    m = c @ y / (c @ c)
    b = y.mean()
    return np.array([m, b, np.log(np.std(y - b - m * c))])
