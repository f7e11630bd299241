"""By the number of effective draws, and with n m - 1 in the variance."""


def mean_and_error(chain):
    tau = sum(integrated_time(column) for column in chain.T) / chain.shape[1]
    effective = chain.size / tau
    return chain.mean(), chain.std(ddof=1) / effective**0.5
