"""All three sums are one product of matrices."""


def summarise(x, y):
    data = np.stack([x, y], axis=1)
    means = data.mean(axis=0)
    products = (data - means).T @ (data - means)
    return np.array([len(x), *means, products[0, 0], products[0, 1], products[1, 1]])
