def mean(values):
    return np.mean(values)
