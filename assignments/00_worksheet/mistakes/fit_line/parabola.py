"""You fit a parabola and return the straight part of it; the model has no square of x."""

def fit_line(x, y, theta0):
    curve = np.polyfit(x, y, 2)
    return np.array([curve[1], curve[2], np.log(np.sqrt(np.mean((y - np.polyval(curve, x)) ** 2)))])
