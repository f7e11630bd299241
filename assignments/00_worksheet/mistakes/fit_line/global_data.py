"""It finds the same line for any data; your function fits the notebook's x and y, not its
arguments.
"""

def fit_line(x, y, theta0):
    x, y = x_tensor.numpy(), y_tensor.numpy()
    m, b = np.polyfit(x, y, 1)
    return np.array([m, b, np.log(np.sqrt(np.mean((y - m * x - b) ** 2)))])
