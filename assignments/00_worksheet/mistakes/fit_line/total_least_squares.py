"""You measure the distance at a right angle to the line; here the noise is in y alone."""

def fit_line(x, y, theta0):
    u, s, vt = np.linalg.svd(np.column_stack([x - x.mean(), y - y.mean()]), full_matrices=False)
    m = vt[0, 1] / vt[0, 0]
    b = y.mean() - m * x.mean()
    return np.array([m, b, np.log(np.std(y - m * x - b))])
