"""You are close, and points far from the line pull less than they should; a Gaussian has a
square, not a soft edge.
"""

def fit_line(x, y, theta0):
    found = scipy.optimize.least_squares(lambda p: y - p[0] * x - p[1], theta0[:2], loss="soft_l1", xtol=1e-14, ftol=1e-14, gtol=1e-14)
    m, b = found.x
    return np.array([m, b, np.log(np.sqrt(np.mean((y - m * x - b) ** 2)))])
