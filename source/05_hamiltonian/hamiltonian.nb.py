# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # How to go far without falling off: Hamiltonian Monte Carlo
#
# ![Left: a planet by Euler's steps spirals away and never closes its first orbit. Right: with the
# same step, leapfrog keeps it on its ellipse for a hundred orbits.](before_after.png)
#
# **An hour ago:** a planet by Euler's steps, whose energy is off by 0.31 (of 0.5) after one orbit.
# **An hour from now:** the same step, a hundred orbits, and never off by more than 0.004. The map
# that does it is yours, and it carries a sampler across a whole posterior in one move.
#
# *90 minutes, 19 points: 16 by checks, 3 for an answer in words.*
#
# **How to work through it.** Run the cells from top to bottom. Where you see `# YOUR CODE HERE`,
# replace that line and the `raise` below it by your own code, and run the `check` cell below as
# often as you like. Before each surprise there is a cell with a guess: change it before you go on.
# It is never graded, and what happens is shown beside it.

# %% [markdown]
# ## What you may assume
#
# A *log density* $\log\pi(q)$ of some parameters $q$, known up to a constant, and its gradient (*02
# gradients*). A walk that visits places in proportion to $\pi$ needs *balance*: as many go from one
# place to another as come back (*04 posterior*). The cell below has the fifty points of the course
# and the log posterior of a line, $q = (m, b, \log s)$, in TensorFlow.

# %%
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"  # TensorFlow greets everybody on a red ground: not here

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


@tf.function(input_signature=[tf.TensorSpec([3], tf.float64)])
def tf_posterior(q):
    """The log posterior of the line q = (m, b, log s), and its gradient: two tensors."""
    with tf.GradientTape() as tape:
        tape.watch(q)
        m, b, log_s = tf.unstack(q)
        r = (y_data - m * x_data - b) / tf.exp(log_s)
        value = tf.reduce_sum(-0.5 * r**2 - log_s) - 1.5 * tf.math.log(1 + m**2)
    return value, tape.gradient(value, q)


def posterior(q):
    """The same for arrays: a float, and an array of shape [3]."""
    value, gradient = tf_posterior(tf.constant(q))
    return float(value), gradient.numpy()


top, width = np.array([-0.445, 0.041, -2.215]), np.array([0.033, 0.0154, 0.1])

# %% [markdown]
# ## 1. A planet
#
# A walk by small random steps (*04 posterior*) forgets at once where it was going. To go far, give
# the parameters a *velocity*. A body that moves keeps moving, and a force bends its path. Let us
# first see how well a computer can follow a path.
#
# A planet at $q$ with momentum $p$ is pulled to the sun by a force $-q/|q|^3$. Its energy
# $\tfrac12 p^2 - 1/|q|$ never changes. Euler's steps are the obvious ones: move by the velocity,
# and change the velocity by the force, both as they are at the start of the step.
#
# **Guess:** 200 of Euler's steps make one orbit. The energy is −0.5 at the start. By how much has
# it changed after one orbit?

# %%
guess = 0.01  # your guess

# %% tags=["demonstration"]
def sun(q):
    return -q / np.sum(q**2) ** 1.5


def planet_energy(q, p):
    return 0.5 * p @ p - 1 / np.sqrt(q @ q)


step, at_start = 2 * np.pi / 200, (np.array([0.4, 0.0]), np.array([0.0, 2.0]))
angle = np.linspace(0, 2 * np.pi, 200)
ellipse = np.array([np.cos(angle) - 0.6, 0.8 * np.sin(angle)])
q, p = at_start
euler_path = [q]
for _ in range(200):
    q, p = q + step * p, p + step * sun(q)
    euler_path.append(q)
print(f"guessed {guess}, and after one orbit it is off by {planet_energy(q, p) + 0.5:.2f}")
plt.plot(*ellipse, "--", color=TRUTH, linewidth=1, label="the orbit")
plt.plot(*np.array(euler_path).T, color=INK, label="Euler, time of one orbit")
plt.plot(0, 0, "*", color=TRUTH, markersize=10)
plt.axis("equal")
plt.legend(loc="lower left");

# %% [markdown]
# Each of Euler's steps leaves the curve a little to the outside, every time. The errors never
# cancel: they add up.
#
# ## 2. Kick, drift, kick
#
# In this lesson the energy of the parameters $q$ with momenta $p$ is
#
# $$ H(q, p) = \tfrac12 \sum_i v_i\,p_i^2 - \log\pi(q). $$
#
# So the force is the gradient of $\log\pi$, and points to where $\pi$ is larger. The numbers $v_i$
# are the *variances* of the parameters, as far as we know them: the velocity is $v_i\,p_i$, so that
# a parameter with a wide posterior moves quickly. (Its mass is $1/v_i$.)
#
# *Leapfrog* is a small change of Euler's steps, and makes all the difference. One step of size
# $\varepsilon$ (`step` in the code) is
#
# 1. half a kick: $p \leftarrow p + \tfrac12\varepsilon\,\nabla\log\pi(q)$,
# 2. a drift: $q \leftarrow q + \varepsilon\,v\,p$,
# 3. half a kick again, by the gradient at the *new* place.
#
# ### Exercise: `leapfrog`
#
# `gradient(q)` returns $\nabla\log\pi$, an array of shape `[d]`; `q`, `p` and `variance` are such
# arrays. Do `n` steps of size `step`. Return the new `q` and the new `p`. Ask for the gradient
# $n + 1$ times, since the last one of a step is the first one of the next. `step` may be negative.
#
# <details><summary>A first hint</summary>
# What does the second half of a kick use, and what does the next step begin with? Give that array a
# name, and ask for it once.
# </details>
# <details><summary>A second hint</summary>
# <code>p += …</code> changes the array of whoever called you. <code>p = p + …</code> makes a new
# one.
# </details>
# <details><summary>A third hint</summary>
# Only the drift knows of the variance. With n = 0 nothing happens, and a single step of size 0.1
# on a unit normal leads from q = 1, p = 0 to q = 0.995, p = −0.09975.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "leapfrog", "locked": false, "schema_version": 3, "solution": true, "task": false}
def leapfrog(gradient, q, p, step, n, variance):
    """Where n steps lead from q[d] with momentum p[d], and the momentum there: two arrays."""
    ### BEGIN SOLUTION
    slope = gradient(q)
    for _ in range(n):
        p = p + 0.5 * step * slope
        q = q + step * variance * p
        slope = gradient(q)
        p = p + 0.5 * step * slope
    return q, p
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_leapfrog", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check(leapfrog)

# %% [markdown]
# The same planet, the same step, the same price. **Guess** how far the energy is off in the worst
# moment of a *hundred* orbits.

# %%
guess = 0.3  # your guess

# %% tags=["demonstration"]
q, p = at_start
path, off = [], []
for _ in range(20_000):
    q, p = leapfrog(sun, q, p, step, 1, np.ones(2))
    path.append(q)
    off.append(planet_energy(q, p) + 0.5)
print(f"guessed {guess}, and in a hundred orbits it is never off by more than {np.max(np.abs(off)):.4f}")
panels = plt.subplots(1, 2, figsize=(8.5, 3))[1]
panels[0].plot(*np.array(path).T, color=FIT, linewidth=0.3)
panels[0].plot(*ellipse, "--", color=TRUTH, linewidth=1)
panels[0].plot(0, 0, "*", color=TRUTH, markersize=10)
panels[0].axis("equal")
panels[0].set_title("leapfrog, a hundred orbits")
panels[1].plot(np.arange(1, 801) / 200, off[:800], color=FIT)
panels[1].set(title="its energy, the first four", xlabel="orbits", ylabel="error of the energy");

# %% [markdown]
# The orbit turns slowly, but it stays an orbit. The error of the energy is the same in each orbit:
# there is no drift. Now the posterior of the line, and a flight of the same length with shorter and
# shorter steps. Halve the step, and the error falls to a quarter.

# %% tags=["demonstration"]
def energy(q, p, variance, log_density=posterior):
    return 0.5 * np.sum(variance * p**2) - log_density(q)[0]


def slope_of(q):
    return posterior(q)[1]


def energy_error(integrator, step, time=1.6):
    q, p = top + width * [0.8, -0.5, 0.3], np.array([-0.6, 1.1, 0.4]) / width
    after = integrator(slope_of, q, p, step, round(time / step), width**2)
    return abs(energy(*after, width**2) - energy(q, p, width**2))


steps = 0.4 / 2 ** np.arange(6)
errors = [energy_error(leapfrog, step) for step in steps]
plt.loglog(steps, errors, "o", color=FIT, label="leapfrog")
plt.loglog(steps, errors[0] * (steps / steps[0]) ** 2, ":", color=TRUTH, label="slope 2")
plt.xticks(steps, [f"{step:g}" for step in steps])
plt.minorticks_off()
plt.xlabel("step")
plt.ylabel("error of the energy")
plt.legend()
print("slopes:", np.round(np.log2(np.array(errors[:-1]) / errors[1:]), 3));

# %% [markdown]
# ## 3. Three things a right integrator does
#
# A sampler needs three things of such a map. It must be *reversible*: with the momentum turned
# round, the same steps lead back. It must keep *volume* in the space of $(q, p)$, or else a
# determinant has to be paid (*04 posterior*). And it should nearly keep the energy, with an error
# that falls as the square of the step.
#
# These make fine tests. How good are they? Below are six wrong integrators. The first four are made
# from your own: with the gradient negated, or doubled, with the root of the variance, and with one
# step too few.
#
# **Guess** how many of the six come back *and* keep the volume.

# %%
guess = 0  # your guess

# %% tags=["demonstration"]
def euler(gradient, q, p, step, n, variance):
    for _ in range(n):
        q, p = q + step * variance * p, p + step * gradient(q)
    return q, p


def whole_kick_then_drift(gradient, q, p, step, n, variance):
    for _ in range(n):
        p = p + step * gradient(q)
        q = q + step * variance * p
    return q, p


integrators = {
    "leapfrog": leapfrog,
    "gradient negated": lambda g, q, p, step, n, v: leapfrog(lambda x: -g(x), q, p, step, n, v),
    "gradient doubled": lambda g, q, p, step, n, v: leapfrog(lambda x: 2 * g(x), q, p, step, n, v),
    "root of the variance": lambda g, q, p, step, n, v: leapfrog(g, q, p, step, n, np.sqrt(v)),
    "one step too few": lambda g, q, p, step, n, v: leapfrog(g, q, p, step, n - 1, v),
    "a whole kick, a drift": whole_kick_then_drift,
    "Euler": euler,
}

# %% tags=["demonstration"]
def scaled(z, integrator, step=0.1, n=8):
    """The map in coordinates of size one: z[6] holds places in widths, and momenta."""
    q, p = integrator(slope_of, top + width * z[:3], z[3:] / width, step, n, width**2)
    return np.concatenate([(q - top) / width, p * width])


z, turned = np.array([0.8, -0.5, 0.3, -0.6, 1.1, 0.4]), np.array([1, 1, 1, -1, -1, -1])
fine = scaled(z, leapfrog, 0.8 / 1024, 1024)
print("                       comes back to   volume   slope   off (in widths)")
both = -1  # the first row is right
for name, f in integrators.items():
    back = np.max(np.abs(turned * scaled(turned * scaled(z, f), f) - z))
    jacobian = [(scaled(z + e, f) - scaled(z - e, f)) / 2e-5 for e in 1e-5 * np.eye(6)]
    volume = np.linalg.det(np.array(jacobian))
    slope = np.log2(energy_error(f, 0.02, 0.8) / energy_error(f, 0.01, 0.8))
    off = np.max(np.abs(scaled(z, f) - fine))
    both += bool(back < 1e-6 and abs(volume - 1) < 1e-6)
    print(f"{name:22} {back:13.0e} {volume:8.4f} {slope:7.2f} {off:12.4f}")
print(f"guessed {guess}, and {both} of the six wrong ones come back and keep the volume")

# %% [markdown]
# Four of the six wrong ones pass the two tests, and one of them the third, too. Whatever alternates
# kicks and drifts in a symmetric way comes back and keeps volume: also with a wrong force, also for
# a wrong time. So the checks of your `leapfrog` ask for more: a falling ball, free flight, a
# Gaussian for which the answer is known, and $7 = 3 + 4$ steps. When you test a sampler of your
# own, ask it for something whose answer you know.
#
# ## 4. Momenta
#
# Who gives the velocity? Chance does. Before each flight the momenta are drawn anew, from the
# density that belongs to their energy: $e^{-\frac12 v p^2}$ is a Gaussian. Its *variance* is $1/v$.
# A wide parameter is light and gets a small momentum; its velocity $v\,p$ is large nevertheless,
# with a width of $\sqrt v$: just the width that it has to cross.
#
# ### Exercise: `sample_momentum`
#
# `rng` is a NumPy generator, `variance` an array of shape `[d]`. Return `d` independent momenta, an
# array of shape `[d]`; number $i$ is normal, with mean 0 and variance $1/v_i$.
#
# <details><summary>A first hint</summary>
# <code>rng.standard_normal(d)</code> gives d independent numbers of width one.
# </details>
# <details><summary>A second hint</summary>
# Width and variance differ by a root.
# </details>
# <details><summary>A third hint</summary>
# If the variance is 4, half of all momenta lie between −0.34 and 0.34.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "sample_momentum", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sample_momentum(rng, variance):
    """Independent momenta, normal with the variances 1 / variance[d]: an array of shape [d]."""
    ### BEGIN SOLUTION
    return rng.standard_normal(len(variance)) / np.sqrt(variance)
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_sample_momentum", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(sample_momentum)

# %% [markdown]
# ## 5. One step of Hamiltonian Monte Carlo
#
# Draw momenta, fly, and look at the energy. If a flight kept the energy exactly, every end could be
# accepted. It keeps it nearly, and the guard of *04 posterior* puts the rest right: the end is
# accepted with the probability $\min(1, e^{H_0 - H})$, where $H_0$ is the
# energy at the start and $H$ that at the end. There is no other factor, *because* the map is
# reversible and keeps volume.
#
# ### Exercise: `hmc_step`
#
# `value_and_gradient(q)` returns $\log\pi$, a float, and its gradient. The momenta `p` and the
# number `u`, uniform between 0 and 1, are drawn by whoever calls you. Fly `n` steps. The end is
# accepted if $\log u < H_0 - H$; if $H$ is not a finite number, stay. Return three things: the
# position, $\log\pi$ *at that position*, and whether it moved, `True` or `False`.
#
# <details><summary>A first hint</summary>
# <code>lambda place: value_and_gradient(place)[1]</code> is a gradient that your leapfrog can use.
# </details>
# <details><summary>A second hint</summary>
# The energy has two parts, and the one of the momenta needs the variance.
# </details>
# <details><summary>A third hint</summary>
# Two ways out: one returns the new place and the new value, the other the old place and the old
# value. Compare logarithms; an exponential may overflow.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "hmc_step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def hmc_step(value_and_gradient, q, p, u, step, n, variance):
    """The next position[d], the log density there, and whether it moved: an array, a float, a bool."""
    ### BEGIN SOLUTION
    gradient = lambda place: value_and_gradient(place)[1]
    new_q, new_p = leapfrog(gradient, q, p, step, n, variance)
    height, new_height = value_and_gradient(q)[0], value_and_gradient(new_q)[0]
    before = 0.5 * np.sum(variance * p**2) - height
    after = 0.5 * np.sum(variance * new_p**2) - new_height
    if np.isfinite(after) and np.log(u) < before - after:
        return new_q, new_height, True
    return q, height, False
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_hmc_step", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check(hmc_step)

# %% tags=["demonstration"]
def hmc(rng, log_density, q, step, n, variance, draws):
    """A chain[draws, d], and the share of draws that moved."""
    chain, moves = [], 0
    for _ in range(draws):
        q, _, moved = hmc_step(log_density, q, sample_momentum(rng, variance), rng.uniform(), step, n, variance)
        chain.append(q)
        moves += moved
    return np.array(chain), moves / draws


chain, share = hmc(np.random.default_rng(4), posterior, top, 0.5, 3, width**2, 3000)
print(f"{100 * share:.1f} % of 3000 flights were accepted")
for name, draws, exact in zip(["m", "b", "log s"], chain.T, ["-0.444 ± 0.035", "0.041 ± 0.016", "-2.185 ± 0.103"]):
    print(f"{name:6} {draws.mean():6.3f} ± {draws.std():.3f}, by integration {exact}")
panels = plt.subplots(1, 2, figsize=(8.5, 3))[1]
panels[0].plot(chain[:, 0], chain[:, 1], ".", color=FIT, markersize=2)
panels[0].plot(chain[:12, 0], chain[:12, 1], "o-", color=INK, markersize=3, linewidth=0.8)
panels[0].set(xlabel="slope m", ylabel="intercept b", title="twelve flights, and all draws")
panels[1].plot(chain[:200, 0], color=FIT, linewidth=0.8)
panels[1].set(xlabel="draw", title="slope m, 200 draws");

# %% [markdown]
# Each draw lands somewhere else, and nearly all are accepted. What if we had not known the
# variances? With all of them one, the step must be short enough for the narrowest parameter, and
# the widest one then hardly moves.

# %% tags=["demonstration"]
for variance, colour, name in [(width**2, FIT, "the variances"), (np.ones(3), INK, "all one")]:
    tried = np.logspace(-2.5, 0.4, 15)
    with np.errstate(over="ignore"):  # too long a step flies apart
        shares = [hmc(np.random.default_rng(0), posterior, top, step, 3, variance, 60)[1] for step in tried]
    plt.semilogx(tried, shares, "o-", color=colour, markersize=3, label=name)
plt.axvline(2, color=FIT, linestyle=":", linewidth=1)
plt.axvline(2 * width[1], color=INK, linestyle=":", linewidth=1)
plt.xlabel("step (dotted: twice the narrowest width)")
plt.ylabel("share accepted")
plt.legend(loc="lower left");

# %% [markdown]
# ## 6. The bug of 2018
#
# This course grew from a worksheet of 2018, and that came with a sampler. It worked like yours,
# with one slip: along with the new place it returned the log density of the place that it had
# *left*. The next step used this number as if it were the height of the new place.
#
# Here are 20 000 chains with that slip, on a unit normal. They begin with exact draws from it, and
# make 300 steps. Since the parameters of a unit normal do not know of each other, your `leapfrog`
# flies all chains at once. **Guess** the mean of $q^2$ at the end; it should be 1.

# %%
guess = 1.0  # your guess

# %% tags=["demonstration"]
def chains(rng, count, transitions, bug_of_2018):
    """Places of many chains on a unit normal, [transitions + 1, count], the exact draws first."""
    q = rng.standard_normal(count)
    height, places = -0.5 * q**2, [q]
    for _ in range(transitions):
        p = rng.standard_normal(count)
        new_q, new_p = leapfrog(lambda x: -x, q, p, 0.5, 3, np.ones(count))
        lost = 0.5 * p**2 - height - 0.5 * new_p**2 - 0.5 * new_q**2
        moved = np.log(rng.uniform(size=count)) < lost
        height = np.where(moved, -0.5 * (q if bug_of_2018 else new_q) ** 2, height)
        q = np.where(moved, new_q, q)
        places.append(q)
    return np.array(places)


right = chains(np.random.default_rng(1), 20_000, 300, bug_of_2018=False)
wrong = chains(np.random.default_rng(1), 20_000, 300, bug_of_2018=True)
at_the_end = [np.mean(places[-1] ** 2) for places in (right, wrong)]
print(f"guessed {guess}; right {at_the_end[0]:.2f}, with the bug {at_the_end[1]:.2f}")

# %% tags=["demonstration"]
panels = plt.subplots(1, 2, figsize=(8.5, 3))[1]
bins, line = np.linspace(-6, 6, 61), np.linspace(-6, 6, 200)
panels[0].hist(wrong[100:].ravel(), bins, density=True, color="0.8", label="the bug of 2018")
panels[0].hist(right[100:].ravel(), bins, density=True, histtype="step", color=FIT, label="yours")
panels[0].plot(line, np.exp(-0.5 * line**2) / np.sqrt(2 * np.pi), "--", color=TRUTH, label="unit normal")
panels[0].set(xlabel="q", ylim=(0, 0.62))
panels[0].legend(fontsize=8, loc="upper left")
panels[1].plot(np.mean(wrong**2, axis=1), color=INK, label="the bug of 2018")
panels[1].plot(np.mean(right**2, axis=1), color=FIT, label="yours")
panels[1].axhline(guess, color=INK, linestyle=":", linewidth=1, label="your guess")
panels[1].set(xlabel="steps", ylabel="mean of q²", ylim=(0, 6))
panels[1].legend(fontsize=8, ncol=2, loc="upper left");

# %% [markdown]
# It accepts by a height that is too low or too high for the place where it stands. Nothing crashes,
# the histogram is smooth, the mean of $q$ is right, and the mean of $q^2$ is four times too large
# and still grows. (The sampler of 2018 chose the lengths of its flights by itself, as in the next
# section, and was off by less: the widths of its posterior were 8 % too large. So nobody saw it.)
#
# Would a test have found it? Here is a sharp one: begin with 200 000 exact draws, make one step, and
# see if they are still draws from a unit normal. The number $z$ says by how many standard errors
# the mean of $q^2$ is off.

# %% tags=["demonstration"]
many = chains(np.random.default_rng(7), 200_000, 3, bug_of_2018=True)
for k in range(1, 4):
    z = (np.mean(many[k] ** 2) - 1) / np.sqrt(2 / many.shape[1])
    print(f"steps: {k}, mean of q² {np.mean(many[k] ** 2):.3f}, z = {z:.1f}")

# %% [markdown]
# ### A question to answer in words
#
# **The bug of 2018 passed every test of one step from a true sample. Why can one step not show it,
# and two can?** Say what test you would write for such a sampler. This answer is read by a person.

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "why_two_steps", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# The first step begins at an exact draw whose height is worked out there, so it is the right one.
# The flight is right, the guard is right, and the place that it returns is distributed as it should
# be. Only the *height* that goes with it is wrong, and nobody has used it yet.
#
# The second step compares the energy at its end with that height. It is the height of another
# place, so the guard lets through the wrong ones, and the places are no longer draws from the
# density.
#
# What a step hands on belongs to the state of the chain, and a test has to look at all of it:
# either at two steps or more, or directly at the number: is the height that is returned the log
# density of the place that is returned? The second test needs no chance at all.
#
# *For the reader:* (1 point) the first step starts with the right height, and what is wrong after
# it is only the height that it hands on. (1) the second step uses it in its energy, so it accepts
# wrongly. (1) a test that sees it: two steps, or the height compared with the place.

# %% [markdown]
# ## 7. How far?
#
# On a unit normal an exact flight goes round a circle in the plane of $q$ and $p$, once in $2\pi$.
# Leapfrog goes round an ellipse, $(1 - \tfrac14\varepsilon^2)\,q^2 + p^2$ = constant. As long as
# $\varepsilon < 2$ it stays on it for ever; beyond, it flies apart.

# %% tags=["demonstration"]
angle = np.linspace(0, 2 * np.pi, 200)
for step, colour in [(0.3, FIT), (1.0, INK), (1.9, "0.6")]:
    q, p = np.array([1.0]), np.array([0.0])
    around = [(q[0], p[0])]
    for _ in range(40):
        q, p = leapfrog(lambda x: -x, q, p, step, 1, np.ones(1))
        around.append((q[0], p[0]))
    plt.plot(*np.array(around).T, ".", color=colour, markersize=6, label=f"step {step}")
    plt.plot(np.cos(angle), np.sqrt(1 - step**2 / 4) * np.sin(angle), color=colour, linewidth=0.5)
plt.plot(np.cos(angle), np.sin(angle), "--", color=TRUTH, linewidth=1.2, label="exact")
plt.axis("equal")
plt.xlabel("q")
plt.ylabel("p")
plt.legend(loc="upper left", bbox_to_anchor=(1, 1));

# %% [markdown]
# Step 1 has six places only: after six steps it is back, to the last digit. Then three steps lead
# exactly to the other side, whatever the momentum was, and the energy is exact. Every flight is
# accepted. **Guess** what such a sampler finds for the mean of $q^2$, which should be 1, in a
# thousand draws that begin at 1.3.

# %%
guess = 1.0  # your guess

# %% tags=["demonstration"]
def normal(q):
    return -0.5 * np.sum(q**2), -q


q, p = leapfrog(lambda x: -x, np.array([1.3]), np.array([0.7]), 1.0, 6, np.ones(1))
print(f"after six steps of 1: from q = 1.3, p = 0.7 to q = {q[0]:.6f}, p = {p[0]:.6f}")
for n in (3, 2):
    draws, share = hmc(np.random.default_rng(2), normal, np.array([1.3]), 1.0, n, np.ones(1), 1000)
    print(f"{n} steps of 1: accepted {100 * share:.0f} %, mean of q² {np.mean(draws**2):.3f}, begins", draws[:6, 0].round(2))
print(f"guessed {guess}")

# %% [markdown]
# Three steps: 1.3, −1.3, 1.3, for ever. A perfect flight and a useless sampler. The best length is
# about a quarter of the orbit, and nobody knows the orbit beforehand. In real posteriors it is
# another one in each direction.
#
# The idea of the *No-U-Turn Sampler* (M. Hoffman and A. Gelman, 2014, *Journal of Machine Learning
# Research* 15, 1593): fly until you are about to come closer again. Measure distances in widths,
# $\sum_i (\Delta q_i)^2 / v_i$. Then the distance between two places of a flight grows while the
# way from the first to the last and the momentum (not the velocity) point to the same side. Both
# ends are asked, since a flight may be continued at either.
#
# ### Exercise: `is_u_turn`
#
# The four arguments are arrays of shape `[d]`, in the order of time: the place and the momentum at
# the first end, and those at the last. Return `True` if $(q_\text{last} - q_\text{first}) \cdot p$
# is negative at one end or the other, and `False` if not.
#
# <details><summary>A first hint</summary>
# The way from the first to the last place is an array. Both dot products use it, each with a
# momentum of its own.
# </details>
# <details><summary>A second hint</summary>
# On a unit circle there is no U-turn before half of the orbit, and one after it.
# </details>
# <details><summary>A third hint</summary>
# One negative dot product is enough, and the size of the two does not matter.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "is_u_turn", "locked": false, "schema_version": 3, "solution": true, "task": false}
def is_u_turn(q_first, p_first, q_last, p_last):
    """Whether a flight has turned round at one of its ends: True or False. All arguments are [d]."""
    ### BEGIN SOLUTION
    way = q_last - q_first
    return bool(way @ p_first < 0 or way @ p_last < 0)
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_is_u_turn", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(is_u_turn)

# %% tags=["demonstration"]
def flight(q, p, step, variance):
    """The places of a flight up to its U-turn, [n + 1, d]."""
    first, places = (q, p), [q]
    while not is_u_turn(*first, q, p) and len(places) < 200:
        q, p = leapfrog(slope_of, q, p, step, 1, variance)
        places.append(q)
    return np.array(places)


rng = np.random.default_rng(5)
flights = [flight(q, sample_momentum(rng, width**2), 0.2, width**2) for q in chain[::15]]
panels = plt.subplots(1, 2, figsize=(8.5, 3))[1]
panels[0].plot(chain[:, 0], chain[:, 1], ".", color="0.85", markersize=2)
for places in flights[:4]:
    panels[0].plot(places[:, 0], places[:, 1], ".-", color=FIT, markersize=3, linewidth=0.8)
    panels[0].plot(*places[-1, :2], "o", color=TRUTH, markersize=4)
panels[0].set(xlabel="slope m", ylabel="intercept b", title="four flights up to their U-turns")
times = [0.2 * (len(places) - 1) for places in flights]
panels[1].hist(times, np.arange(0.1, 5, 0.2), color=FIT)
panels[1].axvline(np.pi, color=TRUTH, linestyle="--", label="π, half an orbit")
panels[1].set(xlabel="time up to the U-turn", title=f"{len(times)} flights")
panels[1].legend(fontsize=8, loc="upper left")
print(f"a U-turn after {np.median(times):.1f} (median), and between {min(times):.1f} and {max(times):.1f}");

# %% [markdown]
# A full No-U-Turn Sampler doubles its flight until it turns, and picks a place of it with care;
# `course_lib.inference.readable.nuts` is one that can be read.
#
# ## 8. The funnel
#
# One more hill, by R. Neal. His $v$ is a parameter, not a variance; our variances are all one here.
# It is normal with width 3, and nine parameters $x_i$ are normal with width $e^{v/2}$. Where $v$ is
# 6 they are 20 wide, where it is −6 they are 0.05 wide, and the step may be at most twice the
# width. No step is right everywhere.
#
# We fly 6000 times, 20 steps of 0.5 each. **Guess** what width of $v$ is found; it should be 3.

# %%
guess = 3.0  # your guess

# %% tags=["demonstration"]
def funnel(q):
    """The log density of (v, x1 … x9), and its gradient."""
    v, x = q[0], q[1:]
    with np.errstate(all="ignore"):
        weight, squares = np.exp(-v), x @ x
        slope = np.concatenate([[-v / 9 + 0.5 * weight * squares - 4.5], -weight * x])
        return -v**2 / 18 - 0.5 * weight * squares - 4.5 * v, slope


rng, q = np.random.default_rng(1), np.concatenate([[0.0], np.ones(9)])
draws, diverged, ones = [], [], np.ones(10)
for _ in range(6000):
    p = sample_momentum(rng, ones)
    new_q, _, moved = hmc_step(funnel, q, p, rng.uniform(), 0.5, 20, ones)
    if not moved:
        end = leapfrog(lambda z: funnel(z)[1], q, p, 0.5, 20, ones)
        if not energy(*end, ones, funnel) - energy(q, p, ones, funnel) < 1000:
            diverged.append(q)
    q = new_q
    draws.append(q)
draws, diverged = np.array(draws), np.array(diverged)

# %% tags=["demonstration"]
v = draws[:, 0]
print(f"guessed {guess}, and v is {v.mean():.2f} ± {v.std():.2f} (truth 0 ± 3); {len(diverged)} flights diverged")
print(f"the lowest v is {v.min():.1f}; {100 * 0.1587:.0f} % of the funnel lie below -3, and {100 * np.mean(v < -3):.1f} % of the draws")
panels = plt.subplots(1, 2, figsize=(8.5, 3))[1]
panels[0].plot(draws[:, 1], v, ".", color=FIT, markersize=2, label="draws")
panels[0].plot(diverged[:, 1], diverged[:, 0], ".", color=TRUTH, markersize=3, label="diverged")
mouth = np.linspace(-9, 9, 100)
for side in (-2, 2):
    panels[0].plot(side * np.exp(mouth / 2), mouth, "--", color=INK, linewidth=0.8)
panels[0].set(xlabel="x1", ylabel="v", xlim=(-30, 30), ylim=(-9, 9), title="where flights begin")
panels[0].legend(fontsize=8, loc="lower left")
panels[1].hist(v, np.linspace(-9, 9, 37), density=True, color=FIT, label="draws")
panels[1].plot(mouth, np.exp(-(mouth**2) / 18) / np.sqrt(18 * np.pi), "--", color=TRUTH, label="truth")
panels[1].set(xlabel="v", ylim=(0, 0.3))
panels[1].legend(fontsize=8, loc="upper left");

# %% [markdown]
# The neck of the funnel is never entered: the histogram ends at a wall that is not there. Before
# it is a peak, where the chain stands still, refused again and again. The mean of $v$ looks
# nearly right, and its width is too small by a quarter. The flights that diverged are the warning:
# nearly all of them begin at the entrance of the neck. Take such warnings seriously. A shorter step
# only moves the entrance; the cure is another choice of coordinates, and it waits in *06 effective
# samples*.
#
# ## What you can do now
#
# * follow an orbit for a long time, and say why Euler's steps cannot;
# * test an integrator by what you know, and not only by what it keeps;
# * cross a posterior in one move, with steps that fit its widths;
# * say what a step of a sampler hands on, and test that, too;
# * see from a U-turn how far is far enough, and from divergences where a sampler cannot go.
#
# **Where to go.** *06 effective samples* asks what such a chain is worth, and cures the funnel.
# Something to try: draw the number of steps at random, between 1 and 5, for each flight with a step
# of 1. What becomes of the sampler that went 1.3, −1.3, 1.3?
