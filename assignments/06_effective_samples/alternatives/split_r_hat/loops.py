"""In plain Python, half by half."""


def split_r_hat(chains):
    n, m = chains.shape
    h = n // 2
    halves = [chains[start : start + h, k].tolist() for k in range(m) for start in (0, h)]
    means = [sum(half) / h for half in halves]
    grand = sum(means) / len(means)
    between = h / (len(means) - 1) * sum((mean - grand) ** 2 for mean in means)
    squares = [sum((v - mean) ** 2 for v in half) / (h - 1) for half, mean in zip(halves, means)]
    within = sum(squares) / len(squares)
    return (((h - 1) / h * within + between / h) / within) ** 0.5
