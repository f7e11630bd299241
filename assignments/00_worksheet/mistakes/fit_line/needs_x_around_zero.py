"""With x on both sides of zero you are right, and else not; slope and intercept are searched one
after the other, and each pulls the other along.
"""

def fit_line(x, y, theta0):
    m, b = theta0[0], theta0[1]
    for _ in range(60):
        m = np.sum(x * (y - b)) / np.sum(x * x)
        b = np.mean(y - m * x)
    return np.array([m, b, 0.5 * np.log(np.mean((y - m * x - b) ** 2))])
