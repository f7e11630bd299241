"""Points that share their x are points like others; yours keeps one of them."""

def fit_line(x, y, theta0):
    x, first = np.unique(x, return_index=True)
    y = y[first]
    m, b = np.polyfit(x, y, 1)
    return np.array([m, b, np.log(np.std(y - m * x - b))])
