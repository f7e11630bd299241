"""It stops where it started; does the optimiser's result come back?"""

def fit_line(x, y, theta0):
    return np.array(theta0, dtype=float)
