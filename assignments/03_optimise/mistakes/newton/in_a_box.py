"""It looks for the bottom within ten of zero and stops at that border; a bottom may lie anywhere."""


def newton(f, theta0):
    return scipy.optimize.minimize(
        lambda t: f(t)[:2], theta0, jac=True, method="L-BFGS-B", bounds=[(-10, 10)] * len(theta0)
    ).x
