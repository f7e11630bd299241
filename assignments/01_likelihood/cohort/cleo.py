"""Centred noise, an axis too few, and sums about zero: three mistakes that look right."""
# %% simulate_line
def simulate_line(rng, x, m, b, s):
    noise = rng.standard_normal(len(x))
    return m * x + b + s * (noise - noise.mean())

# %% tf_log_like_many
def tf_log_like_many(x, y, theta):
    z = (y - theta[:, 0] * x - theta[:, 1]) / tf.exp(theta[:, 2])
    return tf.reduce_sum(-0.5 * z**2 - theta[:, 2] - 0.5 * np.log(2 * np.pi), axis=-1)

# %% summarise
def summarise(x, y):
    n, mean_x, mean_y = len(x), np.mean(x), np.mean(y)
    return np.array([n, mean_x, mean_y, x @ x - n * mean_x**2, x @ y - n * mean_x * mean_y, y @ y - n * mean_y**2])
