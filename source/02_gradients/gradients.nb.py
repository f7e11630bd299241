# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Which way is up? Gradients
#
# ![Left: a gradient of a thousand parameters by differences takes two thousand evaluations and has
# nine digits. Right: by book-keeping it takes the time of a few, and has sixteen.](before_after.png)
#
# **An hour ago:** the slope of a function of a thousand parameters costs two thousand evaluations,
# and has nine digits at best. **An hour from now:** it costs the time of a few, has all
# sixteen digits, and you have a test that tells a right gradient from a wrong one.
#
# *85 minutes, 19 points: 17 by checks, 2 for an answer in words.*
#
# **How to work through it.** Run the cells from top to bottom. Where you see `# YOUR CODE HERE`,
# replace that line and the `raise` below it by your own code, and run the `check` cell below as
# often as you like. Before each surprise there is a cell with a guess: change it before you go on.
# It is never graded, and the next picture shows it beside what happens.

# %% [markdown]
# ## What you may assume
#
# The fifty points of the course, and the log likelihood of a line with the parameters
# $\theta = (m, b, \log s)$. The first lesson tells where it comes from; here it is just a function
# of three numbers.

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

# %%
np.random.seed(123)
x_data = np.sort(np.random.uniform(-1, 1, 50))
y_data = -0.4 * x_data + 0.03 + 0.1 * np.random.randn(50)
true_theta = np.array([-0.4, 0.03, np.log(0.1)])


def log_like(theta, x=x_data, y=y_data):
    """The log likelihood of the line theta = (m, b, log s): a number."""
    m, b, log_s = theta
    r = y - m * x - b
    return np.sum(-0.5 * r**2 * np.exp(-2 * log_s) - log_s - 0.5 * np.log(2 * np.pi))


# %% [markdown]
# ## 1. Nudge and look
#
# To find out which way is up, take a step along one parameter and see what happens. A step to each
# side is better than one step to one side, because the curvature then cancels:
#
# $$ \frac{\partial f}{\partial\theta_i} \approx \frac{f(\theta + h_i e_i) - f(\theta - h_i e_i)}{2 h_i}. $$
#
# ### Exercise: `central_difference`
#
# `f` takes an array of shape `[d]` and returns a number. Return the `d` derivatives at `theta`,
# with the steps `h`, one for each parameter. Ask for $2d$ values, and leave `theta` as it is.
#
# <details><summary>A first hint</summary>
# One parameter after the other. All others stay where they are.
# </details>
# <details><summary>A second hint</summary>
# <code>theta[i] += h[i]</code> changes the array that your caller still uses. Make a step array of
# zeros, put one number into it, and ask at theta + step and theta - step.
# </details>
# <details><summary>A third hint</summary>
# The two places are 2 h apart.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "central_difference", "locked": false, "schema_version": 3, "solution": true, "task": false}
def central_difference(f, theta, h):
    """The derivatives of f at theta[d] by central differences with steps h[d]: an array of shape [d]."""
    ### BEGIN SOLUTION
    derivatives = []
    for i in range(len(theta)):
        step = np.zeros(len(theta))
        step[i] = h[i]
        derivatives.append((f(theta + step) - f(theta - step)) / (2 * h[i]))
    return np.array(derivatives)
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_central_difference", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(central_difference)

# %% [markdown]
# ## 2. The best step
#
# A small step is close to the slope. **Guess** the best step for the derivative with respect to
# $\log s$: 1e-2, 1e-8, 1e-16?

# %%
guess = 1e-16  # your guess

# %% [markdown]
# There is a third way beside one step and two. Take an *imaginary* step: for a function that knows
# complex numbers, $\mathrm{Im} f(\theta + i h) / h$ is the derivative, and nothing is subtracted.

# %% tags=["demonstration"]
along = lambda log_s: log_like(np.array([-0.4, 0.03, log_s]))
m, b, log_s = true_theta
r = y_data - m * x_data - b
exact = np.sum(r**2 * np.exp(-2 * log_s) - 1)

steps = 10.0 ** np.arange(-16, 0, 0.25)
errors = {
    "one step": [(along(log_s + h) - along(log_s)) / h for h in steps],
    "two steps": [(along(log_s + h) - along(log_s - h)) / (2 * h) for h in steps],
    "imaginary step": [np.imag(along(log_s + 1j * h)) / h for h in steps],
}
for (name, found), colour in zip(errors.items(), ["0.6", FIT, TRUTH]):
    plt.loglog(steps, np.maximum(np.abs(np.array(found) / exact - 1), 1e-17), color=colour, label=name)
plt.axvline(guess, color=INK, linestyle=":", label="your guess")
plt.xlabel("step")
plt.ylabel("relative error")
plt.legend();

# %% [markdown]
# It is a V, and not a slope. To the right of the bottom the step is too long, and the formula is
# wrong. To the left it is too short: the two values agree in nearly all of their digits, and what
# is left after the subtraction is rounding. With two steps the best $h$ lies near $10^{-5}$, where
# ten digits are right. (The best step is in proportion to the scale on which $f$ changes. Along $m$
# or $b$ our $f$ is a parabola, for which two steps are exact: there is only the left arm.) The
# imaginary step has no left arm. At $10^{-200}$ it would still be exact.
#
# ### A question to answer in words
#
# **Your difference quotient gets worse as $h$ shrinks below 1e-7. Where do the digits go, and why
# does the imaginary step keep them?** This answer is read by a person.

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "where_the_digits_go", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# A float64 has sixteen digits. For a small h the two values differ in the last few digits only, so
# that their difference has few digits left; dividing by a small h makes that error large. The error
# is about eps |f| / h.
#
# With an imaginary step the derivative stands in the imaginary part by itself. Nothing is
# subtracted from anything of nearly the same size, so that h may be as small as one likes.
#
# *For the reader:* (1 point) nearly equal numbers are subtracted, their common digits cancel.
# (½) the error grows as 1/h. (½) with the imaginary step there is no subtraction.

# %% [markdown]
# ## 3. The ledger
#
# Differences need two evaluations for each parameter. There is a way that needs the time of a few
# for all of them together. Write down each operation of the computation, as a ledger:
#
# | line | what | its derivative |
# |---|---|---|
# | 1 | $r_n = y_n - m\,x_n - b$ | $\partial r_n/\partial m = -x_n, \; \partial r_n/\partial b = -1$ |
# | 2 | $t_n = -\tfrac12 r_n^2 e^{-2\log s} - \log s$ | $\partial t_n/\partial r_n = -r_n e^{-2\log s}, \;\partial t_n/\partial\log s = r_n^2 e^{-2\log s} - 1$ |
# | 3 | $f = \sum_n w_n t_n$ | $\partial f/\partial t_n = w_n$ |
#
# Then read it *backwards*. Begin with the last line: each term has the weight $w_n$. Multiply it by
# the derivatives of line 2, and by those of line 1, and add up all that arrives at one parameter.
# It is the chain rule, with book-keeping.
#
# ### Exercise: `pull_back`
#
# Do it by hand, in NumPy. `theta` is $(m, b, \log s)$, and `weights` has one number for each
# point, which may be negative or zero. Return the three derivatives of $\sum_n w_n t_n$; with all
# weights one, that sum is the log likelihood up to a constant.
#
# <details><summary>A first hint</summary>
# First r, an array of shape [n]. Each of the three derivatives is a sum over the points.
# </details>
# <details><summary>A second hint</summary>
# From the table: the derivative with respect to b is the sum of the weights times r, over s².
# </details>
# <details><summary>A third hint</summary>
# In the third, the −1 is inside the sum: every point pays the price of the scale, with its
# weight.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "pull_back", "locked": false, "schema_version": 3, "solution": true, "task": false}
def pull_back(x, y, theta, weights):
    """The sum of weights[n] times the derivatives of t[n] by (m, b, log s): an array of shape [3]."""
    ### BEGIN SOLUTION
    m, b, log_s = theta
    r = y - m * x - b
    inverse = np.exp(-2 * log_s)
    slope = inverse * np.sum(weights * r * x)
    intercept = inverse * np.sum(weights * r)
    scale = np.sum(weights * (r**2 * inverse - 1))
    return np.array([slope, intercept, scale])
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_pull_back", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(pull_back)

# %% [markdown]
# Every point pulls at the line. The arrows show by how much each of them pulls at the slope: a
# point far from $x = 0$ has a long lever. Up means towards a larger slope, so that left of zero a
# point above the line has an arrow downwards.

# %% tags=["demonstration"]
pulls = np.array([pull_back(x_data, y_data, true_theta, weights)[0] for weights in np.eye(50)])
t = np.linspace(-1, 1, 2)
plt.plot(t, -0.4 * t + 0.03, color=TRUTH, label="truth")
plt.quiver(x_data, -0.4 * x_data + 0.03, 0 * pulls, pulls, color=FIT, angles="xy", scale=150, width=0.004)
plt.plot(x_data, y_data, "o", color=INK, markersize=3, label="data")
plt.title(f"together they pull at the slope with {np.sum(pulls):.1f}")
plt.xlabel("x")
plt.ylabel("y")
plt.legend();

# %% [markdown]
# ## 4. TensorFlow keeps the ledger
#
# Inside a `tf.GradientTape`, TensorFlow writes every operation down. `tape.gradient` reads the
# ledger backwards:
#
# ```python
# with tf.GradientTape() as tape:
#     tape.watch(theta)                  # needed for ordinary tensors
#     value = some_function(theta)
# slope = tape.gradient(value, theta)    # the same shape as theta
# ```
#
# If `value` is an array, `tape.gradient` adds up its parts first. Often that is a trap. Here it
# will be of use.
#
# ### Exercise: `gradient_many`
#
# `theta` has shape `[k, 3]`, a line in each row. Return a `float64` tensor of the same shape: in
# each row the derivatives of *that line's* log likelihood with respect to $(m, b, \log s)$. All
# numbers arrive as `float64` tensors; `x` and `y` have shape `[n]`.
#
# <details><summary>A first hint</summary>
# A row's value depends on its own row alone. What is then the gradient of the sum of all values?
# </details>
# <details><summary>A second hint</summary>
# You need a table [k, n] of terms. <code>theta[:, 0:1]</code> has the shape [k, 1], and goes
# together with x.
# </details>
# <details><summary>A third hint</summary>
# All operations have to be TensorFlow's, and inside the tape: <code>np.exp</code> leaves a gap
# in the ledger.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "gradient_many", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gradient_many(x, y, theta):
    """Each row's derivatives by (m, b, log s), for theta[k, 3]: a float64 tensor of shape [k, 3]."""
    ### BEGIN SOLUTION
    with tf.GradientTape() as tape:
        tape.watch(theta)
        m, b, log_s = tf.unstack(theta[:, :, None], axis=1)
        terms = -0.5 * ((y - m * x - b) / tf.exp(log_s)) ** 2 - log_s - 0.5 * np.log(2 * np.pi)
        values = tf.reduce_sum(terms, axis=1)
    return tape.gradient(values, theta)
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_gradient_many", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check(gradient_many)

# %% [markdown]
# Now for the price. A *logistic regression* has one parameter for each column of its data; how it
# works is no matter here. **Guess:** how many times as long as its value does its gradient take,
# with 1000 parameters? By differences it would be 2000 times.

# %%
guess = 2000.0  # your guess

# %% tags=["demonstration"]
def seconds(function, *arguments):
    """The shortest of twelve calls."""
    times = []
    for _ in range(12):
        began = time.perf_counter()
        function(*arguments).numpy()
        times.append(time.perf_counter() - began)
    return min(times)


@tf.function
def value(design, theta):
    return -tf.reduce_sum(tf.math.softplus(tf.linalg.matvec(design, theta)))


@tf.function
def gradient(design, theta):
    with tf.GradientTape() as tape:
        tape.watch(theta)
        height = value(design, theta)
    return tape.gradient(height, theta)


# %% tags=["demonstration"]
sizes, ratios = [10, 100, 1000], []
for d in sizes:
    design = tf.constant(np.random.default_rng(d).normal(size=(4000, d)))
    theta = tf.zeros(d, tf.float64)
    ratios.append(seconds(gradient, design, theta) / seconds(value, design, theta))
plt.loglog(sizes, 2 * np.array(sizes), color="0.6", label="differences")
plt.loglog(sizes, ratios, "o-", color=FIT, label="the ledger")
plt.loglog(1000, guess, "*", color=INK, markersize=10, label="your guess")
plt.xlabel("parameters")
plt.ylabel("time of the gradient / time of the value")
plt.legend();
print(f"guessed {guess:.0f}, found {ratios[-1]:.1f}")

# %% [markdown]
# ## 5. The slope of the slope
#
# A gradient is computed by operations, too, so it can be differentiated. That gives the *Hessian*,
# the matrix $H$ of second derivatives, which says how the hill curves. For many parameters the
# matrix is large. But its product with one direction $v$ is cheap: it is the gradient of the number
# $g(\theta) \cdot v$.
#
# ### Exercise: `hessian_times`
#
# Return $H v$ for the log likelihood at `theta` $= (m, b, \log s)$, a `float64` tensor of shape
# `[3]`. It is exact: no differences.
#
# <details><summary>A first hint</summary>
# Two tapes, one inside the other. The inner one gives the gradient.
# </details>
# <details><summary>A second hint</summary>
# The inner tape's gradient has to be computed while the outer one still records.
# </details>
# <details><summary>A third hint</summary>
# Inside the outer tape, multiply the gradient by v and add up; differentiate that number.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "hessian_times", "locked": false, "schema_version": 3, "solution": true, "task": false}
def hessian_times(x, y, theta, v):
    """The Hessian of the log likelihood at theta[3], times v[3]: a float64 tensor of shape [3]."""
    ### BEGIN SOLUTION
    with tf.GradientTape() as outer:
        outer.watch(theta)
        with tf.GradientTape() as inner:
            inner.watch(theta)
            m, b, log_s = tf.unstack(theta)
            terms = -0.5 * ((y - m * x - b) / tf.exp(log_s)) ** 2 - log_s - 0.5 * np.log(2 * np.pi)
            value = tf.reduce_sum(terms)
        gradient = inner.gradient(value, theta)
        along = tf.reduce_sum(gradient * v)
    return outer.gradient(along, theta)
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_hessian_times", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check(hessian_times)

# %% [markdown]
# Three directions give the whole matrix. It is symmetric, and negative definite: along every
# direction the hill curves downwards.

# %% tags=["demonstration"]
x_tensor, y_tensor = tf.constant(x_data), tf.constant(y_data)
rows = [hessian_times(x_tensor, y_tensor, tf.constant(true_theta), tf.constant(v)) for v in np.eye(3)]
print(np.round(rows, 2))

# %% [markdown]
# ## 6. Do not believe a gradient: test it
#
# A wrong gradient does not stop a program. The optimiser just arrives somewhere else, and the
# sampler samples something else. So whoever writes a gradient writes a test for it. This time *you
# are the examiner*: your test is tried on gradients, right ones and wrong ones, and it has to tell
# which is which.
#
# ### Exercise: `gradient_is_right`
#
# `f(theta)` is a number, and `gradient(theta)` an array of shape `[d]`. `scale` says over which
# distance `f` varies, for each parameter. Return `True` if all components are right to a part in a
# thousand, and `False` if one is one percent off, or is no number at all.
#
# <details><summary>A first hint</summary>
# You have <code>central_difference</code>. Which step suits a parameter on which f varies over a
# millionth, and which one where it varies over a thousand?
# </details>
# <details><summary>A second hint</summary>
# Compare component by component. A tolerance of 1e-3 times the number is of no use for a component
# that is zero, so it needs a little more: in units of what? Think of the scales.
# </details>
# <details><summary>A third hint</summary>
# Try your test on infinity and NaN. <code>abs(d - inf) &lt;= 1e-3 * inf</code> is true.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "gradient_is_right", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gradient_is_right(f, gradient, theta, scale):
    """Whether gradient(theta) is the gradient of f at theta[d], where f varies over scale[d]: a bool."""
    ### BEGIN SOLUTION
    claimed = np.asarray(gradient(theta))
    found = central_difference(f, theta, 1e-4 * scale)
    slack = 1e-3 * np.abs(found) + 1e-6 * np.max(np.abs(found * scale)) / scale
    return bool(np.all(np.isfinite(claimed)) and np.all(np.abs(claimed - found) <= slack))
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_gradient_is_right", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(gradient_is_right)

# %% [markdown]
# A mistake to make on purpose: `np.log` instead of `tf.math.log`. The number is right to the last
# digit, and the gradient has lost a term. Your test sees it at once.

# %% tags=["demonstration"]
def with_numpy_log(theta, by):
    """The log likelihood as a function of (m, b, s), and its gradient, with one log in NumPy."""
    theta = tf.constant(theta)
    with tf.GradientTape() as tape:
        tape.watch(theta)
        m, b, s = tf.unstack(theta)
        value = tf.reduce_sum(-0.5 * ((y_data - m * x_data - b) / s) ** 2 - by(s))
    return value.numpy(), tape.gradient(value, theta).numpy()


place, scale = np.array([-0.4, 0.03, 0.1]), np.array([0.03, 0.015, 0.01])
for name, by in [("tf.math.log", tf.math.log), ("np.log", np.log)]:
    found, slope = with_numpy_log(place, by)
    verdict = gradient_is_right(lambda t: with_numpy_log(t, by)[0], lambda t: with_numpy_log(t, by)[1], place, scale)
    print(f"{name:12} value {found:.6f}  derivative by s {slope[2]:8.2f}  your test says {verdict}")

# %% [markdown]
# ## 7. Through a whole simulation
#
# A ledger does not mind how long the computation is. A ball leaves a cannon with 30 m/s, at an
# angle of 0.8 rad, and the air slows it down. We follow it in small steps until it lands. Where it
# lands is a number, so the tape can say how that number changes with the speed and with the angle,
# through all the steps.

# %% tags=["demonstration"]
def fly(speed, angle, drag=0.01, step=0.02):
    """The path of a ball, as a list of points (x, y) until it lands, and the x at which it does."""
    x, y, u, v = 0.0 * speed, 0.0 * speed, speed * tf.cos(angle), speed * tf.sin(angle)
    path = [(x, y)]
    while y >= 0 or len(path) == 1:
        fast = tf.sqrt(u**2 + v**2)
        u_half, v_half = u - 0.5 * step * drag * fast * u, v - 0.5 * step * (9.81 + drag * fast * v)
        fast = tf.sqrt(u_half**2 + v_half**2)
        u_next, v_next = u - step * drag * fast * u_half, v - step * (9.81 + drag * fast * v_half)
        x, y, u, v = x + step * u_half, y + step * v_half, u_next, v_next
        path.append((x, y))
    (x_0, y_0), (x_1, y_1) = path[-2:]
    return path, x_0 + (x_1 - x_0) * y_0 / (y_0 - y_1)


def landing(speed, angle):
    """The path, where it ends, and the derivatives of that by the speed and by the angle."""
    speed, angle = tf.constant(speed, tf.float64), tf.constant(angle, tf.float64)
    with tf.GradientTape() as tape:
        tape.watch([speed, angle])
        path, end = fly(speed, angle)
    return path, end.numpy(), [slope.numpy() for slope in tape.gradient(end, [speed, angle])]


# %% [markdown]
# With the slope we can aim. The target stands at 40 m. Each shot tells how far it went and how the
# landing point moves with the angle, and the next angle is where a straight line would hit.

# %% tags=["demonstration"]
angle, target = 0.8, 40.0
for shot in range(5):
    path, end, (by_speed, by_angle) = landing(30.0, angle)
    print(f"shot {shot + 1}: {angle:.3f} rad lands at {end:.3f} m; {by_speed:.3f} s, {by_angle:.2f} m/rad")
    plt.plot(*np.array(path).T, color=plt.cm.Blues(0.3 + 0.15 * shot), label=f"{angle:.2f} rad")
    angle = angle + (target - end) / by_angle
plt.plot(target, 0, "^", color=TRUTH, markersize=9, label="target")
plt.ylim(bottom=0)
plt.xlabel("metres")
plt.ylabel("metres")
plt.legend();

# %% [markdown]
# The first correction overshoots past the vertical, and still it finds its way. There are two
# angles that hit, a flat one and a steep one; which is found depends on the start. An optimiser
# does no more than this, and the next lesson is about where that goes wrong.
#
# ## What you can do now
#
# * take a derivative by differences, and choose a step that suits the parameter;
# * explain how a ledger read backwards gives all derivatives for the price of a few values;
# * differentiate a batch, and multiply by a Hessian that is never written down;
# * test a gradient so that a wrong one does not pass.
#
# **Where to go.** *03 optimise* climbs the hill. *05 hamiltonian* lets a ball roll on it. Something
# to try: the best step for a central difference is near $\epsilon^{1/3}$ times the scale. Why a
# third?
