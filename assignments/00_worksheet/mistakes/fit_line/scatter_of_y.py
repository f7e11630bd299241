"""The line is right and s is far too large; it is the scatter about the line that is wanted,
not that of y.
"""

def fit_line(x, y, theta0):
    m, b = np.polyfit(x, y, 1)
    return np.array([m, b, np.log(np.std(y))])
