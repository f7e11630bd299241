"""SciPy's Newton with conjugate gradients."""


def newton(f, theta0):
    found = scipy.optimize.minimize(
        lambda t: f(t)[0], theta0, jac=lambda t: f(t)[1], hess=lambda t: f(t)[2],
        method="trust-krylov", options={"gtol": 1e-9, "maxiter": 400},
    )
    return found.x
