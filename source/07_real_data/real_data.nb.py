# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # What if some of the data lie?
#
# ![Left: a fit to all twenty points says 1.08 ± 0.08, tight and wrong. Right: a model of good and
# bad points says 2.24 ± 0.12, and each point is coloured by its probability to be
# bad.](before_after.png)
#
# **An hour ago:** a fit to twenty points says $m = 1.08 \pm 0.08$. It is tight, and it is wrong.
# **An hour from now:** $m = 2.24 \pm 0.12$, and not a single point was deleted.
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
# A log likelihood is a sum of log densities, one for each measurement (*01 likelihood*). A prior is
# a density of the parameters (*04 posterior*), and a sampler gives draws from the posterior: rows
# of parameters, each as often as it deserves. The data are table 1 of D. W. Hogg, J. Bovy and
# D. Lang, *Data analysis recipes: Fitting a model to data*, 2010 (arXiv:1008.4686).

# %%
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"  # TensorFlow greets everybody on a red ground: not here

import numpy as np
import matplotlib.pyplot as plt
import tensorflow as tf
from scipy.special import expit  # 1 / (1 + exp(-t)): from a logit to a probability

from course_lib import check

plt.rcParams.update({
    "figure.figsize": (6.0, 3.6), "figure.dpi": 120,
    "axes.spines.top": False, "axes.spines.right": False, "axes.titlesize": "medium",
    "font.size": 10, "legend.frameon": False, "lines.linewidth": 1.5,
})
INK, TRUTH, FIT = "0.15", "#c8553d", "#2f6690"  # data, what is published, what you find
HALF_LOG_TWO_PI = 0.5 * np.log(2 * np.pi)

# %% [markdown]
# ## 1. Twenty points
#
# Each point has an $x$, a $y$, and an error bar $\sigma_y$ that somebody measured with care. The
# points have the numbers 1 to 20.

# %%
x_data = np.array([201, 244, 47, 287, 203, 58, 210, 202, 198, 158,
                   165, 201, 157, 131, 166, 160, 186, 125, 218, 146], dtype=float)
y_data = np.array([592, 401, 583, 402, 495, 173, 479, 504, 510, 416,
                   393, 442, 317, 311, 400, 337, 423, 334, 533, 344], dtype=float)
s_data = np.array([61, 25, 38, 15, 21, 15, 27, 14, 30, 16,
                   14, 25, 52, 16, 34, 31, 42, 26, 16, 22], dtype=float)

# %% tags=["demonstration"]
shift = {  # where a number stands beside its point, unless to the right of it
    5: (-13, -16), 8: (5, 6), 9: (-9, 8), 10: (-12, 10), 11: (-13, -22), 12: (5, -16), 13: (-13, -24),
}


def number_points():
    for n, (x, y) in enumerate(zip(x_data, y_data), start=1):
        right, up = shift.get(n, (5, 4))
        plt.text(x + right, y + up, n, color="0.4", fontsize=8)


plt.figure(figsize=(7.5, 4.5))
plt.errorbar(x_data, y_data, s_data, fmt="o", color=INK, markersize=3.5, linewidth=1)
number_points()
plt.xlabel("x")
plt.ylabel("y");

# %% [markdown]
# **Guess** which points you would throw out, and write their numbers into the list. You will meet
# your list again.

# %%
guess = [3, 4]  # your guess

# %% [markdown]
# Take the error bars at their word: a residual of $2\sigma$ is as bad for one point as for another.
# Then the best line has the smallest $\chi^2 = \sum_i (y_i - m x_i - b)^2 / \sigma_i^2$. If $A$ is
# the matrix with the rows $(x_i, 1)$, each divided by $\sigma_i$, then the covariance of $(m, b)$ is
# $C = (A^T A)^{-1}$, and the best line is $C A^T (y / \sigma)$.
#
# ### Exercise: `fit_weighted`
#
# Return the line, an array `[2]` of $(m, b)$, and its covariance, an array `[2, 2]`. Take the error
# bars at their word, whatever the scatter is.
#
# <details><summary>A first hint</summary>
# <code>np.stack([x, np.ones(len(x))], axis=1)</code> has the rows (x, 1). Divide each of them by
# its own error bar: <code>sigma_y[:, None]</code> is a column.
# </details>
# <details><summary>A second hint</summary>
# The covariance depends on x and on the error bars, and not on y.
# </details>
# <details><summary>A third hint</summary>
# If you use a library: <code>np.polyfit</code> wants weights 1/σ and not 1/σ², and by itself it
# scales the covariance by the scatter. Look for its word "unscaled".
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "fit_weighted", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fit_weighted(x, y, sigma_y):
    """The best line (m, b), an array of shape [2], and its covariance, of shape [2, 2]."""
    ### BEGIN SOLUTION
    design = np.stack([x, np.ones(len(x))], axis=1) / sigma_y[:, None]
    covariance = np.linalg.inv(design.T @ design)
    return covariance @ design.T @ (y / sigma_y), covariance
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_fit_weighted", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(fit_weighted)

# %% tags=["demonstration"]
t = np.linspace(30, 300, 60)
fits = {}
for name, part, colour in [("all 20", slice(0, 20), TRUTH), ("points 5 to 20", slice(4, 20), FIT)]:
    x, y, s = x_data[part], y_data[part], s_data[part]
    line, C = fits[name] = fit_weighted(x, y, s)
    chi2 = np.sum(((y - line[0] * x - line[1]) / s) ** 2)
    band = np.sqrt(C[0, 0] * t**2 + 2 * C[0, 1] * t + C[1, 1])
    plt.fill_between(t, line[0] * t + line[1] - band, line[0] * t + line[1] + band, color=colour, alpha=0.3)
    plt.plot(t, line[0] * t + line[1], color=colour, label=name)
    print(f"{name:15} m = {line[0]:.2f} ± {C[0, 0]**0.5:.2f}, b = {line[1]:.0f} ± {C[1, 1]**0.5:.0f}, "
          f"χ² = {chi2:.1f} for {len(x) - 2} degrees of freedom")
plt.errorbar(x_data, y_data, s_data, fmt="o", color=INK, markersize=3.5, linewidth=1)
plt.xlabel("x")
plt.ylabel("y")
plt.legend();

# %% [markdown]
# Both are in the paper, to the last digit: $1.08 \pm 0.08$ and $213 \pm 14$ for all points;
# $2.24 \pm 0.11$ and $34 \pm 18$ for the sixteen points that its authors trust. The fit to all has
# the *smaller* error bar, and is fifteen of them away from the other. Its covariance depends on the
# $x$ and the $\sigma_y$ alone: it does not change however far the points are from the line.
#
# ## 2. A mistake made on purpose: throwing out
#
# "Leave out what is further than $3\sigma$ from the line, fit again, and repeat." Many papers do
# that. Here it is, step by step. Crosses are left out of the *next* fit.

# %% tags=["demonstration"]
kept = np.full(20, True)
panels = plt.subplots(1, 4, figsize=(9.5, 2.5), sharex=True, sharey=True)[1]
for step, panel in enumerate(panels):
    line, C = fit_weighted(x_data[kept], y_data[kept], s_data[kept])
    out = np.abs(y_data - line[0] * x_data - line[1]) > 3 * s_data
    panel.plot(t, line[0] * t + line[1], color=FIT, linewidth=1)
    panel.plot(x_data[~out], y_data[~out], "o", color=INK, markersize=3)
    panel.plot(x_data[out], y_data[out], "x", color=TRUTH, markersize=5)
    panel.set(title=f"m = {line[0]:.2f} ± {C[0, 0]**0.5:.2f}", xlabel="x", ylim=(80, 720))
    print(f"fit {step + 1} of {np.sum(kept):2} points; out:", *np.flatnonzero(out) + 1)
    kept = ~out
panels[0].set_ylabel("y");

# %% [markdown]
# It ends well here. But on the way it condemned four good points, 5, 6, 8 and 19, and let point 2
# pass, because the first line was wrong. With other data it need not find its way back. And the error
# bar at the end does not know that there was anything to choose: it is the one of a person who was
# *told* that 2, 3 and 4 are bad, and all others are good.
#
# ## 3. Two ways to make a point
#
# Say instead how such data come about. With the probability $1 - p$ a point is *good*: it scatters
# about the line by its error bar. With the probability $p$ it is *bad*: something went wrong, and it
# is anywhere, about some height $y_b$, with a wide scatter $s_b$ on top of its error bar:
#
# $$ f(y_i) = (1 - p)\,N(y_i;\ m x_i + b,\ \sigma_i^2) + p\,N(y_i;\ y_b,\ \sigma_i^2 + s_b^2). $$
#
# The second argument of $N$ is the mean, the third one the variance. Nobody says *which* points are
# bad. Each is a bit of both, and $p$, $y_b$ and $s_b$ are parameters like $m$ and $b$.
#
# One trap. A good point at $40\sigma$ has the density $e^{-800}$, and the smallest number that
# float64 knows is $e^{-745}$. So stay with logs: from the logs $a$ and $c$ of two numbers, the log
# of their sum is $\log(e^a + e^c) = \max + \log(e^{a - \max} + e^{c - \max})$, in which one of the
# two exponentials is 1, so that the log is never that of zero. TensorFlow has it as
# `tf.reduce_logsumexp`.

# %% tags=["demonstration"]
with np.errstate(divide="ignore"):
    print("log(exp(-800) + exp(-801)) the short way:", np.log(np.exp(-800.0) + np.exp(-801.0)))
print("with the largest one taken out:          ", -800 + np.log(1 + np.exp(-1.0)))

# %% [markdown]
# ### Exercise: `mixture_log_like`
#
# Return the log likelihood, a scalar float64 tensor: the sum over the points of $\log f(y_i)$.
# `x`, `y` and `sigma_y` are tensors of shape `[n]`, the other five are scalar tensors. Instead of
# $p$ you get `logit_p` $= \log(p / (1 - p))$, which may be any number, and `log_s_b`. Value and
# gradient shall be right for a point at $10^{12}\sigma$, for `logit_p` of ±1000, and for an $s_b$
# that is zero in float64, too.
#
# <details><summary>A first hint</summary>
# Write down two log densities of shape [n], one as if all points were good and one as if all were
# bad. Then add log(1 − p) to one, and log p to the other.
# </details>
# <details><summary>A second hint</summary>
# <code>tf.reduce_logsumexp(tf.stack([one, other]), axis=0)</code> works for each point by itself.
# Every point has its own choice, so the sum over the points comes last.
# </details>
# <details><summary>A third hint</summary>
# log p is <code>tf.math.log_sigmoid(logit_p)</code>, and log(1 − p) is the same of −logit_p. By way
# of p itself it would be the log of zero for logit_p = 40, with a gradient that is NaN.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "mixture_log_like", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mixture_log_like(x, y, sigma_y, m, b, logit_p, y_b, log_s_b):
    """The log likelihood of points of which each is bad with the probability p: a tensor of shape []."""
    ### BEGIN SOLUTION
    good = -0.5 * ((y - m * x - b) / sigma_y) ** 2 - tf.math.log(sigma_y) - HALF_LOG_TWO_PI
    width = tf.sqrt(sigma_y**2 + tf.exp(2 * log_s_b))
    bad = -0.5 * ((y - y_b) / width) ** 2 - tf.math.log(width) - HALF_LOG_TWO_PI
    both = tf.stack([good + tf.math.log_sigmoid(-logit_p), bad + tf.math.log_sigmoid(logit_p)])
    return tf.reduce_sum(tf.reduce_logsumexp(both, axis=0))
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_mixture_log_like", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check(mixture_log_like)

# %% [markdown]
# This is what your function makes of one point at $x = 200$, by where its $y$ is. Near the line the
# density is a narrow bell. Far away it falls only as slowly as the wide one, and the wide one does
# not know the line: wherever the line is, a far point costs the same. That is why it cannot pull
# the line any more.

# %% tags=["demonstration"]
def tensors(*values):
    return [tf.constant(value, tf.float64) for value in values]


heights = np.linspace(0, 1000, 201)
at = {"a line alone": (2.24, 34, -1000, 450, 4.5), "your mixture, p = 0.27": (2.24, 34, -1, 450, 4.5)}
for (name, theta), colour in zip(at.items(), [TRUTH, FIT]):
    logs = [mixture_log_like(*tensors([200.0], [y], [20.0], *theta)).numpy() for y in heights]
    plt.plot(heights, logs, color=colour, label=name)
plt.ylim(-60, 0)
plt.xlabel("y of a point at x = 200, with an error bar of 20")
plt.ylabel("its log density")
plt.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2);

# %% [markdown]
# ## 4. Ask for all five
#
# A posterior needs priors. Before looking at the points, we say: all *angles* of the line are
# equally probable (in the slope that is $1/(1 + m^2)$); $b$ is within some 500 of zero; $p$ is
# anything between 0 and 1; bad points are at $400 \pm 300$ and scatter by 150, within a factor of
# $e$. With `logit_p` in place of $p$, a flat prior of $p$ becomes $p(1 - p)$.

# %% tags=["demonstration"]
from course_lib.inference import TFModel, sample

points = tensors(x_data, y_data, s_data)


def log_prior(m, b, logit_p, y_b, log_s_b):
    line = -tf.math.log(1 + m**2) - 0.5 * (b / 500) ** 2
    share = tf.math.log_sigmoid(logit_p) + tf.math.log_sigmoid(-logit_p)
    return line + share - 0.5 * ((y_b - 400) / 300) ** 2 - 0.5 * (log_s_b - np.log(150)) ** 2


def posterior(m, b, logit_p, y_b, log_s_b):
    return mixture_log_like(*points, m, b, logit_p, y_b, log_s_b) + log_prior(m, b, logit_p, y_b, log_s_b)


model = TFModel(posterior, tensors(2.0, 70.0, -1.0, 400.0, 5.0))
result = sample(model, draws=500, warmup=300, chains=64, seed=2, progress=False)
draws = result.flat
print(result.summary())

# %% [markdown]
# Is it sampled? R-hat is one, and there are thousands of effective draws (*06 effective samples*).
# Five parameters are few enough for another check: the integrals by brute force, on a grid of 35
# million points.

# %% tags=["demonstration"]
by_quadrature = {  # mean and standard deviation, where the line passes near the good points
    "m": (2.2439, 0.1217), "b": (34.06, 19.95), "p": (0.2915, 0.1269),
    "y_b": (446.76, 60.22), "log_s_b": (4.5604, 0.4687),
}
found = dict(zip(["m", "b", "p", "y_b", "log_s_b"], draws.T))
found["p"] = expit(found["p"])
print("              you found            by quadrature")
for name, (mean, sd) in by_quadrature.items():
    print(f"{name:10}{found[name].mean():9.3f} ± {found[name].std():7.3f}{mean:12.3f} ± {sd:7.3f}")

# %% tags=["demonstration"]
panels = plt.subplots(1, 2, figsize=(9, 3.4), gridspec_kw={"wspace": 0.3})[1]
panels[0].plot(draws[::8, 0], draws[::8, 1], ".", color=FIT, markersize=1, alpha=0.5)
panels[0].plot([], [], "o", color=FIT, label="your draws")
panels[0].errorbar(2.24, 34, 18, 0.11, fmt="s", color=TRUTH, markersize=4, label="published, 16 points")
panels[0].set(xlabel="slope m", ylabel="intercept b", xlim=(1.6, 2.9), ylim=(-80, 150))
for theta in draws[::800]:
    panels[1].plot(t, theta[0] * t + theta[1], color=FIT, alpha=0.25, linewidth=0.8)
panels[1].errorbar(x_data, y_data, s_data, fmt="o", color=INK, markersize=3.5, linewidth=1)
panels[1].set(xlabel="x", ylabel="y", ylim=(80, 720))
panels[0].legend()
print(f"m = {draws[:, 0].mean():.2f} ± {draws[:, 0].std():.2f}, b = {draws[:, 1].mean():.0f} ± {draws[:, 1].std():.0f}")

# %% [markdown]
# Nothing is deleted, and this is the answer of the experts who did delete. Your error bars are a
# little wider than theirs: you did not know which points are bad, and the posterior takes that into
# account.
#
# ## 5. Is point 1 a liar?
#
# For one draw of the parameters, Bayes' rule says how probable it is that point $i$ is bad:
#
# $$ P_i = \frac{p\,N(y_i;\ y_b,\ \sigma_i^2 + s_b^2)}
# {(1 - p)\,N(y_i;\ m x_i + b,\ \sigma_i^2) + p\,N(y_i;\ y_b,\ \sigma_i^2 + s_b^2)}. $$
#
# The parameters are not known, so average over the draws. **Guess** the probability of point 1, the
# one at the top with the long error bar.

# %%
guess_1 = 0.9  # your guess

# %% [markdown]
# ### Exercise: `outlier_probability`
#
# All arguments are arrays; `draws` has a row $(m, b, \text{logit } p, y_b, \log s_b)$ for each of
# its $k$ draws. Return the mean of $P_i$ over the draws, an array of shape `[n]`. Where
# both densities are too small for float64 it is still a number and not NaN: one, if the point is far
# less improbable as a bad one than as a good one, and zero the other way round.
#
# <details><summary>A first hint</summary>
# <code>draws.T[:, :, None]</code> are five columns of shape [k, 1]. With x of shape [n] they make
# tables of shape [k, n].
# </details>
# <details><summary>A second hint</summary>
# Zero over zero is NaN. What is the log of P / (1 − P)? It is a sum of logs, and
# <code>expit</code> makes P of it.
# </details>
# <details><summary>A third hint</summary>
# log P/(1 − P) = logit p + log density if bad − log density if good. Average last: the mean of P
# is not P at the mean.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "outlier_probability", "locked": false, "schema_version": 3, "solution": true, "task": false}
def outlier_probability(x, y, sigma_y, draws):
    """Each point's probability to be bad, averaged over draws[k, 5]: an array of shape [n]."""
    ### BEGIN SOLUTION
    m, b, logit_p, y_b, log_s_b = draws.T[:, :, None]
    good = -0.5 * ((y - m * x - b) / sigma_y) ** 2 - np.log(sigma_y)
    width = np.sqrt(sigma_y**2 + np.exp(2 * log_s_b))
    bad = -0.5 * ((y - y_b) / width) ** 2 - np.log(width)
    return np.mean(expit(logit_p + bad - good), axis=0)
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_outlier_probability", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check(outlier_probability)

# %% tags=["demonstration"]
def draw_points(panel):
    """Your answer: the points coloured by their probability to be bad, and the band of lines."""
    lines = draws[::10, :1] * t + draws[::10, 1:2]
    panel.fill_between(t, *np.quantile(lines, [0.16, 0.84], axis=0), color=FIT, alpha=0.3)
    panel.errorbar(x_data, y_data, s_data, fmt="none", color="0.6", linewidth=1)
    return panel.scatter(x_data, y_data, c=bad, cmap="coolwarm", vmin=0, vmax=1, edgecolor=INK, zorder=3, s=24)


bad = outlier_probability(x_data, y_data, s_data, draws)
plt.figure(figsize=(7.5, 4.5))
plt.colorbar(draw_points(plt.gca()), label="probability to be bad")
number_points()
thrown = np.array(guess, dtype=int) - 1
plt.plot(x_data[thrown], y_data[thrown], "s", color=INK, markersize=10, fillstyle="none", label="you would throw out")
plt.xlabel("x")
plt.ylabel("y")
plt.legend(loc="lower right")
print(f"point 1: guessed {guess_1:.2f}, found {bad[0]:.2f}; all:", *[f"{P:.2f}" for P in bad])

# %% [markdown]
# Point 1 has 0.28: it is neither in nor out, and nobody has to decide. It still pulls the line, with
# about three quarters of its weight.
#
# ## 6. Let the model fake your data
#
# A model that cannot make data like yours is wrong, whatever its error bars say. So let it try: take
# a draw, make a whole data set from it, and do that for every draw.
#
# ### Exercise: `replicate`
#
# Return an array of shape `[k, n]`: row $j$ is a faked data set, made with draw $j$ at the places
# `x`, with the error bars `sigma_y`. All random numbers come from `rng`.
#
# <details><summary>A first hint</summary>
# First decide for each point of each row whether it is bad: a uniform number below p.
# </details>
# <details><summary>A second hint</summary>
# <code>np.where(lies, one, other)</code> chooses the centre, and once more the width.
# </details>
# <details><summary>A third hint</summary>
# As many uniform and as many normal numbers as there are points: k times n of each.
# <code>rng.normal(centre, width)</code> makes one for each entry of its arguments.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "replicate", "locked": false, "schema_version": 3, "solution": true, "task": false}
def replicate(rng, x, sigma_y, draws):
    """One faked data set for each of draws[k, 5]: an array of shape [k, n]."""
    ### BEGIN SOLUTION
    m, b, logit_p, y_b, log_s_b = draws.T[:, :, None]
    lies = rng.uniform(size=(len(draws), len(x))) < expit(logit_p)
    centre = np.where(lies, y_b, m * x + b)
    width = np.where(lies, np.sqrt(sigma_y**2 + np.exp(2 * log_s_b)), sigma_y)
    return rng.normal(centre, width)
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_replicate", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check(replicate)

# %% [markdown]
# Nineteen of these twenty data sets are faked, and one is real. Do not scroll back: which one?

# %% tags=["demonstration"]
fakes = replicate(np.random.default_rng(3), x_data, s_data, draws[::1600][:20])
real = np.random.default_rng(2010).integers(20)
fakes[real] = y_data
panels = plt.subplots(4, 5, figsize=(8.5, 5.2), sharex=True, sharey=True)[1].ravel()
for k, panel in enumerate(panels):
    panel.plot(x_data, fakes[k], ".", color=INK, markersize=3)
    panel.set(ylim=(-50, 900), xticks=[], yticks=[])
    panel.set_title(k, fontsize=8, pad=2)

# %%
guess_real = 0  # your guess, from 0 to 19

# %% tags=["demonstration"]
print(f"guessed {guess_real}, and yours is number {real}: the mixture {'fooled you' if guess_real != real else 'did not fool you'}")

# %% [markdown]
# Eyes are easily fooled, so use a number. How far from its line, in error bars, is the farthest
# point? That is $\max_i |z_i|$. Compare faked data with yours, each measured from the line of the
# same draw, and do it for the plain line as well.

# %% tags=["demonstration"]
rng = np.random.default_rng(4)
line, C = fits["all 20"]
plain = np.column_stack([rng.multivariate_normal(line, C, 4000), np.tile([-1000.0, 400, 5], (4000, 1))])
panels = plt.subplots(1, 2, figsize=(9, 3), gridspec_kw={"wspace": 0.25})[1]
for panel, name, some in [(panels[0], "a line alone", plain), (panels[1], "your mixture", draws[::8])]:
    lines = some[:, :1] * x_data + some[:, 1:2]
    faked = np.max(np.abs(replicate(rng, x_data, s_data, some) - lines) / s_data, axis=1)
    yours = np.max(np.abs(y_data - lines) / s_data, axis=1)
    p_value, top = np.mean(faked >= yours), max(np.quantile(faked, 0.99), yours.max())
    bins = np.linspace(0, 1.05 * top, 50)
    panel.hist(faked, bins, color="0.75", density=True, label="faked")
    panel.hist(yours, bins, color=FIT, density=True, alpha=0.7, label="yours")
    panel.set(title=f"{name}: faked are farther in {100 * p_value:.1f} %", xlabel="max |z|", yticks=[])
    print(f"{name}: yours from {yours.min():.1f} to {yours.max():.1f}; 99.9 % of the faked below "
          f"{np.quantile(faked, 0.999):.1f}")
panels[0].legend(loc="upper center");

# %% [markdown]
# The plain line cannot fake a point as far out as yours, not once in 4000 attempts. The mixture does
# it easily. This does not prove that the mixture is true. It says that your data are no surprise to
# it.
#
# ## 7. A hill and a plain
#
# The likelihood has a hill, where the line passes near the good points. Around it is a plain: if *all*
# twenty points are bad, the line may be anywhere. How much lower is the plain, and how many of your
# draws are on it?

# %% tags=["demonstration"]
import scipy.optimize

low = lambda theta: -mixture_log_like(*points, *tensors(*theta)).numpy()
best = scipy.optimize.minimize(low, [2.24, 34, -1.5, 440, 4.5], method="Nelder-Mead", options={"maxiter": 900})
all_bad = scipy.optimize.minimize(lambda v: low([0, 0, 1000, *v]), [420, 4.5], method="Nelder-Mead")
far = (np.abs(draws[:, 0] - 2.24) > 1) | (np.abs(170 * draws[:, 0] + draws[:, 1] - 415) > 80)
print(f"log L at its top {-best.fun:.1f}; if all are bad {-all_bad.fun:.1f}: lower by {all_bad.fun - best.fun:.1f}")
print(f"{np.sum(far)} of your {len(draws)} draws are on the plain; by quadrature, one in 7000 belongs there, "
      f"which would be {len(draws) / 7000:.1f}")

# %% [markdown]
# R-hat and the effective draws did not tell. With other seeds most runs have none or one such draw,
# and in a rare one a chain gets there and stays for a while: go back and try `seed=7`.

# %% [markdown]
# ### A question to answer in words
#
# **With flat priors on $m$ and $b$ this posterior cannot be normalised, yet chains look fine. Why is
# it improper, and why does nobody notice?** This answer is read by a person.

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "why_improper", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# All twenty points may be bad. Then the likelihood does not depend on m and b at all: it is lower
# than at the top by a factor of about e^15, but it is not zero, and it is the same for every line,
# however steep or far away. With flat priors that plain is infinitely wide, so its area is infinite,
# and the posterior cannot be normalised.
#
# A chain starts on the hill, where the points pull. From there, a step onto the plain is as rare as
# e^-15 times the little room that is near: it is hardly ever taken, so that a chain of usual length
# only sees the hill, looks converged, and gives sensible numbers. They are those of the hill alone.
# A proper prior gives the plain a finite weight, here of one draw in 7000.
#
# *For the reader:* (1 point) if all points are bad, the likelihood does not depend on m and b, so
# the integral over them is infinite. (½) the plain is lower by e^15, so that chains of usual length
# do not get there. (½) so good-looking chains are no proof that a posterior is proper.

# %% [markdown]
# ## 8. An open problem
#
# The table has two more columns. The $x$ were measured as well, with errors $\sigma_x$, and the two
# errors of a point are correlated by $\rho$. The file `hogg_bovy_lang_2010.csv` beside this notebook
# has all of it. Nothing here is graded.

# %% tags=["demonstration"]
table = np.loadtxt("hogg_bovy_lang_2010.csv", delimiter=",", skiprows=1)
x, y, s_y, s_x, rho = table.T
turn = np.linspace(0, 2 * np.pi, 60)
for n in range(20):
    S = np.array([[s_x[n] ** 2, rho[n] * s_x[n] * s_y[n]], [rho[n] * s_x[n] * s_y[n], s_y[n] ** 2]])
    ellipse = np.linalg.cholesky(S) @ [np.cos(turn), np.sin(turn)]
    plt.plot(x[n] + ellipse[0], y[n] + ellipse[1], color=INK if n > 3 else TRUTH, linewidth=1)
plt.plot(x, y, ".", color=INK, markersize=3)
plt.xlabel("x")
plt.ylabel("y");

# %% [markdown]
# A true point lies on the line, somewhere; what was measured scatters about it with the covariance
# $S_i$, whose ellipse you see.
#
# 1. Which density does a measured point $(x_i, y_i)$ have? You have to say where along the line true
#    points are. (Turn the axes so that one is across the line: only the distance across, and the
#    width of the ellipse across, are left.)
# 2. A check that needs no answer to look up: with $x$ and $y$ exchanged, it must give the same line.
#    `fit_weighted` does not. For points 5 to 20 it finds 2.24, and with $x$ as a function of $y$, with
#    the error bars $\sigma_x$, a line of slope 2.64.
# 3. For points 5 to 20, the best line has $m = 2.26 \pm 0.12$ if the log of the width across is part
#    of the log likelihood, and $2.20 \pm 0.12$ if it is left out. Which one is right, and why?
# 4. Now all twenty points, with liars. Which of today's functions change, and where?
#
# The paper has a chapter on it.

# %% tags=["demonstration"]
# Yours. Nothing here is graded.

# %% [markdown]
# ## 9. The last page
#
# The course ends here. These are your own eight pictures. Seven come from earlier lessons that you have
# run and saved, each in a folder beside this one; the last shows your points of today.

# %% tags=["demonstration"]
import album

album.shown(draw_points)

# %% [markdown]
# **What you can do now.** The worksheet was a whole analysis in an afternoon. Since then you have
# written each step of it yourself:
#
# | | you can |
# |---|---|
# | 01 likelihood | write down how probable data are, and put a million points into six numbers |
# | 02 gradients | differentiate a whole simulation for the price of a few runs, and test that it is right |
# | 03 optimise | make Newton's method arrive, and read error bars off the curvature |
# | 04 posterior | change coordinates, pay the determinant, and walk in proportion to a density |
# | 05 hamiltonian | go far without being refused, by a map that keeps energy and volume |
# | 06 effective samples | say what a chain is worth, and cure one that is stuck |
# | 07 real data | model the liars, delete nothing, and let the model fake your data |
#
# You wrote the functions, they were checked on hundreds of inputs, and they run on data that
# people published. What libraries for this work do inside is no secret to you any more.
#
# **Where to go.** Take data of your own. Write down how they came about, the bad ones included; ask
# for all parameters; check the chain; let the model fake your data, and look where it cannot. Then
# show somebody the picture.
