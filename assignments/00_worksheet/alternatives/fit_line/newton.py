"""Newton's method on the sums, by hand."""

def fit_line(x, y, theta0):
    sums = np.array([[np.sum(x * x), np.sum(x)], [np.sum(x), len(x)]])
    m, b = np.linalg.solve(sums, [np.sum(x * y), np.sum(y)])
    return np.array([m, b, 0.5 * np.log(np.mean((y - m * x - b) ** 2))])
