# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Fitting a line, with gradients
#
# Few problems are simpler than a straight line through noisy points. That makes it a good place to
# learn tools that were made for hard ones: with an easy model you can tell, at every step, whether
# the answer is right.
#
# By the end of this worksheet you will have written a likelihood in TensorFlow, let TensorFlow
# differentiate it, maximised it, turned it into a posterior, and sampled that posterior twice: once
# with an ensemble sampler that only asks "how high is it here?", and once with a Hamiltonian
# sampler that also asks "which way is up?". Two sections towards the end, *The verdict* and *A fair
# race*, find out what the second question is worth.
#
# *Three hours, 20 points: 18 by checks, 2 for an answer in words. Natural breaks are before the
# gradients, before the posterior, and before the samplers.*
#
# **How to work through it.** Run the cells from top to bottom. Where you see `# YOUR CODE HERE`,
# replace that line and the `raise` below it by your own code. Each exercise is followed by a cell
# such as `check(tf_log_like)`: run it as often as you like. It tries your function on many inputs,
# and when something is off it shows you the smallest input on which it goes wrong. Keep the names
# and the order of the arguments as they are. Do not change an array that your function is given;
# work on a copy. If you are stuck, `hint(tf_log_like)` gives a hint, and one more each time;
# `check_all()` tries every exercise and shows the total.

# %% [markdown]
# ## Setting the scene
#
# NumPy, SciPy and Matplotlib you know. `check`, `check_all` and `hint` belong to this course. The
# other lines keep TensorFlow's own log quiet and settle how the figures look.

# %%
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"  # TensorFlow greets everybody on a red ground: not here

import numpy as np
import scipy.optimize
import matplotlib.pyplot as plt

from course_lib import check, check_all, hint

plt.rcParams.update({
    "figure.figsize": (6.0, 3.6), "figure.dpi": 120,
    "axes.spines.top": False, "axes.spines.right": False, "axes.titlesize": "medium",
    "font.size": 10, "legend.frameon": False, "lines.linewidth": 1.5,
})
INK, TRUTH, FIT = "0.15", "#c8553d", "#2f6690"  # data, what is true, what you find

# %% [markdown]
# Our data are made up, so that we know the truth. Fifty points lie on the line $y = m\,x + b$ with
# slope $m = -0.4$ and intercept $b = 0.03$; each was then moved up or down by Gaussian noise with
# standard deviation $s = 0.1$. We keep $s$ to ourselves: nobody hands out error bars here, so the
# fit will have to find the size of the scatter as well as the line. The seed is fixed, so your
# numbers can be compared with the ones in the text.

# %%
np.random.seed(123)
true_params = (-0.4, 0.03, 0.1)  # m, b, s
x = np.sort(np.random.uniform(-1, 1, 50))
y = true_params[0] * x + true_params[1] + true_params[2] * np.random.randn(len(x))

# %% tags=["demonstration"]
t = np.linspace(-1, 1, 2)
plt.plot(x, y, "o", color=INK, markersize=3.5, label="data")
plt.plot(t, true_params[0] * t + true_params[1], color=TRUTH, label="truth")
plt.xlabel("x")
plt.ylabel("y")
plt.legend();

# %% [markdown]
# ## How probable are these data?
#
# Suppose someone proposes values for $m$, $b$ and $s$. Every point then misses the proposed
# line by some residual $r_n = y_n - m\,x_n - b$, and the proposal says that residuals are drawn
# from a Gaussian of width $s$. The points are independent, so their densities multiply, and the
# logarithms of their densities add up:
#
# $$ \log p(y\,|\,m, b, s) = -\frac{1}{2} \sum_{n=1}^{N} \left[ \frac{(y_n - m\,x_n - b)^2}{s^2}
#    + \log\left(2\pi s^2\right) \right] $$
#
# This is the log likelihood. The first term rewards a line that passes close to the points. The
# second is the price of a large $s$: without it, the best excuse for any misfit would be an
# enormous scatter. [Hogg, Bovy & Lang (2010)](https://arxiv.org/abs/1008.4686) tell the whole
# story, well worth an afternoon.
#
# In NumPy it is two lines.

# %%
def np_log_like(x, y, m, b, s):
    """The log likelihood of the line m x + b with scatter s: a float."""
    model = m * x + b
    return -0.5 * np.sum(((y - model) / s) ** 2 + np.log(2 * np.pi * s**2))


print("log likelihood at the truth, NumPy:", np_log_like(x, y, *true_params))

# %% [markdown]
# ## The same in TensorFlow
#
# TensorFlow computes with *tensors*, arrays of a fixed type. What sets them apart from NumPy's is
# that TensorFlow can keep a record of the operations that lead from one tensor to another. That
# record is what we are after, because derivatives can be read off from it.
#
# Two habits matter from the first line on.
#
# * TensorFlow's own default is single precision, about seven digits. A log likelihood is a sum in
#   which large terms cancel, and seven digits run out quickly. So we say `float64` every time we
#   make a tensor.
# * The parameters become `tf.Variable`s, tensors whose value can change. The data become
#   `tf.constant`s, which cannot.
#
# The [documentation](https://www.tensorflow.org/api_docs/python/tf) lists every function.

# %%
import tensorflow as tf

print("TensorFlow", tf.__version__)

T = tf.float64
x_tensor = tf.constant(x, dtype=T)
y_tensor = tf.constant(y, dtype=T)
m_tensor = tf.Variable(true_params[0], dtype=T, name="m")
b_tensor = tf.Variable(true_params[1], dtype=T, name="b")
s_tensor = tf.Variable(true_params[2], dtype=T, name="s")

# %% [markdown]
# ### Exercise: `tf_log_like`
#
# Write the log likelihood with TensorFlow's operations. The arguments arrive as `float64` tensors:
# `x` and `y` with shape `[n]`, the others scalars. Return one scalar tensor.
#
# *A hint.* A good part of NumPy has a cousin here: `np.sum` is `tf.reduce_sum`, and `np.log` is
# `tf.math.log`. Resist the temptation to leave an `np.log` in place. It often gives the right
# number, but TensorFlow's record has a gap there, and the derivative will be wrong without a word
# of warning. A plain number such as `2 * np.pi` is harmless, as long as it meets a `float64` tensor
# *before* TensorFlow gets hold of it: `tf.math.log(2 * np.pi)` by itself has only seven digits.

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "tf_log_like", "locked": false, "schema_version": 3, "solution": true, "task": false}
def tf_log_like(x, y, m, b, s):
    """The log likelihood of the line m x + b with scatter s: a float64 tensor of shape []."""
    ### BEGIN SOLUTION
    model = m * x + b
    return -0.5 * tf.reduce_sum(((y - model) / s) ** 2 + tf.math.log(2 * np.pi * s**2))
    ### END SOLUTION

# %%
log_like = tf_log_like(x_tensor, y_tensor, m_tensor, b_tensor, s_tensor)
print("log_like is", log_like)
print("log likelihood at the truth, TensorFlow:", log_like.numpy())

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_tf_log_like", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(tf_log_like)

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": false, "grade_id": "aside_session", "locked": true, "schema_version": 3, "solution": false, "task": false}
# <details><summary><b>Aside: how this was written in 2018</b></summary>
#
# TensorFlow 1 kept the description of a computation apart from the computation. Calling
# `tf_log_like` only added nodes to a *graph*; a number appeared when a *session* ran it.
#
# ```python
# log_like = tf_log_like(x_tensor, y_tensor, m_tensor, b_tensor, s_tensor)
# with tf.Session() as session:
#     session.run(tf.global_variables_initializer())
#     print(session.run(log_like))
# ```
#
# Today a function call is enough. A notebook of its own, `graph_mode`, runs the old form beside the
# new one; it is handed out apart from this one.
# </details>

# %% [markdown]
# ### A question to answer in words
#
# Both versions print 38.04 for the true parameters. Look at that number for a while. **What does
# the value of `log_like` mean, and why this value?** Why is it positive, when the logarithm of a
# probability never is? Could you have guessed it, roughly, from $N = 50$ and $s = 0.1$ alone? A few
# sentences will do. This answer is read by a person.

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "meaning_of_log_like", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# It is the logarithm of the probability *density* of the fifty observed y values, if the line and
# the scatter are the ones proposed. A density has units (here one over y, fifty times over), so it
# may exceed one, and its logarithm may be positive: a Gaussian of width 0.1 is about 4 high.
#
# At the truth, the squared residuals average s², so a term is on average −½ − ½ log(2π s²) = −0.5 +
# 1.38 = 0.88, and fifty of them make 44. The first part scatters by √(N/2) = 5, so 38 is an
# ordinary value, a little more than one standard deviation low. The number alone says nothing about
# how good the model is: change the units of y and it shifts by a constant. Only differences between
# parameter values, for the same data, carry a meaning.

# %% [markdown]
# ### Somewhere else, and other data
#
# Because `tf_log_like` is a function of everything that it needs, asking it about another slope, or
# about other data, is just another call. A slope of 0.1 points the wrong way, and the log
# likelihood falls to about −121.38. And if every $y_n$ had been zero, a line with slope −0.4 would
# have been a poor idea too: about −19.32.

# %%
other_slope = tf.constant(0.1, dtype=T)
flat_data = tf.zeros_like(y_tensor)

print("at slope 0.1:  ", tf_log_like(x_tensor, y_tensor, other_slope, b_tensor, s_tensor).numpy())
print("all data zero: ", tf_log_like(x_tensor, flat_data, m_tensor, b_tensor, s_tensor).numpy())

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": false, "grade_id": "aside_feed_dict", "locked": true, "schema_version": 3, "solution": false, "task": false}
# <details><summary><b>Aside: how this was written in 2018</b></summary>
#
# A graph has no arguments, so other values had to be *fed* to it. The keys of the dictionary are
# tensors.
#
# ```python
# session.run(log_like, feed_dict={m_tensor: 0.1})
# session.run(log_like, feed_dict={y_tensor: np.zeros_like(y)})
# ```
# </details>

# %% [markdown]
# TensorFlow still has graphs; it builds them when you ask. `tf.function` *traces* a Python function
# once, keeps the graph, and runs that from then on, which is a good deal faster. One thing to know:
# a tensor argument is an input of the graph, but a Python float is baked into it as a constant, so
# each new float costs a new trace. The next cell counts.

# %% tags=["demonstration"]
traces = []


@tf.function
def traced_log_like(m):
    traces.append(m)  # a Python side effect: it happens while tracing, and only then
    return tf_log_like(x_tensor, y_tensor, m, b_tensor, s_tensor)


slopes = [-0.5, -0.4, -0.3]
for slope in slopes:
    traced_log_like(tf.constant(slope, dtype=T))
print("three tensors:", len(traces), "trace")

traces.clear()
for slope in slopes:
    traced_log_like(slope)
print("three floats: ", len(traces), "traces")

# %% [markdown]
# Saying once what the arguments are settles the matter: with
# `@tf.function(input_signature=[tf.TensorSpec([], tf.float64)])` there is one trace, whatever
# comes.

# %% [markdown]
# ## Gradients
#
# Why gradients at all? A value says how good a place is; a gradient says where to go from there.
# An optimiser that knows it need not try every direction, and the more parameters there are, the
# more that is worth: one gradient tells as much as $2 d$ values. A sampler that knows it can make
# long moves that are still accepted ([Neal 2011](https://arxiv.org/abs/1206.1901)); that is how
# [Stan](https://mc-stan.org) and [PyMC](https://www.pymc.io) sample. You will do both below.
#
# Now for what TensorFlow is really for. Inside a `tf.GradientTape` every operation is recorded;
# afterwards the tape is played backwards, and the chain rule, applied step by step, yields the
# derivative of one number by as many others as you like, at the price of a few evaluations:
#
# ```python
# with tf.GradientTape() as tape:
#     tape.watch([u, v])
#     value = some_function(u, v)
# du, dv = tape.gradient(value, [u, v])
# ```
#
# `tape.watch` is needed for ordinary tensors. `Variable`s are watched of their own accord.
#
# ### Exercise: `grad_log_like`
#
# Return the derivatives of `tf_log_like` by `m`, by `b` and by `s`, as a tuple of three
# scalar tensors. The arguments are tensors as before. At the true parameters you should find about
# (−48.606, 52.640, 122.767).

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "grad_log_like", "locked": false, "schema_version": 3, "solution": true, "task": false}
def grad_log_like(x, y, m, b, s):
    """The derivatives of the log likelihood by m, b and s: three float64 tensors of shape []."""
    ### BEGIN SOLUTION
    with tf.GradientTape() as tape:
        tape.watch([m, b, s])
        value = tf_log_like(x, y, m, b, s)
    return tuple(tape.gradient(value, [m, b, s]))
    ### END SOLUTION

# %%
truth_tensors = [tf.constant(value, dtype=T) for value in true_params]
gradient = grad_log_like(x_tensor, y_tensor, *truth_tensors)
print("gradient by (m, b, s):", *[derivative.numpy() for derivative in gradient])

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_grad_log_like", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(grad_log_like)

# %% [markdown]
# A derivative is a claim that can be looked at: it is the slope of the tangent. Below, the log
# likelihood is drawn as a function of the slope $m$ alone, with the tangent that your function
# predicts at the truth. The line always passes through the dot. If it *crosses* the curve there, and
# does not just touch it, your derivative is wrong. The summit is not at the truth, and that is
# not a mistake: fifty noisy points prefer a slightly different line.

# %% tags=["demonstration"]
slopes = np.linspace(-0.65, -0.2, 200)
along = [np_log_like(x, y, slope, *true_params[1:]) for slope in slopes]
here, rise = true_params[0], gradient[0].numpy()
touch = np.array([-0.09, 0.09])

plt.plot(slopes, along, color=FIT, label="log likelihood")
plt.plot(here + touch, np_log_like(x, y, *true_params) + rise * touch, color=TRUTH, label="your tangent")
plt.plot(here, np_log_like(x, y, *true_params), "o", color=TRUTH, markersize=5)
plt.xlabel("slope m")
plt.ylabel("log likelihood")
plt.legend();

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": false, "grade_id": "aside_gradients", "locked": true, "schema_version": 3, "solution": false, "task": false}
# <details><summary><b>Aside: how this was written in 2018</b></summary>
#
# In a graph the record is there anyway, so no tape was needed:
#
# ```python
# grad = tf.gradients(log_like, [m_tensor, b_tensor, s_tensor])
# session.run(grad)
# ```
#
# Outside a graph, `tf.gradients` now raises an error that points to the tape.
# </details>

# %% [markdown]
# ## A better parameter: log s
#
# A standard deviation is positive, but an optimiser or a sampler does not know that. It will sooner
# or later try $s = -0.02$, and the formula above will not even complain, since only $s^2$ appears
# in it. The cure is to use $\log s$ as the parameter. Every real number is then allowed, and a step
# of a given size means the same *factor* in $s$ wherever you are. From here on the parameters are
# $(m, b, \log s)$, in this order.
#
# ### Exercises: `tf_log_like_log_s` and `grad_log_like_log_s`
#
# Write the log likelihood as a function of $\log s$; it should reuse what you have. Then return its
# derivatives by `m`, `b` and `log_s`. Before you run the check, work out on paper what the
# third should be at the truth: which factor turns $\partial/\partial s$ into
# $\partial/\partial \log s$?

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "tf_log_like_log_s", "locked": false, "schema_version": 3, "solution": true, "task": false}
def tf_log_like_log_s(x, y, m, b, log_s):
    """The log likelihood as a function of the logarithm of the scatter: a float64 tensor of shape []."""
    ### BEGIN SOLUTION
    return tf_log_like(x, y, m, b, tf.exp(log_s))
    ### END SOLUTION

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_tf_log_like_log_s", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check(tf_log_like_log_s)

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "grad_log_like_log_s", "locked": false, "schema_version": 3, "solution": true, "task": false}
def grad_log_like_log_s(x, y, m, b, log_s):
    """The derivatives of the log likelihood by m, b and log s: three float64 tensors of shape []."""
    ### BEGIN SOLUTION
    with tf.GradientTape() as tape:
        tape.watch([m, b, log_s])
        value = tf_log_like_log_s(x, y, m, b, log_s)
    return tuple(tape.gradient(value, [m, b, log_s]))
    ### END SOLUTION

# %%
log_s_tensor = tf.Variable(np.log(true_params[2]), dtype=T, name="log_s")
theta_tensors = [tf.convert_to_tensor(v) for v in (m_tensor, b_tensor, log_s_tensor)]
gradient = grad_log_like_log_s(x_tensor, y_tensor, *theta_tensors)
print("gradient by (m, b, log s):", *[derivative.numpy() for derivative in gradient])

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_grad_log_like_log_s", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(grad_log_like_log_s)

# %% [markdown]
# ## The most likely line
#
# With a value and a gradient in hand we can climb. SciPy's `minimize` holds the optimisers that
# most of astronomy uses. It has three peculiarities to respect: it goes *down*, so it must be given
# the negative log likelihood; it speaks NumPy, so tensors have to be turned into floats and arrays
# at the border; and it takes value and gradient from one function if told so by `jac=True`. The
# method `"L-BFGS-B"` remembers the last few gradients to guess the curvature of the landscape.
#
# ### Exercise: `fit_line`
#
# Given arrays `x` and `y` and a starting point `theta0` for $(m, b, \log s)$, return the array
# of the three maximum-likelihood parameters.
# `scipy.optimize.minimize(function, theta0, jac=True, method="L-BFGS-B")` returns an object whose
# attribute `x` is the place it found.

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "fit_line", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fit_line(x, y, theta0):
    """The maximum-likelihood (m, b, log s) for arrays x and y, found from theta0: an array of shape [3]."""
    ### BEGIN SOLUTION
    data = tf.constant(x, dtype=T), tf.constant(y, dtype=T)

    def negative_log_like(theta):
        parameters = [tf.constant(value, dtype=T) for value in theta]
        value = tf_log_like_log_s(*data, *parameters)
        gradient = grad_log_like_log_s(*data, *parameters)
        return -value.numpy(), -np.array([derivative.numpy() for derivative in gradient])

    return scipy.optimize.minimize(negative_log_like, theta0, jac=True, method="L-BFGS-B").x
    ### END SOLUTION

# %%
true_theta = np.array([*true_params[:2], np.log(true_params[2])])
best_theta = fit_line(x, y, true_theta)
best_params = (*best_theta[:2], np.exp(best_theta[2]))
print("log likelihood at the truth:", np_log_like(x, y, *true_params))
print("log likelihood at the fit:  ", np_log_like(x, y, *best_params))
print("truth (m, b, s):", true_params)
print("fit   (m, b, s):", tuple(float(value) for value in best_params))

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_fit_line", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(fit_line)

# %% [markdown]
# For a straight line the answer is also known in closed form: least squares for $m$ and $b$,
# and for $s$ the root mean square of the residuals. Such a case is a gift. It tells you how far
# an optimiser may be trusted in problems that have no closed form. Expect agreement to about six
# digits, and a log likelihood of 39.825, almost 1.8 above the truth's.

# %%
closed_form = np.polyfit(x, y, 1)
residuals = y - np.polyval(closed_form, x)
print("closed form (m, b, s):", *closed_form, np.sqrt(np.mean(residuals**2)))

# %% tags=["demonstration"]
line = best_params[0] * t + best_params[1]
plt.fill_between(t, line - best_params[2], line + best_params[2], color=FIT, alpha=0.15, linewidth=0)
plt.plot(x, y, "o", color=INK, markersize=3.5, label="data")
plt.plot(t, true_params[0] * t + true_params[1], color=TRUTH, label="truth")
plt.plot(t, line, color=FIT, label="most likely, with ± s")
plt.xlabel("x")
plt.ylabel("y")
plt.legend();

# %% [markdown]
# ## From the likelihood to a posterior
#
# The best line is one line. To say how much the others may be believed we need the posterior, and
# so a prior.
#
# A prior that is flat in the slope $m$ looks innocent, but it is not: nearly all of its slopes
# are steeper than any number you can name, so it insists on almost vertical lines. Jake VanderPlas
# [proposes](https://jakevdp.github.io/blog/2014/06/14/frequentism-and-bayesianism-4-bayesian-in-python/)
# to treat all *directions* alike instead. If a line's angle with the $x$ axis and its distance
# from the origin are uniform, then
#
# $$ p(m, b) \propto \left(1 + m^2\right)^{-3/2}. $$
#
# For the scatter we take a prior that is constant in $\log s$: every factor is as good as every
# other.
#
# ### Exercises: `log_prior` and `log_prob`
#
# `log_prior` is the logarithm of the prior, up to a constant of your choice. `log_prob` adds the
# log likelihood to it and so is the log posterior, up to a constant. Both return one scalar tensor.

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "log_prior", "locked": false, "schema_version": 3, "solution": true, "task": false}
def log_prior(m, b, log_s):
    """The log prior, uniform in direction and in log s, up to a constant: a float64 tensor of shape []."""
    ### BEGIN SOLUTION
    return -1.5 * tf.math.log(1.0 + m**2)
    ### END SOLUTION

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_log_prior", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(log_prior)

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "log_prob", "locked": false, "schema_version": 3, "solution": true, "task": false}
def log_prob(x, y, m, b, log_s):
    """The log posterior up to a constant: a float64 tensor of shape []."""
    ### BEGIN SOLUTION
    return tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s)
    ### END SOLUTION

# %%
print("log_prob at the truth:", log_prob(x_tensor, y_tensor, *theta_tensors).numpy())

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_log_prob", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check(log_prob)

# %% [markdown]
# ## A model that samplers can talk to
#
# Samplers want a function that takes one flat array of parameters and returns a number, and perhaps
# a gradient. `TFModel` is that interpreter. It is given a function of the parameters and the
# `Variable`s that say what they are called and where they are now, compiles the function once, and
# speaks NumPy to the outside. It never changes the `Variable`s.
#
# One ability will pay off soon: given an array of shape `[k, 3]`, `value` returns `k` numbers in
# a single call.

# %% tags=["demonstration"]
from course_lib.inference import TFModel


def posterior(m, b, log_s):
    return log_prob(x_tensor, y_tensor, m, b, log_s)


model = TFModel(posterior, [m_tensor, b_tensor, log_s_tensor])
theta = model.current_vector()
print("parameters:", theta)
print("value:     ", model.value(theta))
print("gradient:  ", model.gradient(theta))
print("two values:", model.value(np.stack([theta, best_theta])))

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": false, "grade_id": "aside_model", "locked": true, "schema_version": 3, "solution": false, "task": false}
# <details><summary><b>Aside: how this was written in 2018</b></summary>
#
# The model wrapped a tensor of the graph, and could only be asked inside a session:
#
# ```python
# model = TFModel(log_prob, [m_tensor, b_tensor, log_s_tensor])
# with tf.Session() as session:
#     session.run(tf.global_variables_initializer())
#     model.setup(session)
#     model.value(model.current_vector())
# ```
# </details>

# %% [markdown]
# ## Sampling without gradients
#
# [emcee](https://emcee.readthedocs.io) moves an ensemble of *walkers*. Each one proposes a point on
# the line through itself and another walker, and goes there if the posterior agrees. It needs
# nothing but values, and whatever the scales and correlations of the parameters are, the ensemble
# has them already. That is why it is so widely used.
#
# We start 32 walkers in a tiny ball around the truth, let them spread for 200 steps, forget those,
# and keep 2000 more. The option `vectorize=True` hands half of the ensemble to `model.value` at
# once. Without it you would get the same chain by way of 70 400 separate calls; the section *A fair
# race* does that too, and measures the time.

# %% tags=["demonstration"]
import time

import emcee

walkers, dimensions = 32, len(theta)
start = theta + 1e-5 * np.random.randn(walkers, dimensions)
sampler = emcee.EnsembleSampler(walkers, dimensions, model.value, vectorize=True)

began = time.perf_counter()
spread = sampler.run_mcmc(start, 200)
sampler.reset()
sampler.run_mcmc(spread, 2000, progress="notebook")
emcee_seconds = time.perf_counter() - began

emcee_chain = sampler.get_chain()  # [steps, walkers, parameters]
emcee_evaluations = walkers * (200 + 2000)

# %% [markdown]
# A corner plot shows every parameter alone and every pair together. The lines mark the truth. Look
# for two things: whether the truth lies where a fair share of the samples do, and whether any pair
# is tilted.

# %% tags=["demonstration"]
import corner

labels = ["m", "b", "log s"]
emcee_samples = emcee_chain.reshape(-1, dimensions)
figure = corner.corner(
    emcee_samples, labels=labels, truths=true_theta, truth_color=TRUTH, color=FIT,
    max_n_ticks=3, fig=plt.figure(figsize=(6, 6)),
)

# %% [markdown]
# ## Sampling with gradients
#
# Hamiltonian Monte Carlo treats the negative log posterior as a landscape, places a marble at the
# current parameters, kicks it in a random direction and follows its path. The gradient of the log
# posterior, which points downhill in this landscape, is the force. Because energy is conserved, the
# marble's stopping place can be far away and still be accepted. How far should it roll? The
# No-U-Turn Sampler (NUTS; [Hoffman & Gelman 2014](https://jmlr.org/papers/v15/hoffman14a.html))
# follows it until it begins to come back, so that nobody has to choose. [Neal
# (2011)](https://arxiv.org/abs/1206.1901) is the introduction to read.
#
# Here is one such path. The marble starts at the truth and is kicked; the gradient bends its way,
# and ten small steps carry it across the posterior. Each step is a kick, a move, and another kick.

# %% tags=["demonstration"]
widths = emcee_samples.std(axis=0)
place, momentum = theta.copy(), np.array([1.3, -0.9, 0.4])
path = [place]
for _ in range(10):
    momentum = momentum + 0.5 * 0.3 * widths * model.gradient(place)
    place = place + 0.3 * widths * momentum
    momentum = momentum + 0.5 * 0.3 * widths * model.gradient(place)
    path.append(place)

plt.plot(emcee_samples[::40, 0], emcee_samples[::40, 1], ".", color="0.85", markersize=2)
plt.plot(*np.array(path)[:, :2].T, "o-", color=FIT, markersize=3, label="one path")
plt.plot(*theta[:2], "o", color=TRUTH, label="start")
plt.xlabel("slope m")
plt.ylabel("intercept b")
plt.legend();

# %% [markdown]
# Two things are left to choose. The *metric* says what a natural step is along each parameter; we
# cheat a little and take the variances from the chain that we have. The *step size*, measured in
# those units, is 1. How much depends on that choice is shown below, under *What tuning is worth*.

# %% tags=["demonstration"]
from course_lib.inference import DiagonalMetric, nuts

metric = DiagonalMetric(np.var(emcee_samples, axis=0))

began = time.perf_counter()
result = nuts(model, theta, draws=3500, step_size=1.0, metric=metric, warmup=0, seed=42, progress=True)
nuts_seconds = time.perf_counter() - began

nuts_chain = result.draws  # [steps, chains, parameters]
nuts_evaluations = result.evaluations

# %% tags=["demonstration"]
nuts_samples = nuts_chain.reshape(-1, dimensions)
figure = corner.corner(
    nuts_samples, labels=labels, truths=true_theta, truth_color=TRUTH, color=FIT,
    max_n_ticks=3, fig=plt.figure(figsize=(6, 6)),
    range=[(np.min(column), np.max(column)) for column in emcee_samples.T],
)

# %% [markdown]
# The ranges are those of the plot above, and so should the contours be, if a little rougher: there
# are 3 500 samples here and 64 000 there. Do not conclude anything from the roughness yet.
#
# First a test that every sampler should pass. Along with each sample, the sampler stores the value
# of the log posterior *there*. Ask the model again, and nothing may differ. (The sampler that came
# with the 2018 version of this worksheet failed: it remembered the value at the place it had left,
# and its posterior came out seven percent too wide. Nobody noticed from the corner plot.) Then
# compare with integrals of this posterior on a fine grid, which give the means (−0.4438, 0.0407,
# −2.1846) and the standard deviations (0.0346, 0.0161, 0.1031).

# %% tags=["demonstration"]
difference = model.value(nuts_samples) - result.log_prob.reshape(-1)
print("largest difference between stored and recomputed:", np.abs(difference).max())

for name, samples in [("emcee", emcee_samples), ("NUTS ", nuts_samples)]:
    means, deviations = samples.mean(axis=0), samples.std(axis=0)
    print(name, "means", means.round(4), "standard deviations", deviations.round(4))

# %% [markdown]
# ## What is a sample worth?
#
# Look at the chains before you trust them. Below are 150 steps of the slope, of one of emcee's
# walkers and of NUTS, and beside them the *autocorrelation*: how alike two samples are that lie a
# given number of steps apart, 1 for the same number and 0 for independent ones.

# %% tags=["demonstration"]
figure, panels = plt.subplots(1, 2, figsize=(8.0, 2.6))
for name, chain, colour in [("emcee", emcee_chain, "0.6"), ("NUTS", nuts_chain, FIT)]:
    slope = chain[:, 0, 0]
    panels[0].plot(slope[:150], color=colour, label=name)
    away = chain[:, :, 0] - chain[:, :, 0].mean()
    common = [np.mean(away[: len(away) - lag] * away[lag:]) for lag in range(100)]
    panels[1].plot(np.array(common) / common[0], color=colour, label=name)
panels[0].set(xlabel="step", ylabel="slope m")
panels[1].set(xlabel="steps apart", ylabel="autocorrelation")
panels[1].axhline(0, color="0.85", linewidth=1)
panels[1].legend();

# %% [markdown]
# Neighbours in a Markov chain resemble each other, so 64 000 samples from a chain (2000 steps of 32
# walkers) tell less than 64 000 independent draws would. How much less is measured by the
# *integrated autocorrelation time* $\tau$: the number of steps that it takes, on average, to earn
# one independent draw. The chain's *effective* number of samples is then
#
# $$ n_\mathrm{eff} = \frac{\text{number of samples}}{\tau}, $$
#
# and that is what we should pay for: not for samples, but for effective ones.
#
# ### Exercise: `sampling_efficiency`
#
# `chain` is an array of shape `[steps, walkers, d]`, and `seconds` is the time that it took. Let
# `integrated_time(chain)` estimate the `d` autocorrelation times, one for each parameter, and use
# their mean as $\tau$. (Dan Foreman-Mackey
# [tells](https://dfm.io/posts/autocorr/) how it is estimated, and how that goes wrong.) All walkers'
# samples count. Return $n_\mathrm{eff}$ and the seconds per
# effective sample, as two floats with all their digits: neither need be a whole number.

# %%
from course_lib.inference import integrated_time

# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "sampling_efficiency", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sampling_efficiency(chain, seconds):
    """The effective number of samples of chain[steps, walkers, d], and the seconds for each: two floats."""
    ### BEGIN SOLUTION
    steps, walkers, _ = chain.shape
    n_eff = float(steps * walkers / np.mean(integrated_time(chain)))
    return n_eff, seconds / n_eff
    ### END SOLUTION

# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_sampling_efficiency", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(sampling_efficiency)

# %% [markdown]
# ## The verdict
#
# Here is the comparison that the worksheet was made for. Seconds are what you wait for, but they
# depend on the computer, on who wrote the loop, and on `vectorize=True`. So we count a second
# currency, which belongs to the algorithm: how many times the posterior had to be *evaluated* for
# one effective sample. For NUTS, an evaluation is a value together with its gradient, which costs a
# few times as much as a value alone.
#
# **Guess before you run it:** how many evaluations does emcee need for one effective sample, and
# how many NUTS?

# %% tags=["demonstration"]
guess = {"emcee": 1.0, "NUTS": 1.0}  # your guess

# %% tags=["demonstration"]
runs = {
    "emcee": (emcee_chain, emcee_seconds, emcee_evaluations),
    "NUTS": (nuts_chain, nuts_seconds, nuts_evaluations),
}
milliseconds, evaluations = {}, {}
for name, (chain, seconds, asked) in runs.items():
    n_eff, seconds_each = sampling_efficiency(chain, seconds)
    milliseconds[name], evaluations[name] = 1000 * seconds_each, asked / n_eff
    print(f"{name:5}  n_eff {n_eff:5.0f}   {seconds:5.1f} s in all, {milliseconds[name]:.2f} ms"
          f" and {evaluations[name]:.1f} evaluations per effective sample (guessed {guess[name]:.1f})")

# %% tags=["demonstration"]
figure, panels = plt.subplots(1, 2, figsize=(7.2, 1.7), sharey=True)
titles = ["milliseconds per effective sample", "evaluations per effective sample"]
for panel, title, cost in zip(panels, titles, [milliseconds, evaluations]):
    bars = panel.barh(list(cost), list(cost.values()), height=0.55, color=["0.72", FIT])
    panel.bar_label(bars, fmt="%.1f", padding=4)
    panel.set_title(title, loc="left")
    panel.margins(x=0.18)
    panel.xaxis.set_visible(False)
    panel.spines["bottom"].set_visible(False)
    panel.tick_params(left=False)
panels[0].invert_yaxis();

# %% [markdown]
# Counted in evaluations, the gradients win by a wide margin, even with three parameters, which is
# emcee's home ground. Counted in seconds the race is much closer, and on another computer it may go
# the other way. Both statements are true; they answer different questions.
#
# If NUTS claims more effective samples than it drew, that is no mistake either. Its trajectories
# tend to end on the far side of the posterior, so that neighbours in the chain differ more than
# chance would have it, and their errors cancel in the mean.

# %% [markdown]
# ## What tuning is worth
#
# NUTS was given a step size that suits this posterior. With steps that are too short it takes many
# gradients for each path; with steps that are too long it is refused. The same metric, and four
# step sizes:

# %% tags=["demonstration"]
for step_size in [0.05, 0.3, 1.0, 1.7]:
    tried = nuts(model, theta, draws=300, step_size=step_size, metric=metric, warmup=0, seed=1, progress=False)
    n_eff, _ = sampling_efficiency(tried.draws, 1.0)
    print(f"step size {step_size:4}: {tried.evaluations / n_eff:6.1f} evaluations per effective sample")

# %% [markdown]
# emcee has nothing of the kind to choose. Whoever compares samplers should say who tuned them.
#
# ## A fair race
#
# That comparison was kind to NUTS, which was given its metric and its step size for nothing. And it
# compared two programs as much as two algorithms: emcee asked for half of its ensemble in one call,
# while this NUTS is written in Python to be read, and walks one step at a time.
#
# So let us run it again, with both algorithms written in two ways. emcee goes once point by point
# and once with `vectorize=True`. NUTS goes once as above, and once as `sample`: the same algorithm
# for 64 chains that take every step together, compiled as one TensorFlow function, so that Python
# is left once and not at every step. All four start at the truth, but none is given a metric or a
# step size. Three times are taken apart:
#
# * *compiling*: the first call of a fresh model traces it, and `sample` compiles a whole sampler;
# * *warm-up*: emcee's walkers spread, NUTS finds its metric and its step size;
# * *sampling*: what is kept.
#
# Whether values are computed one by one or many at a time changes the time and not the chain, so we
# use the chain that you have. To save you the wait, only some of its steps are timed, and the seconds
# are scaled up to 2000 steps.

# %% tags=["demonstration"]
def time_emcee(steps, vectorize):
    """Seconds of compiling, warm-up and sampling; the last two from `steps` steps, scaled to 2000."""
    fresh = TFModel(posterior, [m_tensor, b_tensor, log_s_tensor])
    ensemble = emcee.EnsembleSampler(walkers, dimensions, fresh.value, vectorize=vectorize)
    clock = [time.perf_counter()]
    fresh.value(start[: walkers // 2] if vectorize else theta)
    clock.append(time.perf_counter())
    warm = ensemble.run_mcmc(start, steps // 10)
    clock.append(time.perf_counter())
    ensemble.run_mcmc(warm, steps)
    clock.append(time.perf_counter())
    return np.diff(clock) * [1, 2000 / steps, 2000 / steps]


asked = walkers * 200, walkers * 2000
race = {  # name: chain; seconds of the three parts; evaluations of the warm-up and of the sampling
    "emcee, one by one": (emcee_chain, time_emcee(40, vectorize=False), asked),
    "emcee, vectorised": (emcee_chain, time_emcee(400, vectorize=True), asked),
}

# %% tags=["demonstration"]
from course_lib.inference import sample


def run_nuts(name, sampler, **how):
    fresh = TFModel(posterior, [m_tensor, b_tensor, log_s_tensor])
    found = sampler(fresh, seed=42, progress=False, **how)
    seconds = [found.compile_seconds, found.warmup_seconds, found.sampling_seconds]
    race[name] = found.draws, np.array(seconds), (found.warmup_evaluations, found.evaluations)


run_nuts("NUTS, readable", nuts, start=theta, draws=1000, warmup=300)
run_nuts("NUTS, compiled", sample, draws=1000, warmup=200, chains=64)

# %% [markdown]
# Your `sampling_efficiency` says what the samples are worth. The table has the price of *each*
# effective sample for the sampling alone, with the warm-up, and with all there was to wait for.

# %% tags=["demonstration"]
print(f"{'':18}{'seconds':^27}{'':9}{'evaluations':^18}{'microseconds':^27}")
print(f"{'':18}{'compile':>9}{'warm-up':>9}{'sample':>9}{'n_eff':>9}"
      f"{'each':>8}{'+ warm-up':>10}{'each':>8}{'+ warm-up':>10}{'+ compile':>10}")
for name, (chain, (compiling, warming, sampling), (before, during)) in race.items():
    n_eff, each = sampling_efficiency(chain, sampling)
    costs = each, (warming + sampling) / n_eff, (compiling + warming + sampling) / n_eff
    print(f"{name:18}{compiling:9.2f}{warming:9.2f}{sampling:9.2f}{n_eff:9.0f}"
          f"{during / n_eff:8.1f}{(before + during) / n_eff:10.1f}"
          f"{1e6 * costs[0]:8.1f}{1e6 * costs[1]:10.1f}{1e6 * costs[2]:10.1f}")

# %% [markdown]
# The last columns depend on how long each of them ran, since compiling and warm-up are paid for
# once. So ask instead: *how long do I wait until I have so many effective samples?*

# %% tags=["demonstration"]
wanted = np.logspace(1, 6, 100)
for (name, (chain, seconds, _)), colour in zip(race.items(), ["0.72", "0.45", FIT, TRUTH]):
    n_eff, each = sampling_efficiency(chain, seconds[2])
    plt.loglog(wanted, seconds[0] + seconds[1] + each * wanted, color=colour, label=name)
plt.xlabel("effective samples wanted")
plt.ylabel("seconds until they are there")
plt.legend();

# %% [markdown]
# Read the table by its columns.
#
# *Evaluations* belong to the algorithm. emcee's are the same in both of its lines, and several times
# those of NUTS even when its warm-up counts. The compiled NUTS needs fewer than the readable one
# because 64 chains tune together, and so find a better step size than one chain can.
#
# *Microseconds of sampling* belong to the program. To go from Python to TensorFlow and back costs
# about as much for sixteen points as for one, and fifty data points are next to nothing beside it.
# So emcee gains by asking for many at once. The readable NUTS cannot, since its next step depends
# on the last. What can be done is to run many chains beside each other, and to stay inside of
# TensorFlow for whole trajectories. That is `sample`, and here it is worth more than the choice of
# the algorithm was.
#
# *Compiling* is the price of it: seconds in which nothing happens. In the picture a line is flat as
# long as compiling and warm-up are most of the wait, and then it rises. For a few hundred effective
# samples of this easy posterior, emcee is there first, and nobody should compile anything. For a
# hundred thousand it is the other way round.
#
# As the number of parameters $d$ grows, it is the algorithm that decides. On Gaussians, emcee's
# price rises from about 30 evaluations per effective sample at $d = 2$ to several hundred at
# $d = 40$, or a thousand if the means are what you ask for, while NUTS goes on paying a handful of
# gradients. Against that, emcee has nothing to learn first but where the posterior is.

# %% [markdown]
# ## All that the data say
#
# Back to the line. A posterior is not a number with an error bar: it is a crowd of lines, each as
# often as it deserves. Here are sixty of them.

# %% tags=["demonstration"]
for m, b, _ in nuts_samples[:: len(nuts_samples) // 60]:
    plt.plot(t, m * t + b, color=FIT, alpha=0.12, linewidth=1)
plt.plot(x, y, "o", color=INK, markersize=3.5, label="data")
plt.plot(t, true_params[0] * t + true_params[1], color=TRUTH, label="truth")
plt.xlabel("x")
plt.ylabel("y")
plt.legend();

# %% [markdown]
# ## What you can do now
#
# * write a log likelihood in TensorFlow, and say what its value means;
# * differentiate it, by the scale or by its logarithm, and hand it to an optimiser;
# * add a prior, and sample the posterior in two ways;
# * say what a sample is worth, and which price of it belongs to the algorithm.
#
# **Now it is yours.** Go back to the data. Move one point far away, and run the notebook again:
# what happens to the line, to $s$, to the posterior? Or take a table of your own: shift and scale
# `x` and `y` so that they are of order one, and put a rough guess of $(m, b, s)$ into
# `true_params`, since the fit and the samplers start there.
#
# **Where to go.** *01 likelihood*, *02 gradients* and *03 optimise* take the first half apart, *04
# posterior* and *06 effective samples* the second. *05 hamiltonian* builds the sampler that you
# have used here, and *07 real data* does something about that one point.
