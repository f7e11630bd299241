"""The line is right and s is a little too large; dividing by n − 2 makes the variance unbiased,
which is not what makes the data most probable.
"""

def fit_line(x, y, theta0):
    m, b = np.polyfit(x, y, 1)
    return np.array([m, b, 0.5 * np.log(np.sum((y - m * x - b) ** 2) / (len(x) - 2))])
