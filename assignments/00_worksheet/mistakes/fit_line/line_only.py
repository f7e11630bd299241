"""Two numbers come back where there are three parameters; the size of the scatter is to be
found too.
"""

def fit_line(x, y, theta0):
    return np.polyfit(x, y, 1)
