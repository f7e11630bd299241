"""The line is right and s is slightly too large; `ddof=1` makes a variance unbiased, which is
not what makes the data most probable.
"""

def fit_line(x, y, theta0):
    m, b = np.polyfit(x, y, 1)
    return np.array([m, b, np.log(np.std(y - m * x - b, ddof=1))])
