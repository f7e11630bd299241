"""It ends where it started; does the optimiser's result come back, and do value and gradient agree
which way is down?
"""

def fit_line(x, y, theta0):
    return np.array(theta0, dtype=float)
