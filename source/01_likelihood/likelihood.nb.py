# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # What the data say: likelihood
#
# ![Left: a call with a million points takes tens of milliseconds, and raw sums lose all their
# digits. Right: six numbers give the same value in some microseconds.](before_after.png)
#
# **An hour ago:** a million points take tens of milliseconds for each line that you try, and a
# formula from a book gives nonsense as soon as the data lie far from zero. **An hour from now:** six
# numbers say all that a million points say about a line. They need some microseconds, and they keep
# their digits.
#
# *75 minutes, 18 points: 16 by checks, 2 for an answer in words. You need NumPy; TensorFlow comes
# in once, and two sentences about it are enough.*
#
# **How to work through it.** Run the cells from top to bottom. Where you see `# YOUR CODE HERE`,
# replace that line and the `raise` below it by your own code, and run the `check` cell below as
# often as you like. Before each surprise there is a cell with a guess. Change it before you go on:
# it is never graded, and the next picture shows it beside what happens.

# %% [markdown]
# ## What you may assume
#
# The cell below loads what is needed, and makes the fifty points that the whole course uses. They
# lie about the line $y = m\,x + b$ with slope $m = -0.4$ and intercept $b = 0.03$; the scatter
# along $y$ is Gaussian, with standard deviation $s = 0.1$.

# %%
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"  # TensorFlow greets everybody on a red ground: not here

import time

import numpy as np
import matplotlib.pyplot as plt
import tensorflow as tf

from course_lib import check

plt.rcParams.update({
    "figure.figsize": (6.0, 3.6), "figure.dpi": 120,
    "axes.spines.top": False, "axes.spines.right": False, "axes.titlesize": "medium",
    "font.size": 10, "legend.frameon": False, "lines.linewidth": 1.5,
})
INK, TRUTH, FIT = "0.15", "#c8553d", "#2f6690"  # data, what is true, what you find

np.random.seed(123)
true_m, true_b, true_s = -0.4, 0.03, 0.1
x_data = np.sort(np.random.uniform(-1, 1, 50))
y_data = true_m * x_data + true_b + true_s * np.random.randn(50)

# %% [markdown]
# ## 1. A machine that makes data
#
# A model of data is a machine: you set its parameters, press a button, and data come out. Ours has
# three dials, $m$, $b$ and $s$. It puts each point on the line and then moves it up or down by a
# random amount, for each point another one:
#
# $$ y_n = m\,x_n + b + s\,z_n, \qquad z_n \text{ from a Gaussian of mean 0 and width 1.} $$
#
# Random numbers come from a *generator*, such as `rng = np.random.default_rng(7)`. The generator is
# an argument, so that whoever calls the machine decides about the seed. The same seed gives the
# same data again, which is how experiments on a computer are repeated.
#
# ### Exercise: `simulate_line`
#
# `x` is an array of shape `[n]`. Return the array `y`, of the same shape, at these `x`.
#
# <details><summary>A first hint</summary>
# A generator has a method for numbers from a Gaussian of width 1. How many do you need?
# </details>
# <details><summary>A second hint</summary>
# <code>rng.standard_normal(n)</code> gives an array of n independent numbers.
# </details>
# <details><summary>A third hint</summary>
# What you draw is z in the formula above. Use it as it comes: do not sort it, and do not take off
# its mean, which is as random as all the rest.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "simulate_line", "locked": false, "schema_version": 3, "solution": true, "task": false}
def simulate_line(rng, x, m, b, s):
    """Made-up data at x[n]: the line m x + b with Gaussian noise of width s, an array of shape [n]."""
    ### BEGIN SOLUTION
    return m * x + b + s * rng.standard_normal(len(x))
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_simulate_line", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(simulate_line)

# %% [markdown]
# Press the button four times. One of the five panels shows the fifty points of this course; the
# others are yours. If you cannot tell which, the machine is as good as the one that made them.

# %% tags=["demonstration"]
panels = plt.subplots(1, 5, figsize=(8.0, 1.9), sharex=True, sharey=True)[1]
place = int(np.random.default_rng(11).integers(5))
for k, panel in enumerate(panels):
    fake = simulate_line(np.random.default_rng(k), x_data, true_m, true_b, true_s)
    panel.plot(x_data, y_data if k == place else fake, "o", color=INK, markersize=2)
    panel.set_title("ABCDE"[k])
plt.tight_layout()

# %% tags=["demonstration"]
print("The fifty points of the course are in panel", "ABCDE"[place])

# %% [markdown]
# ## 2. The machine read backwards
#
# In practice it is the other way round. The data are on the table, and nobody knows how the dials
# stood. So we ask of each position of the dials: *how probable were exactly these data?*
#
# A number that may take any value has a probability *density*. That of one point is the height of
# a bell curve that stands on the line at $x_n$:
#
# $$ p(y_n\,|\,m, b, s) = \frac{1}{\sqrt{2\pi}\,s}\,
#    \exp\left(-\frac{(y_n - m\,x_n - b)^2}{2 s^2}\right). $$
#
# We need its logarithm, because densities of many points multiply, and a product of some thousand
# numbers soon leaves the range of a computer.
#
# ### Exercise: `log_like_terms`
#
# Return the logarithm of each point's density: an array of shape `[n]`, one term for each point.
#
# <details><summary>A first hint</summary>
# Take the logarithm on paper first: of a product, of an exponential, of a root. What is left has
# three parts.
# </details>
# <details><summary>A second hint</summary>
# <code>np.log(np.exp(-800))</code> is minus infinity. So there is no exponential in the function.
# </details>
# <details><summary>A third hint</summary>
# The parts are: half the square of the residual in units of s, the log of s, and half the log of
# 2π. All three are subtracted.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "log_like_terms", "locked": false, "schema_version": 3, "solution": true, "task": false}
def log_like_terms(x, y, m, b, s):
    """The log density of each point about the line m x + b with scatter s: an array of shape [n]."""
    ### BEGIN SOLUTION
    model = m * x + b
    return -0.5 * ((y - model) / s) ** 2 - np.log(s) - 0.5 * np.log(2 * np.pi)
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_log_like_terms", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(log_like_terms)

# %% [markdown]
# Here are the bells, lying on their sides. Each stands on the line, and a point's density is how
# far its bell reaches at the height of the point. Most points lie where the bell is high. One of
# them, near the left end, lies far out: its term is −1.12, where the largest is 1.38.

# %% tags=["demonstration"]
terms = log_like_terms(x_data, y_data, true_m, true_b, true_s)
t = np.linspace(-1, 1, 2)
plt.plot(t, true_m * t + true_b, color=TRUTH, label="truth")
for n in range(2, 50, 6):
    y_n = true_m * x_data[n] + true_b + true_s * np.linspace(-3.5, 3.5, 100)
    height = np.exp(log_like_terms(np.full(100, x_data[n]), y_n, true_m, true_b, true_s))
    plt.plot(x_data[n] + 0.04 * height, y_n, color="0.7", linewidth=1)
plt.scatter(x_data, y_data, c=terms, cmap="viridis", s=16, zorder=3)
plt.colorbar(label="log density")
plt.xlabel("x")
plt.ylabel("y")
plt.legend();

# %% [markdown]
# ## 3. The sum, and the area under it
#
# The points are independent, so their densities multiply and the terms add up. The sum is the
# *log likelihood*. **Guess** what it is for the fifty points at the truth. You have all that you
# need: a point on the line has the term $-\log s - \tfrac12\log 2\pi = 1.38$, and a typical point
# is one $s$ away from it, which costs one half.

# %%
guess = 0.0  # your guess

# %% tags=["demonstration"]
print(f"guessed {guess:.1f}, found {np.sum(terms):.1f}")
totals = []
for k in range(1000):
    fake = simulate_line(np.random.default_rng(k), x_data, true_m, true_b, true_s)
    totals.append(np.sum(log_like_terms(x_data, fake, true_m, true_b, true_s)))

plt.hist(totals, 40, color="0.8")
plt.axvline(guess, color=INK, linestyle=":", label="your guess")
plt.axvline(np.sum(terms), color=TRUTH, label="the fifty points")
plt.xlabel("log likelihood at the truth")
plt.ylabel("of 1000 machine runs")
plt.legend();

# %% [markdown]
# The machine gives 44.2 on average, and it scatters by five. (Fifty squares of unit Gaussians
# scatter by $\sqrt{2 \cdot 50} = 10$, and each counts half.) The fifty points have 38.0. That is
# neither good nor bad: it is one run of the machine.
#
# The number is positive. A probability never has a positive logarithm, but a density may: the
# narrower the bell, the higher it is. Its *area* is what is fixed. The picture shows the density of
# one point over its $y$ for three scales. The area is one for each.

# %% tags=["demonstration"]
y_axis = np.linspace(-1.5, 1.5, 2000)
for s, shade in zip([0.4, 0.2, 0.1], ["0.75", "0.5", FIT]):
    density = np.exp(log_like_terms(np.zeros(2000), y_axis, 0.0, 0.0, s))
    area = np.sum(density) * (y_axis[1] - y_axis[0])
    plt.plot(y_axis, density, color=shade, label=f"s = {s}: area {area:.4f}")
plt.xlabel("y of one point")
plt.ylabel("density")
plt.legend();

# %% [markdown]
# ### A question to answer in words
#
# Now fix the fifty $y$, and look at $\exp(\log L)$ as a function of the slope $m$. **The area under
# that curve, over all $m$, is not one. Is that a mistake? Which integral does give one, and why is
# $\log L$ positive here?** A few sentences will do. This answer is read by a person.

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "which_integral", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# It is no mistake. The likelihood is a density of the data: for fixed m, b and s, its integral over
# all fifty y is one, because it is a product of fifty bells, each of area one. Over m it is just a
# function; it could have any area, and it has another one when y is measured in another unit.
#
# The log is positive because a density is a probability per unit of y, and the bells are narrow: at
# the top a bell of width 0.1 has the height 4, so that its log is 1.38.
#
# *For the reader:* (1 point) the integral over the data y, for fixed parameters, gives one. (½) a
# likelihood is not a density of the parameters, so its area over m is free. (½) a density above one
# is allowed, and narrow bells are high.

# %% [markdown]
# ## 4. Ten thousand lines in one call
#
# To see the likelihood as a landscape we need its value for many lines. A loop in Python would do,
# but there is a habit worth learning: hand over all lines at once, as rows of an array, and let
# *broadcasting* do the loop. It is how a graphics card, an optimiser or a sampler wants to be
# asked.
#
# TensorFlow computes with *tensors*, arrays of a fixed type, and it can differentiate what it
# computes. For this exercise you need no more of it: `tf.exp` and `tf.reduce_sum` are NumPy's `exp`
# and `sum`, and all numbers are `float64`.
#
# From here on the scale is given by its logarithm, so that every real number is allowed.
#
# ### Exercise: `tf_log_like_many`
#
# `x` and `y` have shape `[n]`. `theta` has shape `[k, 3]`: each row is one line, $(m, b, \log s)$.
# Return the log likelihood of each row, a `float64` tensor of shape `[k]`.
#
# <details><summary>A first hint</summary>
# You need one residual for each row and each point: a table of shape [k, n].
# </details>
# <details><summary>A second hint</summary>
# <code>theta[:, 0]</code> has the shape [k], and x has the shape [n]. Multiplied, they give an
# error, or if k happens to be n, a wrong number and no error. <code>theta[:, 0:1]</code> has the
# shape [k, 1].
# </details>
# <details><summary>A third hint</summary>
# Then add up over the axis of the points: <code>tf.reduce_sum(table, axis=1)</code>. And every
# point pays the price of the scale, so it belongs in the table.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "tf_log_like_many", "locked": false, "schema_version": 3, "solution": true, "task": false}
def tf_log_like_many(x, y, theta):
    """The log likelihood of each row (m, b, log s) of theta[k, 3]: a float64 tensor of shape [k]."""
    ### BEGIN SOLUTION
    m, b, log_s = tf.unstack(theta[:, :, None], axis=1)
    model = m * x + b
    terms = -0.5 * ((y - model) / tf.exp(log_s)) ** 2 - log_s - 0.5 * np.log(2 * np.pi)
    return tf.reduce_sum(terms, axis=1)
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_tf_log_like_many", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check(tf_log_like_many)

# %% [markdown]
# One call, ten thousand lines. The landscape is a single hill, longer along $m$ than along $b$. Its
# top is not at the truth: fifty noisy points prefer a slightly different line.

# %% tags=["demonstration"]
slopes, intercepts = np.meshgrid(np.linspace(-0.6, -0.3, 100), np.linspace(-0.03, 0.11, 100))
theta = np.stack([slopes, intercepts, np.full_like(slopes, np.log(true_s))], axis=-1)
x_tensor, y_tensor = tf.constant(x_data), tf.constant(y_data)
values = tf_log_like_many(x_tensor, y_tensor, tf.constant(theta.reshape(-1, 3)))
height = np.reshape(values, slopes.shape)

plt.contourf(slopes, intercepts, height - height.max(), [-30, -18, -8, -4.5, -2, -0.5, 0], cmap="Blues")
plt.colorbar(label="log likelihood below the top")
plt.plot(true_m, true_b, "o", color=TRUTH, label="truth")
plt.plot(slopes.flat[height.argmax()], intercepts.flat[height.argmax()], "+", color=FIT, label="top")
plt.xlabel("slope m")
plt.ylabel("intercept b")
plt.legend();

# %% [markdown]
# ## 5. Every point written down twice
#
# Somebody copies the table of data, and every point is in it twice. **Guess:** what happens to the
# height of the hill, to the place of its top, and to its width along $m$? Write down the width that
# you expect, as a multiple of the one before.

# %%
guess = 1.0  # your guess: the new width divided by the old one

# %% tags=["demonstration"]
along_m = np.linspace(-0.62, -0.27, 400)
rows = np.stack([along_m, np.full(400, 0.0407), np.full(400, np.log(true_s))], axis=1)
once = tf_log_like_many(x_tensor, y_tensor, rows).numpy()
twice = tf_log_like_many(tf.tile(x_tensor, [2]), tf.tile(y_tensor, [2]), rows).numpy()
top = along_m[once.argmax()]

for curve, colour, name in [(once, FIT, "once"), (twice, TRUTH, "twice")]:
    plt.plot(along_m, np.exp(curve - curve.max()), color=colour, label=f"{name}: top {curve.max():.1f}")
width = np.sqrt(-0.5 / (once.min() - once.max())) * (along_m[once.argmin()] - top)
plt.plot(along_m, np.exp(-0.5 * ((along_m - top) / (guess * width)) ** 2), ":", color=INK, label="your guess")
plt.xlabel("slope m")
plt.ylabel("likelihood / its maximum")
plt.legend();

# %% [markdown]
# The log is twice as high, the place is the same, and the width is $1/\sqrt 2$ of what it was. The
# machine believes that these are a hundred independent points. It cannot know that they are not:
# whoever writes down the model says so. Repeated data make error bars small, and wrong.
#
# ## 6. What does the likelihood know of the data?
#
# The residuals enter as a sum of squares. Multiply it out, and the data appear in a few sums only.
# With the means $\bar x$ and $\bar y$, and
#
# $$ S_{xx} = \sum_n (x_n - \bar x)^2, \quad S_{xy} = \sum_n (x_n - \bar x)(y_n - \bar y), \quad
#    S_{yy} = \sum_n (y_n - \bar y)^2, $$
#
# the sum of squares of any line is
#
# $$ \sum_n (y_n - m\,x_n - b)^2 = S_{yy} - 2 m\,S_{xy} + m^2 S_{xx} + n\,(\bar y - m\,\bar x - b)^2. $$
#
# So six numbers are all that the likelihood uses: $n, \bar x, \bar y, S_{xx}, S_{xy}, S_{yy}$. They
# are called *sufficient statistics*. Everything else about the data, the order of the points and
# each single one of them, makes no difference to what we believe about the line.
#
# ### Exercises: `summarise` and `log_like_from_summary`
#
# `summarise` returns an array with the six numbers, in this order. `log_like_from_summary` gets
# them and returns the log likelihood of a line, a float.
#
# <details><summary>A first hint</summary>
# Take off the means first, then multiply, then add up: <code>dx = x - np.mean(x)</code>.
# </details>
# <details><summary>A second hint</summary>
# Each of the n points pays the price of the scale, log s + ½ log 2π.
# </details>
# <details><summary>A third hint</summary>
# The line enters twice: by its slope, and by how far it passes from the middle of the data,
# <code>mean_y - (m * mean_x + b)</code>. Every point has that distance in it.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "summarise", "locked": false, "schema_version": 3, "solution": true, "task": false}
def summarise(x, y):
    """Six numbers: n, mean of x, mean of y, and Sxx, Sxy, Syy about the means: an array of shape [6]."""
    ### BEGIN SOLUTION
    dx, dy = x - np.mean(x), y - np.mean(y)
    return np.array([len(x), np.mean(x), np.mean(y), dx @ dx, dx @ dy, dy @ dy])
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_summarise", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(summarise)


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "log_like_from_summary", "locked": false, "schema_version": 3, "solution": true, "task": false}
def log_like_from_summary(summary, m, b, s):
    """The log likelihood of the line m x + b with scatter s, from the six numbers: a float."""
    ### BEGIN SOLUTION
    n, mean_x, mean_y, sxx, sxy, syy = summary
    middle = mean_y - (m * mean_x + b)
    squares = syy - 2 * m * sxy + m**2 * sxx + n * middle**2
    return float(-0.5 * squares / s**2 - n * (np.log(s) + 0.5 * np.log(2 * np.pi)))
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_log_like_from_summary", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(log_like_from_summary)

# %% [markdown]
# Now a million points. The data are read once, to summarise them. After that every line costs the
# same, however many points there were. **Guess** how many times faster that is.

# %%
guess = 10.0  # your guess

# %% tags=["demonstration"]
def seconds(function, *arguments, calls):
    """The mean time of a call."""
    began = time.perf_counter()
    for _ in range(calls):
        function(*arguments)
    return (time.perf_counter() - began) / calls


x_many = np.random.default_rng(1).uniform(-1, 1, 1_000_000)
y_many = simulate_line(np.random.default_rng(2), x_many, true_m, true_b, true_s)
summary = summarise(x_many, y_many)
line = true_m, true_b, true_s

long_way = seconds(lambda: np.sum(log_like_terms(x_many, y_many, *line)), calls=3)
short_way = seconds(log_like_from_summary, summary, *line, calls=1000)
print("all points:  ", np.sum(log_like_terms(x_many, y_many, *line)), f"in {1e6 * long_way:8.0f} µs")
print("six numbers: ", log_like_from_summary(summary, *line), f"in {1e6 * short_way:8.0f} µs")
print(f"guessed {guess:.0f} times faster, found {long_way / short_way:.0f}")

# %% [markdown]
# ## 7. The same six numbers, badly
#
# Books often give another formula: $S_{xx} = \sum x_n^2 - n\,\bar x^2$. On paper it is the same.
# This is a mistake to be made on purpose, once: the data are moved away from zero, which changes
# nothing about their spread, and both formulas are asked for the log likelihood.

# %% tags=["demonstration"]
def summarise_raw(x, y):
    """The six numbers from sums about zero: right on paper."""
    n, mean_x, mean_y = len(x), np.mean(x), np.mean(y)
    sums = x @ x - n * mean_x**2, x @ y - n * mean_x * mean_y, y @ y - n * mean_y**2
    return np.array([n, mean_x, mean_y, *sums])


offsets = 10.0 ** np.arange(0, 9)
truth = np.sum(terms)
for method, colour, name in [(summarise_raw, TRUTH, "raw sums"), (summarise, FIT, "about the means")]:
    errors = []
    for offset in offsets:
        moved = method(x_data, y_data + offset)
        errors.append(abs(log_like_from_summary(moved, true_m, true_b + offset, true_s) - truth))
    plt.loglog(offsets, np.maximum(errors, 1e-14), "o-", color=colour, label=name)
plt.axhline(1.0, color="0.8", linewidth=1)
plt.xlabel("how far the data lie from zero")
plt.ylabel("error of the log likelihood")
plt.legend();

# %% [markdown]
# At an offset of a million the raw sums are wrong by about one unit of log likelihood, and at a
# hundred million by some thousands. What counts is the offset beside the scatter: a Julian date
# (2 460 000 days, timed to a second) is such an offset. The two sums are huge and nearly equal, and
# of their difference nothing is left but the rounding. *First take off what is large and known,
# then square.*
#
# ## 8. A whole experiment in two numbers
#
# In 1910, Rutherford and Geiger counted flashes on a screen beside a radioactive source, in 2608
# intervals of an eighth of a minute. Their table says in how many intervals they saw 0, 1, 2, …
# flashes (E. Rutherford and H. Geiger, *Philosophical Magazine* 20, 698). If atoms decay
# independently, counts follow Poisson's law. With $k_i$ flashes in interval $i$, and $\lambda$ in an
# interval on average, its log likelihood is
#
# $$ \log p = \sum_i \left( k_i \log\lambda - \lambda - \log k_i! \right)
#    = K \log\lambda - N\lambda + \text{something without } \lambda. $$
#
# Two numbers are enough here: the number of intervals $N$ and the number of flashes $K$.

# %% tags=["demonstration"]
flashes, intervals = np.loadtxt("rutherford_geiger.csv", delimiter=",", skiprows=1, unpack=True)
N, K = np.sum(intervals), np.sum(flashes * intervals)
rate = K / N
print(f"{N:.0f} intervals, {K:.0f} flashes: rate {rate:.4f} ± {np.sqrt(K) / N:.4f}")

factorial = np.cumprod(np.concatenate([[1.0], np.arange(1, len(flashes))]))
poisson = N * np.exp(-rate) * rate**flashes / factorial
plt.bar(flashes, intervals, color="0.8", label="1910")
plt.plot(flashes, poisson, "o-", color=FIT, label="Poisson's law")
plt.xlabel("flashes in an interval")
plt.ylabel("intervals")
plt.legend();

# %% [markdown]
# The top is at $\lambda = K/N$, and the hill is as wide as $\sqrt K / N$. In which order the 2608
# intervals came is not in the table, and nobody misses it: the likelihood would not look at it.
#
# ## What you can do now
#
# * make data from a model, and repeat them by their seed;
# * write the likelihood of a model down, point by point, and say what it is a density of;
# * ask for many parameters in one call, and know the axis that is easily forgotten;
# * find what a likelihood needs of the data, and compute it without losing its digits.
#
# **Where to go.** *02 gradients* finds out which way the hill rises. *04 posterior* says how to read
# a likelihood as a belief about parameters, and what else that takes. Something to try: for a line
# whose points have different, known error bars $s_n$, which sums are sufficient?
