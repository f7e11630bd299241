"""Without gradients, and patient."""

def fit_line(x, y, theta0):
    def negative(theta):
        return -np_log_like(x, y, theta[0], theta[1], np.exp(theta[2]))

    start = np.array(theta0, dtype=float)
    for _ in range(3):
        start = scipy.optimize.minimize(
            negative, start, method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-8, "maxiter": 5000}
        ).x
    return start
