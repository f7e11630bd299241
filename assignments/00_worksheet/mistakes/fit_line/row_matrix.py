"""The three numbers are right, but they come as a matrix of one row; an array of shape [3] is
asked for.
"""

def fit_line(x, y, theta0):
    m, b = np.polyfit(x, y, 1)
    return np.array([[m, b, np.log(np.sqrt(np.mean((y - m * x - b) ** 2)))]])
