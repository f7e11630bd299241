"""Your line goes through two of the points and forgets the others; every one has a say."""

def fit_line(x, y, theta0):
    first, last = np.argmin(x), np.argmax(x)
    m = (y[last] - y[first]) / (x[last] - x[first])
    b = y[first] - m * x[first]
    return np.array([m, b, np.log(np.sqrt(np.mean((y - m * x - b) ** 2)))])
