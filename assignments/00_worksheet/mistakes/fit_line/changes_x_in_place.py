"""Your fit is right, and the x that you were given are in another order afterwards; work on a
copy.
"""

def fit_line(x, y, theta0):
    order = np.argsort(x)
    y = y[order]
    x.sort()
    m, b = np.polyfit(x, y, 1)
    return np.array([m, b, 0.5 * np.log(np.mean((y - m * x - b) ** 2))])
