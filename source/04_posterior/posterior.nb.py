# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # How much are the others believed? Posteriors
#
# ![Left: the mean of the flashes jumps about and has not settled after a million. Right: forty
# flashes place the lighthouse at 0.97 ± 0.66.](before_after.png)
#
# **An hour ago:** a prior that "knows nothing" had a mysterious −3/2 in it, and the mean of a
# million measurements was no better than one of them. **An hour from now:** the −3/2 is a determinant that your
# own function prints, and forty measurements place a lighthouse to within two thirds of a mile.
#
# *90 minutes, 20 points: 18 by checks, 2 for an answer in words.*
#
# **How to work through it.** Run the cells from top to bottom. Where you see `# YOUR CODE HERE`,
# replace that line and the `raise` below it by your own code, and run the `check` cell below as
# often as you like. Before each surprise there is a cell with a guess: change it before you go on.
# It is never graded, and the next picture shows it beside what happens.

# %% [markdown]
# ## What you may assume
#
# A log likelihood is a sum of log densities, one for each measurement (*01 likelihood*). A *prior*
# is a density of the parameters before the data. Their product, as a function of the parameters, is
# the *posterior*, up to a constant that nobody needs. The file `densities.py` beside this notebook
# holds a few densities to play with.

# %%
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"  # TensorFlow greets everybody on a red ground: not here

import numpy as np
import matplotlib.pyplot as plt
import tensorflow as tf

import densities
from course_lib import check

plt.rcParams.update({
    "figure.figsize": (6.0, 3.6), "figure.dpi": 120,
    "axes.spines.top": False, "axes.spines.right": False, "axes.titlesize": "medium",
    "font.size": 10, "legend.frameon": False, "lines.linewidth": 1.5,
})
INK, TRUTH, FIT = "0.15", "#c8553d", "#2f6690"  # data, what is true, what you find

# %% [markdown]
# ## 1. A lighthouse
#
# A lighthouse stands somewhere off a straight shore: at $\alpha$ along it, and $\beta$ out at sea.
# It turns, and flashes at random moments, in directions that are all equally probable. Detectors on
# the shore say where each flash arrived, and not from which direction. (Steve Gull invented the
# problem for his students.) Where is the lighthouse?

# %%
alpha, beta = 1.0, 2.0
rng = np.random.default_rng(2018)
x_data = alpha + beta * np.tan(rng.uniform(-np.pi / 2, np.pi / 2, 40))

# %% tags=["demonstration"]
for x in x_data:
    plt.plot([alpha, x], [beta, 0], color="0.85", linewidth=0.7)
plt.plot(x_data, 0 * x_data, "|", color=INK, markersize=12, label="flashes")
plt.plot(alpha, beta, "*", color=TRUTH, markersize=12, label="lighthouse")
plt.xlim(-15, 15)
plt.ylim(-0.2, 2.3)
plt.xlabel("miles along the shore")
plt.legend();

# %% [markdown]
# The flashes are symmetric about $\alpha$. So take their mean! **Guess** the mean of a million
# flashes.

# %%
guess = 1.0  # your guess

# %% tags=["demonstration"]
flashes = alpha + beta * np.tan(np.random.default_rng(5).uniform(-np.pi / 2, np.pi / 2, 1_000_000))
count = np.unique(np.logspace(0, 6, 300).astype(int))
means = np.cumsum(flashes)[count - 1] / count
medians = [np.median(flashes[:n]) for n in count]
plt.semilogx(count, means, color=TRUTH, label="mean")
plt.semilogx(count, medians, color=FIT, label="median")
plt.axhline(guess, color=INK, linestyle=":", label="your guess")
plt.xlabel("flashes")
plt.ylim(-10, 12)
plt.legend();
print(f"guessed {guess:.2f}; the mean of a million is {means[-1]:.2f}, the median {medians[-1]:.3f}")

# %% [markdown]
# The mean never settles. A flash that leaves nearly along the shore arrives so far away that it
# outweighs all that came before, however many they were. We need the density of a flash.
#
# ## 2. A density has coordinates
#
# Let $\varphi$ be the angle between a flash and the shortest way to the shore. Of the flashes that
# reach the shore it is uniform, from $-\pi/2$ to $\pi/2$, with the density $1/\pi$. The *place*
# $x = \alpha + \beta\tan\varphi$ is not uniform, because equal steps of the angle are unequal steps
# along the shore. What is conserved is probability: what lies between two angles lies between the
# two places. So the density of the place is
#
# $$ p(x) = p(\varphi)\,\left|\frac{d\varphi}{dx}\right|. $$
#
# With several coordinates a little square becomes a little parallelogram, and $|d\varphi/dx|$
# becomes the size of a determinant: that of the Jacobian, the matrix of all derivatives.
#
# ### Exercise: `change_variables`
#
# `y` is a float64 tensor of shape `[d]`. `inverse(y)` gives the `x` that belongs to it, and
# `log_density(x)` the log density of `x`. Return the log density of `y`, a scalar tensor. It shall
# work for any change and for forty parameters.
#
# <details><summary>A first hint</summary>
# Take x = inverse(y) inside of a tape that watches y, and ask for <code>tape.jacobian(x, y)</code>.
# </details>
# <details><summary>A second hint</summary>
# <code>tape.gradient</code> adds up the rows of a Jacobian. That is not what you need.
# </details>
# <details><summary>A third hint</summary>
# The determinant of forty numbers may be too large for float64, or negative. Have a look at
# <code>tf.linalg.slogdet</code>, which gives a sign and a logarithm.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "change_variables", "locked": false, "schema_version": 3, "solution": true, "task": false}
def change_variables(log_density, inverse, y):
    """The log density of y[d], where inverse(y) has the log density log_density: a tensor of shape []."""
    ### BEGIN SOLUTION
    with tf.GradientTape() as tape:
        tape.watch(y)
        x = inverse(y)
    return log_density(x) + tf.linalg.slogdet(tape.jacobian(x, y))[1]
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_change_variables", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check(change_variables)

# %% [markdown]
# Now a line, $y = m\,x + b$. Who knows nothing about it may say: all *angles* are equally probable,
# and so are all distances from the origin. What does that say about slope and intercept? Your
# function knows. Beside it stands $-\tfrac32 \log(1 + m^2)$.

# %% tags=["demonstration"]
print("slope   your function   -3/2 log(1 + m²)")
flat_line = densities.uniform_angle_and_offset
for m in [0.0, 0.5, 1.0, 5.0, 50.0]:
    line = tf.constant([m, 0.2], tf.float64)
    found = change_variables(flat_line, densities.angle_and_offset_of, line) - flat_line(line)
    print(f"{m:5.1f}  {found.numpy():12.6f}  {-1.5 * np.log(1 + m**2):16.6f}")

# %% [markdown]
# A prior that is flat in the slope would be a strong opinion: of all slopes between −100 and 100,
# 94 % are steeper than 80 degrees.
#
# ### A question to answer in words
#
# **Let $s$ be the scatter of $n$ points about a known line. A flat prior on $s$ and a flat prior on
# $\log s$ cannot both know nothing. What differs, by how much with $n = 5$ points and with $n = 500$,
# and which one would you defend?** This answer is read by a person.

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "which_flat_prior", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# A density in s and one in log s differ by the factor ds/dlog s = s. Flat in s says that a scale
# between 1 and 10 is ten times as probable as one between 0.1 and 1; flat in log s says that they
# are equally probable.
#
# The width of the posterior in log s is 1/√(2n). The factor s shifts its top by about 1/(2n): with
# n = 5 by 0.1, a third of the width 0.32; with n = 500 by 0.001, a thirtieth of the width 0.032.
# For a scale I would defend flat in log s: it does not depend on the unit, and it says the same of
# s and of s².
#
# *For the reader:* (1 point) they differ by a factor s, so that one favours large scales. (½) it
# matters with few points and is small beside the width with many. (½) a reason for the choice.

# %% [markdown]
# ## 3. Where is the lighthouse?
#
# ### Exercise: `lighthouse_log_prob`
#
# Return the log posterior of $\alpha$ and $\log\beta$, a scalar tensor: the log densities of all
# flashes at `x`, with a prior that is flat in $\alpha$ and in $\log\beta$. A constant is free. The
# arguments are float64 tensors.
#
# <details><summary>A first hint</summary>
# tan φ = (x − α)/β. What is dφ/dx?
# </details>
# <details><summary>A second hint</summary>
# The density of a flash is β / (β² + (x − α)²), up to a constant. Do not forget the β on top.
# </details>
# <details><summary>A third hint</summary>
# The prior is flat in the coordinates that you are given, so nothing is added for it.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "lighthouse_log_prob", "locked": false, "schema_version": 3, "solution": true, "task": false}
def lighthouse_log_prob(x, alpha, log_beta):
    """The log posterior of a lighthouse, for flashes at x[n], up to a constant: a tensor of shape []."""
    ### BEGIN SOLUTION
    beta = tf.exp(log_beta)
    return tf.reduce_sum(log_beta - tf.math.log(beta**2 + (x - alpha) ** 2))
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_lighthouse_log_prob", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(lighthouse_log_prob)

# %% tags=["demonstration"]
x_tensor = tf.constant(x_data)


def log_prob(theta):
    """The log posterior at theta = (alpha, log beta), a float."""
    return lighthouse_log_prob(x_tensor, tf.constant(theta[0], tf.float64), tf.constant(theta[1], tf.float64)).numpy()


alphas, log_betas = np.linspace(-1.5, 3.5, 61), np.linspace(0.2, 1.9, 51)
grid = np.array([[log_prob([a, l]) for a in alphas] for l in log_betas])
weight = np.exp(grid - grid.max())
weight /= weight.sum()
mean = np.sum(weight * alphas)
width = np.sqrt(np.sum(weight * (alphas - mean) ** 2))
print(f"alpha = {mean:.2f} ± {width:.2f} from 40 flashes; their mean is {np.mean(x_data):.2f}")

# %% [markdown]
# Forty flashes are enough: the likelihood knows that far flashes say little.
#
# ## 4. A walk that visits in proportion
#
# A grid will not do for ten parameters: with 60 points along each, there are $60^{10}$ of them. So
# let somebody *walk* through the parameters, and visit each place as often as it deserves. How must
# one walk for that?
#
# Think of three towns with $p = (0.5, 0.3, 0.2)$ of the people. If each night as many move from
# town $i$ to town $j$ as from $j$ to $i$, the numbers stay as they are. That is *balance*:
# $p_i T_{ij} = p_j T_{ji}$. It is easy to arrange. People propose a move from a table $Q_{ij}$ of
# their own, and a guard lets them through with the probability
#
# $$ a_{ij} = \min\left(1, \frac{p_j\,Q_{ji}}{p_i\,Q_{ij}}\right). $$
#
# Whoever is refused stays at home.
#
# ### Exercise: `transition_matrix`
#
# `proposal[i, j]` is the probability with which somebody at $i$ proposes $j$; each of its rows adds up
# to one. Return the matrix $T$ of the probabilities to go from $i$ to $j$, an array of shape
# `[n, n]`. The weights `p` need not add up to one. Where a move is never proposed, nobody moves.
#
# <details><summary>A first hint</summary>
# For i ≠ j, a move has to be proposed and let through: two probabilities that multiply.
# </details>
# <details><summary>A second hint</summary>
# Who does not leave stays. What stands on the diagonal makes the row add up to one.
# </details>
# <details><summary>A third hint</summary>
# If a move is proposed but the way back is not, a = 0. If it is not proposed at all, the quotient
# divides by zero: take care that no NaN comes in.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "transition_matrix", "locked": false, "schema_version": 3, "solution": true, "task": false}
def transition_matrix(p, proposal):
    """Probabilities to go from i to j by the rule of Metropolis and Hastings: an array of shape [n, n]."""
    ### BEGIN SOLUTION
    flow = p[:, None] * proposal
    moves = proposal * np.minimum(1.0, flow.T / np.where(flow > 0, flow, 1.0))
    np.fill_diagonal(moves, 0.0)
    return moves + np.diag(1 - np.sum(moves, axis=1))
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_transition_matrix", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check(transition_matrix)

# %% tags=["demonstration"]
p = np.array([0.5, 0.3, 0.2])
Q = np.array([[0.2, 0.5, 0.3], [0.4, 0.4, 0.2], [0.1, 0.6, 0.3]])
T = transition_matrix(p, Q)
people = [np.array([0.0, 0.0, 1.0])]
for night in range(30):
    people.append(people[-1] @ T)
for town, (colour, share) in enumerate(zip([INK, FIT, TRUTH], np.array(people).T)):
    plt.plot(share, color=colour, label=f"town {town}")
    plt.axhline(p[town], color=colour, linestyle=":", linewidth=0.8)
plt.title("all begin in town 2")
plt.xlabel("nights")
plt.ylabel("share of the people")
plt.legend();

# %% [markdown]
# ## 5. The same on a continuum
#
# With infinitely many towns it is the same rule. Propose a step from a Gaussian, which is as
# probable there as back, so that $Q$ cancels. Accept it with the probability $\min(1, p'/p)$. This
# is Metropolis' algorithm, of 1953.
#
# **Guess:** on a unit normal of one dimension, which share of proposals of width 2.4 is accepted?

# %%
guess = 0.9  # your guess

# %% [markdown]
# ### Exercise: `metropolis`
#
# `log_prob(q)` gives a float for an array of shape `[d]`. Return two arrays: the chain, of shape
# `[steps, d]`, without the start, and the log probabilities along it, of shape `[steps]`.
#
# * A proposal moves all parameters at once, each by a Gaussian step of its own, of width `scale`.
# * A refused proposal counts the old place once more.
# * Ask for `steps + 1` values: the start's, and one in each step.
#
# <details><summary>A first hint</summary>
# Keep the place and its height together: whenever one changes, so does the other.
# </details>
# <details><summary>A second hint</summary>
# Compare logarithms: accept if <code>np.log(rng.uniform())</code> is less than the difference.
# Exponentials of large numbers overflow.
# </details>
# <details><summary>A third hint</summary>
# <code>place += step</code> changes the array that your chain already holds, and the caller's
# start, too.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "metropolis", "locked": false, "schema_version": 3, "solution": true, "task": false}
def metropolis(rng, log_prob, start, scale, steps):
    """A chain[steps, d] that begins after start[d], and log_prob along it: two arrays."""
    ### BEGIN SOLUTION
    place, height = np.array(start, dtype=float), log_prob(start)
    chain, heights = [], []
    for _ in range(steps):
        proposed = place + scale * rng.standard_normal(len(place))
        there = log_prob(proposed)
        if np.log(rng.uniform()) < there - height:
            place, height = proposed, there
        chain.append(place)
        heights.append(height)
    return np.array(chain), np.array(heights)
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_metropolis", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check(metropolis)

# %% tags=["demonstration"]
chain, _ = metropolis(np.random.default_rng(1), densities.normal, np.zeros(1), 2.4, 20_000)
share = np.mean(chain[1:] != chain[:-1])
print(f"guessed {guess:.2f}, found {share:.3f}, exactly (2/π) arctan(2/2.4) = {2 / np.pi * np.arctan(2 / 2.4):.4f}")

# %% [markdown]
# On the lighthouse, three widths. Too short a step is nearly always accepted, and gets nowhere. Too
# long a step is nearly always refused, and gets nowhere either.

# %% tags=["demonstration"]
def quick_log_prob(theta):
    """The same posterior in NumPy, for many thousands of calls."""
    return float(np.sum(theta[1] - np.log(np.exp(2 * theta[1]) + (x_data - theta[0]) ** 2)))


panels = plt.subplots(1, 3, figsize=(8.5, 2.6), sharex=True, sharey=True)[1]
for panel, scale in zip(panels, [0.05, 0.7, 10.0]):
    chain, _ = metropolis(np.random.default_rng(3), quick_log_prob, np.array([0.0, 0.5]), scale, 5000)
    share = np.mean(np.any(chain[1:] != chain[:-1], axis=1))
    panel.contour(alphas, log_betas, grid - grid.max(), [-8, -4.5, -2, -0.5], colors="0.75", linewidths=0.8)
    panel.plot(*chain[:300].T, ".-", color=FIT, markersize=2, linewidth=0.5)
    panel.set(title=f"scale {scale:g}: {100 * share:.1f} %", xlabel="α", xlim=(-1.5, 3.5), ylim=(0.2, 1.9))
    print(f"scale {scale:5}: α = {chain[:, 0].mean():.2f} ± {chain[:, 0].std():.2f}")
panels[0].set_ylabel("log β");

# %% [markdown]
# ## 6. A walk that needs no scale
#
# Who chooses the scale? *emcee* needs none: it moves many walkers, and a step is as long as the
# walkers are apart. A walker is stretched along the line through another one, by a random factor
# $z$ between ½ and 2:
#
# $$ q' = q_\text{other} + z\,(q - q_\text{other}), \qquad z = \tfrac12 (1 + u)^2, $$
#
# with $u$ uniform between 0 and 1. (J. Goodman and J. Weare, 2010, *Communications in Applied
# Mathematics and Computational Science* 5, 65.) Stretching multiplies volumes by $z$ in each of
# the $d$ directions. The way back needs $1/z$ in place of $z$. The density of $z$ is in proportion to
# $1/\sqrt z$, so that of $1/z$ is to $\sqrt z$; and a short stretch of $z$ is $1/z^2$ times as long in
# $1/z$. The way back is $\sqrt z \cdot z^{-2} / (1/\sqrt z) = 1/z$ times as probable. A factor
# $z^{d-1}$ is left, by which the ratio of the probabilities is multiplied.
#
# ### Exercise: `stretch_proposal`
#
# Return the proposal, an array of shape `[d]`, and the *logarithm* of the factor, a float.
#
# <details><summary>A first hint</summary>
# First z, from u. For u = 0 the walker goes half way to the other one.
# </details>
# <details><summary>A second hint</summary>
# d is the number of parameters. With one parameter there is no factor.
# </details>
# <details><summary>A third hint</summary>
# One z for all coordinates: else the walker leaves the line.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "stretch_proposal", "locked": false, "schema_version": 3, "solution": true, "task": false}
def stretch_proposal(walker, other, u):
    """A place[d] on the line through both walkers, and the log of its factor: an array and a float."""
    ### BEGIN SOLUTION
    z = (1 + u) ** 2 / 2
    return other + z * (walker - other), float((len(walker) - 1) * np.log(z))
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_stretch_proposal", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(stretch_proposal)

# %% [markdown]
# Twenty walkers find the lighthouse, and nobody told them a scale. And a mistake made on purpose:
# with $d$ in place of $d - 1$, the posterior comes out too wide.

# %% tags=["demonstration"]
def ensemble(rng, target, walkers, rounds, extra=0):
    """Chains of many walkers by stretch moves. extra: what is added to the d - 1 of the factor."""
    heights, chain = np.array([target(q) for q in walkers]), []
    for _ in range(rounds):
        for k in range(len(walkers)):
            other = walkers[(k + rng.integers(1, len(walkers))) % len(walkers)]
            u = rng.uniform()
            proposed, factor = stretch_proposal(walkers[k], other, u)
            factor += extra * np.log((1 + u) ** 2 / 2)
            there = target(proposed)
            if np.log(rng.uniform()) < there - heights[k] + factor:
                walkers[k], heights[k] = proposed, there
        chain.append(walkers.copy())
    return np.array(chain)


for name, extra in [("right", 0), ("d for d - 1", 1)]:
    rng = np.random.default_rng(8)
    draws = ensemble(rng, quick_log_prob, rng.normal([1, 1], 0.2, (20, 2)), 600, extra)[100:].reshape(-1, 2)
    print(f"{name:12} α = {draws[:, 0].mean():.2f} ± {draws[:, 0].std():.2f}; by the grid {mean:.2f} ± {width:.2f}")

# %% [markdown]
# ## What you can do now
#
# * change the coordinates of a density, and pay the determinant;
# * say what a prior is flat in;
# * make a walk that visits places in proportion to a density, and check its balance exactly;
# * read from the share of accepted steps whether a step is too short or too long.
#
# **Where to go.** *05 hamiltonian* walks further without being refused. *06 effective samples* asks
# what such a chain is worth. Something to try: which prior on $(\alpha, \beta)$ would a sailor have
# who knows that the lighthouse stands on a round island?
