# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Appendix: the worksheet as it was
#
# The first version of the worksheet was written in 2018 for TensorFlow 1, in which nothing is
# computed until a *session* is told to run a *graph*. Much scientific code from those years is
# still in use, and one day you may have to read some. This notebook runs the old form beside
# today's and compares the numbers. Nothing in it is graded.
#
# TensorFlow 2 keeps the old interface under `tf.compat.v1`. Every operation created inside
# `with graph.as_default():` becomes a node of that graph; outside of it, TensorFlow computes at
# once, as in the worksheet.

# %%
import numpy as np
import scipy.optimize
import tensorflow as tf

tf1 = tf.compat.v1
T = tf.float64

np.random.seed(123)
true_params = (-0.4, 0.03, 0.1)  # m, b, s
x = np.sort(np.random.uniform(-1, 1, 50))
y = true_params[0] * x + true_params[1] + true_params[2] * np.random.randn(len(x))

# %% [markdown]
# ## One function for both
#
# The log likelihood is written once. It neither knows nor cares whether its operations run now or
# are noted down for later.

# %%
def tf_log_like(x, y, m, b, s):
    """The log likelihood of the line m x + b with scatter s."""
    model = m * x + b
    return -0.5 * tf.reduce_sum(((y - model) / s) ** 2 + tf.math.log(2 * np.pi * s**2))

# %% [markdown]
# ## 2018: a graph and a session
#
# Below, `log_like` is not a number but a node. Even the variables have no values before
# `global_variables_initializer` has been run, once for every session.
#
# One argument was not there in 2018: `use_resource=False`. The section on the trap says why it is
# needed now.

# %%
graph = tf.Graph()
with graph.as_default():
    x_tensor = tf.constant(x, dtype=T)
    y_tensor = tf.constant(y, dtype=T)
    m_tensor = tf1.Variable(true_params[0], dtype=T, name="m", use_resource=False)
    b_tensor = tf1.Variable(true_params[1], dtype=T, name="b", use_resource=False)
    log_s_tensor = tf1.Variable(np.log(true_params[2]), dtype=T, name="log_s", use_resource=False)
    s_tensor = tf.exp(log_s_tensor)
    log_like = tf_log_like(x_tensor, y_tensor, m_tensor, b_tensor, s_tensor)

print("log_like is", log_like)
with tf1.Session(graph=graph) as session:
    with graph.as_default():
        session.run(tf1.global_variables_initializer())
    print("its value:", session.run(log_like))

# %% [markdown]
# Today the same is a function call:

# %%
now = [tf.constant(value, dtype=T) for value in (x, y, *true_params)]
print("its value:", tf_log_like(*now).numpy())

# %% [markdown]
# ## `feed_dict`: other values for one run
#
# `feed_dict` puts a value in the place of a tensor for the length of one `run`. The keys are the
# tensors themselves, not their names. Whatever is computed *from* a tensor that was fed follows it;
# everything else stays as it is.

# %%
with tf1.Session(graph=graph) as session:
    with graph.as_default():
        session.run(tf1.global_variables_initializer())
    print("slope 0.1:    ", session.run(log_like, feed_dict={m_tensor: 0.1}))
    print("all data zero:", session.run(log_like, feed_dict={y_tensor: np.zeros_like(y)}))

# %% [markdown]
# Today:

# %%
other_slope = tf.constant(0.1, dtype=T)
print("slope 0.1:    ", tf_log_like(now[0], now[1], other_slope, *now[3:]).numpy())
print("all data zero:", tf_log_like(now[0], tf.zeros_like(now[1]), *now[2:]).numpy())

# %% [markdown]
# ## The trap
#
# Code from 2018 is often brought to life with `import tensorflow.compat.v1 as tf` and a line
# `tf.disable_eager_execution()`. It then runs, without an error or a warning, and some of its
# numbers are wrong.
#
# TensorFlow 2 makes *resource* variables. Such a variable is a handle, and reading it is an
# operation of its own, which `log_like` has already been connected to. Feeding the variable
# replaces a value that nobody looks at. Here is the same model with variables of that kind. Asked
# for a slope of 0.1, it answers for −0.4, and gives 38.04 again:

# %%
with tf.Graph().as_default() as trap:
    parameters = [tf1.Variable(value, dtype=T, use_resource=True) for value in true_params]
    trapped = tf_log_like(tf.constant(x, dtype=T), tf.constant(y, dtype=T), *parameters)
    start = tf1.global_variables_initializer()

with tf1.Session(graph=trap) as session:
    session.run(start)
    fed = session.run(trapped, feed_dict={parameters[0]: 0.1})
    print("not fed:  ", session.run(trapped))
    print("slope 0.1:", fed, " <- still the old slope")

# %% [markdown]
# The ways out: `tf.disable_v2_behavior()` instead of `tf.disable_eager_execution()`, as it restores
# the old kind of variable everywhere; or `use_resource=False`, as above, for single variables. In
# either case, check one number that you know. Silence is no proof.

# %% [markdown]
# ## Gradients
#
# A graph remembers how everything in it was computed, so `tf.gradients` only has to walk it
# backwards. The result is more nodes.

# %%
with graph.as_default():
    gradient = tf1.gradients(log_like, [m_tensor, b_tensor, s_tensor])
    gradient_log_s = tf1.gradients(log_like, log_s_tensor)[0]

with tf1.Session(graph=graph) as session:
    with graph.as_default():
        session.run(tf1.global_variables_initializer())
    print("by (m, b, s):", *session.run(gradient))
    print("by log s:    ", session.run(gradient_log_s))

# %% [markdown]
# Today nothing is remembered unless a tape is running:

# %%
with tf.GradientTape() as tape:
    tape.watch(now[2:])
    value = tf_log_like(*now)
print("by (m, b, s):", *[derivative.numpy() for derivative in tape.gradient(value, now[2:])])

# %% [markdown]
# ## `TFModel` and the optimiser
#
# The course's `TFModel` still wraps a node of a graph. As in 2018 it has to be given the session
# first, by `setup`; from then on it speaks NumPy like its younger self. The optimiser that
# TensorFlow 1 wrapped around SciPy is gone with `tf.contrib`, and nothing is lost: SciPy's own
# `minimize` asks for a value and a gradient, and the model has both.

# %%
from course_lib.inference import TFModel

with graph.as_default():
    log_prob = log_like - 1.5 * tf.math.log(1.0 + m_tensor**2)
    initialize = tf1.global_variables_initializer()
    likelihood = TFModel(log_like, [m_tensor, b_tensor, log_s_tensor])
    posterior = TFModel(log_prob, [m_tensor, b_tensor, log_s_tensor])

with tf1.Session(graph=graph) as session:
    session.run(initialize)
    likelihood.setup(session)
    posterior.setup(session)

    theta = posterior.current_vector()
    print("log_prob:      ", posterior.value(theta))
    print("its gradient:  ", posterior.gradient(theta))
    best = scipy.optimize.minimize(
        lambda theta: -likelihood.value(theta), theta,
        jac=lambda theta: -likelihood.gradient(theta), method="L-BFGS-B",
    )

print("most likely:   ", best.x[0], best.x[1], np.exp(best.x[2]))
print("log likelihood:", -best.fun)

# %% [markdown]
# ## What to take away
#
# A graph with sessions and feeding is a small language of its own, in which a program writes
# another program. Today's form, functions with arguments, needs less of everything, and
# `tf.function` still turns such a function into a graph where speed matters. When you meet the old
# form, three questions settle most riddles: in which graph is this node? Which session holds the
# variables' values? And is what I feed what the result is computed from?
