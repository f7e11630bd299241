"""Wrong in three ways: no chain rule for log s, the prior upside down, and walkers not counted."""
# %% grad_log_like_log_s
def grad_log_like_log_s(x, y, m, b, log_s):
    s = tf.exp(log_s)
    return grad_log_like(x, y, m, b, s)

# %% fit_line
def fit_line(x, y, theta0):
    m, b = np.polyfit(x, y, 1)
    return np.array([m, b, 0.5 * np.log(np.mean((y - m * x - b) ** 2))])

# %% log_prior
def log_prior(m, b, log_s):
    return 1.5 * tf.math.log(1.0 + m**2)

# %% sampling_efficiency
def sampling_efficiency(chain, seconds):
    n_eff = float(len(chain) / np.mean(integrated_time(chain)))
    return n_eff, seconds / n_eff
