"""The line is right and s is slightly too large; `ddof=1` corrects the variance of data about their
mean, which is not what makes these data most probable.
"""

def fit_line(x, y, theta0):
    m, b = np.polyfit(x, y, 1)
    return np.array([m, b, np.log(np.std(y - m * x - b, ddof=1))])
