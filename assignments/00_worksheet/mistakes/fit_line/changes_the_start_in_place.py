"""Your fit is right, and the starting point that you were given is another one afterwards; work on
a copy.
"""

def fit_line(x, y, theta0):
    theta0[:2] = np.polyfit(x, y, 1)
    theta0[2] = 0.5 * np.log(np.mean((y - theta0[0] * x - theta0[1]) ** 2))
    return theta0
