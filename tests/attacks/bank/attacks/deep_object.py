"""Returns a list that is nested a hundred thousand deep, and one that holds itself."""


def tf_log_like(x, y, m, b, s):
    nested = []
    for _ in range(100_000):
        nested = [nested]
    nested.append(nested)
    return nested
