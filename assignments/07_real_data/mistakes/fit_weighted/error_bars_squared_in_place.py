"""The caller's error bars are squared in place: whoever uses them afterwards has others."""


def fit_weighted(x, y, sigma_y):
    sigma_y **= 2
    design = np.stack([x, np.ones(len(x))], axis=1)
    covariance = np.linalg.inv(design.T @ (design / sigma_y[:, None]))
    return covariance @ (design.T @ (y / sigma_y)), covariance
