"""The three numbers are right, but b comes before m."""

def fit_line(x, y, theta0):
    m, b = np.polyfit(x, y, 1)
    return np.array([b, m, np.log(np.sqrt(np.mean((y - m * x - b) ** 2)))])
