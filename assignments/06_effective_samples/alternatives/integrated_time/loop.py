"""One M after the other, until it is large enough."""


def integrated_time(x):
    rho = autocorrelation(x)
    total, window = 1.0, 0
    while window < 5 * total and window < len(x) - 1:
        window += 1
        total += 2 * rho[window]
    return total
