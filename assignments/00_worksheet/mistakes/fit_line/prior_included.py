"""You are close, and drawn towards flat lines; the likelihood alone is to be made large here."""

def fit_line(x, y, theta0):
    def negative(theta):
        m, b, log_s = theta
        z = (y - m * x - b) * np.exp(-log_s)
        return 0.5 * np.sum(z**2) + len(x) * log_s + 1.5 * np.log1p(m**2)

    line = np.array([*np.polyfit(x, y, 1), theta0[2]])
    return scipy.optimize.minimize(negative, line, method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-9, "maxiter": 4000}).x
