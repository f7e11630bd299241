"""The line is right, and the third number is twice what it should be; s is the root of the mean
square.
"""

def fit_line(x, y, theta0):
    m, b = np.polyfit(x, y, 1)
    return np.array([m, b, np.log(np.mean((y - m * x - b) ** 2))])
