# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Where is the top, and how sharp is it?
#
# ![Left: a walk downhill in small steps beside Newton's few. Right: Hubble's line with its error
# band.](before_after.png)
#
# **An hour ago:** hundreds of small steps downhill, or a method from a book that runs away from six
# starts of seven. **An hour from now:** four to eleven steps from each of them, and error bars that
# cost nothing more. You will measure Hubble's constant from Hubble's own table.
#
# *85 minutes, 18 points: 16 by checks, 2 for an answer in words.*
#
# **How to work through it.** Run the cells from top to bottom. Where you see `# YOUR CODE HERE`,
# replace that line and the `raise` below it by your own code, and run the `check` cell below as
# often as you like. Before each surprise there is a cell with a guess: change it before you go on.
# It is never graded, and the next picture shows it beside what happens.

# %% [markdown]
# ## What you may assume
#
# The fifty points of the course, and the log likelihood of a line in TensorFlow, with the
# parameters $\theta = (m, b, \log s)$. The tape that differentiates it is the subject of *02
# gradients*: `tape.gradient(value, theta)` has the shape of `theta`.

# %%
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"  # TensorFlow greets everybody on a red ground: not here

import numpy as np
import matplotlib.pyplot as plt
import scipy.optimize
import tensorflow as tf

from course_lib import check

plt.rcParams.update({
    "figure.figsize": (6.0, 3.6), "figure.dpi": 120,
    "axes.spines.top": False, "axes.spines.right": False, "axes.titlesize": "medium",
    "font.size": 10, "legend.frameon": False, "lines.linewidth": 1.5,
})
INK, TRUTH, FIT = "0.15", "#c8553d", "#2f6690"  # data, what is true, what you find

# %%
np.random.seed(123)
x_data = np.sort(np.random.uniform(-1, 1, 50))
y_data = -0.4 * x_data + 0.03 + 0.1 * np.random.randn(50)
true_theta = np.array([-0.4, 0.03, np.log(0.1)])


def tf_log_like(x, y, theta):
    """The log likelihood of the line theta = (m, b, log s): a tensor of shape []."""
    m, b, log_s = tf.unstack(theta)
    r = (y - m * x - b) / tf.exp(log_s)
    return tf.reduce_sum(-0.5 * r**2 - log_s - 0.5 * np.log(2 * np.pi))


# %% [markdown]
# ## 1. A function that SciPy can use
#
# `scipy.optimize.minimize` holds the optimisers that most of science uses. It goes *down*, so it
# wants the negative log likelihood. It calculates in NumPy, so it wants a float and an array, and
# no tensors. And it takes value and gradient from one function, if told so by `jac=True`.
#
# ### Exercise: `value_and_gradient`
#
# `x`, `y` and `theta` are arrays. Return the *negative* log likelihood, a float, and its gradient
# with respect to $(m, b, \log s)$, an array of shape `[3]`.
#
# <details><summary>A first hint</summary>
# <code>tf.constant(theta)</code> makes a tensor of an array, and <code>.numpy()</code> an array of
# a tensor.
# </details>
# <details><summary>A second hint</summary>
# Put the minus sign where the value is computed, inside the tape. Then it is in both.
# </details>
# <details><summary>A third hint</summary>
# <code>tape.watch(theta)</code> comes first, since theta is an ordinary tensor.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "value_and_gradient", "locked": false, "schema_version": 3, "solution": true, "task": false}
def value_and_gradient(x, y, theta):
    """The negative log likelihood, a float, and its gradient by (m, b, log s), an array of shape [3]."""
    ### BEGIN SOLUTION
    theta = tf.constant(theta)
    with tf.GradientTape() as tape:
        tape.watch(theta)
        value = -tf_log_like(x, y, theta)
    return float(value), tape.gradient(value, theta).numpy()
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_value_and_gradient", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(value_and_gradient)

# %%
downhill = lambda theta: value_and_gradient(x_data, y_data, theta)
found = scipy.optimize.minimize(downhill, true_theta, jac=True, method="L-BFGS-B")
best_theta = found.x
print("best (m, b, log s):", best_theta.round(4), "after", found.nfev, "evaluations")

# %% [markdown]
# ## 2. Walking downhill
#
# The simplest optimiser needs no library. Stand somewhere, ask for the slope, take a step against
# it, and repeat: $\theta \leftarrow \theta - \text{rate} \cdot \nabla f(\theta)$.
#
# ### Exercise: `descend`
#
# `f(theta)` returns a value and a gradient. Return the whole path, an array of shape
# `[steps + 1, d]` whose first row is the start.
#
# <details><summary>A first hint</summary>
# A list that begins with a copy of the start, and grows by one place in each step.
# </details>
# <details><summary>A second hint</summary>
# <code>theta -= step</code> changes an array in place, and all rows of your list may be the same
# array. <code>theta = theta - step</code> makes a new one.
# </details>
# <details><summary>A third hint</summary>
# Do not stop early, and do not refuse a step that leads up: what happens at too large a rate is
# part of what we want to see.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "descend", "locked": false, "schema_version": 3, "solution": true, "task": false}
def descend(f, theta0, rate, steps):
    """The path downhill from theta0[d], the start first: an array of shape [steps + 1, d]."""
    ### BEGIN SOLUTION
    path = [np.array(theta0, dtype=float)]
    for _ in range(steps):
        value, gradient = f(path[-1])
        path.append(path[-1] - rate * gradient)
    return np.array(path)
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_descend", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(descend)

# %% [markdown]
# Near its bottom nearly every valley is a parabola. If its curvature is $\lambda$, a step multiplies the
# distance from the bottom by $1 - \text{rate} \cdot \lambda$. The largest curvature of our hill is
# 4200. **Guess** the largest rate at which the walk still settles.

# %%
guess = 1e-3  # your guess

# %% tags=["demonstration"]
print(f"guessed {guess:.2e}, and the limit is 2 / 4200 = {2 / 4200.3:.2e}")
m_axis, b_axis = np.meshgrid(np.linspace(-0.55, -0.33, 60), np.linspace(-0.04, 0.12, 60))
height = np.array([
    [downhill(np.array([m, b, best_theta[2]]))[0] for m, b in zip(*row)] for row in zip(m_axis, b_axis)
])
def in_the_plane(place):
    """The value and its gradient, with log s held at its best."""
    value, gradient = downhill(np.array([*place, best_theta[2]]))
    return value, gradient[:2]


panels = plt.subplots(1, 3, figsize=(8.5, 2.8), sharey=True)[1]
for panel, rate in zip(panels, [1e-4, 4.6e-4, 4.9e-4]):
    path = descend(in_the_plane, np.array([-0.37, 0.1]), rate, 40)
    panel.contour(m_axis, b_axis, height - height.min(), [0.5, 2, 4.5, 8, 18], colors="0.75", linewidths=0.8)
    panel.plot(path[:, 0], path[:, 1], "o-", color=FIT, markersize=2, linewidth=0.8)
    panel.plot(*best_theta[:2], "+", color=TRUTH)
    panel.set(title=f"rate {rate:.1e}", xlabel="slope m", xlim=(-0.55, -0.33), ylim=(-0.04, 0.12))
panels[0].set_ylabel("intercept b");

# %% [markdown]
# Below the limit it settles. Just below, it zigzags across the valley. Beyond, it runs away. (Here
# log s is held fixed.) The rate is dictated by the steepest direction, and along the flattest one it
# is far too small. How many steps that takes depends on the ratio of the largest curvature to the
# smallest, the *condition number*. Ours is 42: the flattest direction is log s, with a curvature of
# 2n = 100. A walk from the truth needs 87 steps even at the best rate.
#
# ## 3. Newton's step, and how it fails
#
# A parabola has its bottom at a known place: if $g$ is the slope and $H$ the matrix of curvatures,
# it is at $\theta - H^{-1} g$. That is Newton's step. It does not care about the condition number:
# a valley ten thousand times as long as it is wide is as easy as a round bowl.
#
# But our hill is a parabola only near its top. Here is the mistake, made on purpose: whole Newton
# steps from seven starts.

# %% tags=["demonstration"]
def with_curvature(theta, x=x_data, y=y_data):
    """The negative log likelihood at theta, its gradient and its Hessian, by formula."""
    m, b, log_s = theta
    inverse, r = np.exp(-2 * log_s), y - m * x - b
    sums = inverse * np.array([r @ x, np.sum(r), r @ r])
    value = 0.5 * sums[2] + len(x) * (log_s + 0.5 * np.log(2 * np.pi))
    hessian = np.array([
        [inverse * x @ x, inverse * np.sum(x), 2 * sums[0]],
        [inverse * np.sum(x), inverse * len(x), 2 * sums[1]],
        [2 * sums[0], 2 * sums[1], 2 * sums[2]],
    ])
    return value, np.array([-sums[0], -sums[1], len(x) - sums[2]]), hessian


rng = np.random.default_rng(3)
starts = [true_theta, *(best_theta + rng.normal(size=(6, 3)) * [1, 1, 1.5])]
with np.errstate(all="ignore"):
    for start in starts:
        theta = start
        for _ in range(30):
            value, slope, hessian = with_curvature(theta)
            theta = theta - np.linalg.pinv(np.nan_to_num(hessian)) @ np.nan_to_num(slope)
        off = np.max(np.abs(theta - best_theta))
        print("from", start.round(1), "arrived" if off < 1e-6 else f"lost, {off:.3g} away")

# %% [markdown]
# Two things go wrong. Where the hill is flatter than a parabola, a whole step goes far beyond the
# bottom. And where it curves the other way, $H$ has negative curvatures, and the step leads *up*.
#
# ### Exercise: `newton`
#
# Write a Newton's method that arrives. `f(theta)` returns a value, a gradient and a Hessian. Return
# a minimum, an array of shape `[d]`. How you do it is up to you: only where it arrives is judged, to
# a thousandth of the valley's width, and that it asks at most 5000 times. Far away `f` may be
# infinite: refuse a step that leads there.
#
# <details><summary>A first hint</summary>
# If the value after a step is not lower, take half of the step, and half of that.
# </details>
# <details><summary>A second hint</summary>
# <code>np.linalg.eigh(hessian)</code> gives curvatures and axes. A step along each axis is slope
# over curvature. What if you took the size of the curvature, whatever its sign?
# </details>
# <details><summary>A third hint</summary>
# Another way: add a multiple of the unit matrix to the Hessian, a larger one whenever a step fails,
# and a smaller one whenever it succeeds.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "newton", "locked": false, "schema_version": 3, "solution": true, "task": false}
def newton(f, theta0):
    """A minimum of f, where f(theta[d]) is (value, gradient[d], hessian[d, d]): an array of shape [d]."""
    ### BEGIN SOLUTION
    theta = np.array(theta0, dtype=float)
    value, gradient, hessian = f(theta)
    for _ in range(200):
        curvatures, axes = np.linalg.eigh(hessian)
        step = -axes @ ((axes.T @ gradient) / np.maximum(np.abs(curvatures), 1e-12))
        length = 1.0
        after = f(theta + length * step)
        while not after[0] <= value and length > 1e-10:
            length /= 2
            after = f(theta + length * step)
        if not after[0] < value:
            break
        theta = theta + length * step
        value, gradient, hessian = after
    return theta
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_newton", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check(newton)

# %% tags=["demonstration"]
for start in starts:
    asked = []

    def counted(theta):
        asked.append(theta)
        with np.errstate(all="ignore"):
            return with_curvature(theta)

    off = np.max(np.abs(newton(counted, start) - best_theta))
    print("from", start.round(1), f"{len(asked):3} evaluations, {off:.1e} away from the top")

# %% [markdown]
# Near the bottom, each step doubles the number of right digits. The picture has the distance from
# the bottom after each step, for a walk downhill at its best rate and for Newton.

# %% tags=["demonstration"]
asked = []


def counted(theta):
    asked.append(np.array(theta))
    return with_curvature(theta)


top = newton(counted, true_theta)
walk = descend(downhill, true_theta, 4.65e-4, 120)
for path, colour, name in [(walk, "0.6", "downhill, best rate"), (np.array(asked), FIT, "Newton")]:
    distance = np.linalg.norm((path - top) / [0.033, 0.015, 0.1], axis=1)
    plt.semilogy(np.maximum(distance, 1e-13), "o-", color=colour, markersize=3, label=name)
plt.axhline(0.02, color="0.85")
plt.xlabel("evaluations")
plt.ylabel("standard errors from the top")
plt.legend();

# %% [markdown]
# ## 4. The curvature is the error bar
#
# At the top, the likelihood looks like a Gaussian: its log is a parabola. From here on $H$ is the
# Hessian of the log likelihood itself, so that its sign is the opposite of that in section 3. A
# Gaussian whose log has the Hessian $H$ has the covariance matrix $(-H)^{-1}$. The roots of the diagonal are the *standard
# errors* of the parameters.
#
# ### Exercise: `standard_errors`
#
# `theta` is the best fit of the arrays `x` and `y`. Return the standard errors of
# $(m, b, \log s)$, from the Hessian of the log likelihood there.
#
# <details><summary>A first hint</summary>
# Two tapes: the inner one for the gradient, the outer one for its Jacobian,
# <code>outer.jacobian(gradient, theta)</code>.
# </details>
# <details><summary>A second hint</summary>
# The gradient has to be computed while the outer tape still records. At the top the Hessian is
# negative.
# </details>
# <details><summary>A third hint</summary>
# First invert the whole matrix, then take the diagonal. The other way round is right only if the
# parameters do not know of each other.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "standard_errors", "locked": false, "schema_version": 3, "solution": true, "task": false}
def standard_errors(x, y, theta):
    """The standard errors of (m, b, log s) at the best fit theta[3]: an array of shape [3]."""
    ### BEGIN SOLUTION
    theta = tf.constant(theta)
    with tf.GradientTape() as outer:
        outer.watch(theta)
        with tf.GradientTape() as inner:
            inner.watch(theta)
            value = tf_log_like(x, y, theta)
        gradient = inner.gradient(value, theta)
    hessian = outer.jacobian(gradient, theta).numpy()
    return np.sqrt(np.diag(np.linalg.inv(-hessian)))
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_standard_errors", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check(standard_errors)

# %% [markdown]
# ## 5. Hubble's constant, 1929
#
# Edwin Hubble had 24 galaxies with a distance and a velocity (E. Hubble, *Proceedings of the
# National Academy of Sciences* 15, 168). The slope of his line is the rate at which the universe
# expands. One over it is, roughly, the universe's age. Distances are in megaparsec, velocities in
# km/s, and 978 converts one over the slope to billions of years. **Guess** today's value, and by
# how many of his own standard errors Hubble was off.

# %%
guess = 1.0  # your guess, in standard errors

# %% tags=["demonstration"]
distance, velocity = np.loadtxt("hubble_1929.csv", delimiter=",", skiprows=1, unpack=True)
line = newton(lambda t: with_curvature(t, distance, velocity), np.array([100.0, 0.0, np.log(300.0)]))
errors = standard_errors(distance, velocity, line)
print(f"H0 = {line[0]:.1f} ± {errors[0]:.1f} km/s/Mpc, at zero {line[1]:.1f} ± {errors[1]:.1f} km/s")
print(f"age of the universe {978 / line[0]:.2f} ± {978 * errors[0] / line[0]**2:.2f} billion years")
print(f"guessed {guess:.1f}, and today's 70 is {(line[0] - 70) / errors[0]:.1f} standard errors off")

# %% tags=["demonstration"]
t = np.linspace(0, 2.1, 50)
spread = np.sqrt(errors[0] ** 2 * (t - distance.mean()) ** 2 + np.exp(2 * line[2]) / len(distance))
plt.fill_between(t, line[0] * t + line[1] - spread, line[0] * t + line[1] + spread, color=FIT, alpha=0.2)
plt.plot(t, line[0] * t + line[1], color=FIT, label="Hubble's line, ± one standard error")
plt.plot(t, 70 * t, color=TRUTH, label="70 km/s/Mpc")
plt.plot(distance, velocity, "o", color=INK, markersize=3.5)
plt.xlabel("distance in Mpc")
plt.ylabel("velocity in km/s")
plt.legend();

# %% [markdown]
# A universe of two billion years would be younger than the Earth, and geologists said so at once.
# The distances were wrong, all by about the same factor: the stars that Hubble used as lamps were
# brighter than he thought.
#
# ### A question to answer in words
#
# **Hubble's error bar does not reach today's value. What does the curvature know, and what can it
# not know?** This answer is read by a person.

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "what_the_curvature_knows", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# The curvature knows the scatter of these points about this line: how much the slope would vary if
# the same experiment were repeated with new noise. It takes the model at its word.
#
# It cannot know of an error that all points share. If all distances are too small by the same
# factor, the points lie on a line as well as before, with another slope. Nothing in the table shows
# it; only another experiment can.
#
# *For the reader:* (1 point) it knows the scatter under the assumed model. (½) a common error of
# the distances is not visible in it. (½) so an error bar is no distance to the truth.

# %% [markdown]
# ## 6. The area under the hill
#
# One more number comes for free. If the hill is a Gaussian, its top and its curvature give the
# *area* under it, $\log \int e^{\log L}\,d\theta$. Times the density of the prior it is called the
# evidence, and models are compared by it. (Here that density is taken as one.) For a Gaussian in
# $d$ dimensions,
#
# $$ \log \int = \text{top} + \tfrac d2 \log 2\pi - \tfrac12 \log\det(-H). $$
#
# ### Exercise: `laplace_log_evidence`
#
# `top` is the log density at its top, and `hessian` *its* Hessian there, negative definite. Return
# the logarithm of the area, a float. It shall work for sixty parameters, too.
#
# <details><summary>A first hint</summary>
# A determinant of sixty numbers of 1e8 is beyond the range of float64. Its logarithm is not.
# </details>
# <details><summary>A second hint</summary>
# <code>np.linalg.slogdet(matrix)</code> gives the sign and the logarithm.
# </details>
# <details><summary>A third hint</summary>
# The Hessian of a top has the wrong sign for a logarithm: use −H.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "laplace_log_evidence", "locked": false, "schema_version": 3, "solution": true, "task": false}
def laplace_log_evidence(top, hessian):
    """The log of the area under exp(log density), from its top and its Hessian there: a float."""
    ### BEGIN SOLUTION
    return float(top + 0.5 * len(hessian) * np.log(2 * np.pi) - 0.5 * np.linalg.slogdet(-hessian)[1])
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_laplace_log_evidence", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(laplace_log_evidence)

# %% tags=["demonstration"]
value, _, hessian = with_curvature(top)
print(f"Laplace: {laplace_log_evidence(-value, -hessian):.4f}; by integration 32.7467")

scales = np.linspace(top[2] - 0.4, top[2] + 0.4, 200)
heights = [-with_curvature(np.array([top[0], top[1], log_s]))[0] for log_s in scales]
plt.plot(scales, heights, color=FIT, label="log likelihood")
plt.plot(scales, -value - 0.5 * hessian[2, 2] * (scales - top[2]) ** 2, "--", color=TRUTH, label="the parabola")
plt.xlabel("log s")
plt.ylabel("log likelihood")
plt.legend();

# %% [markdown]
# The parabola misses the area by four percent: the hill is a little lopsided along $\log s$. With
# more points it would be rounder. Where it is not round at all, one has to sample it, and that is
# the second half of this course.
#
# ## What you can do now
#
# * hand a TensorFlow function to an optimiser;
# * say which rate is too large, and why a narrow valley is slow;
# * make Newton's method arrive;
# * read error bars and an area off the curvature, and say what they do not know.
#
# **Where to go.** *04 posterior* asks how much the other lines are believed. Something to try: put
# all distances of Hubble's table into units of their own spread. How does the condition number
# change, and how many evaluations does L-BFGS-B then need?
