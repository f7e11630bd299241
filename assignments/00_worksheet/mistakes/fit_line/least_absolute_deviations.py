"""You are close, but it is not the line of least squares; which power of the residuals do you
add up?
"""

def fit_line(x, y, theta0):
    start = np.polyfit(x, y, 1)
    m, b = scipy.optimize.minimize(
        lambda p: np.sum(np.abs(y - p[0] * x - p[1])), start, method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-9, "maxiter": 4000}
    ).x
    return np.array([m, b, np.log(np.sqrt(np.mean((y - m * x - b) ** 2)))])
