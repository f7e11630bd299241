# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # What is a chain worth, and what if it is stuck?
#
# ![Left: draws of eight schools never reach the narrow neck of a funnel, and red points mark where
# trajectories failed. Right: in other coordinates the same posterior is round, and nothing is
# missing.](before_after.png)
#
# **An hour ago:** 32 000 draws of a famous posterior, worth about two hundred, and a part of it that
# hardly a chain ever saw. **An hour from now:** the same number of draws is worth more than 10 000,
# and nothing is missing. One line of the model has changed. You will know that the first run was bad
# *before* you see the second one.
#
# *90 minutes, 20 points: 17 by checks, 3 for an answer in words.*
#
# **How to work through it.** Run the cells from top to bottom. Where you see `# YOUR CODE HERE`,
# replace that line and the `raise` below it by your own code, and run the `check` cell below as
# often as you like. Before each surprise there is a cell with a guess: change it before you go on.
# It is never graded, and the next picture shows it beside what happens.

# %% [markdown]
# ## What you may assume
#
# A sampler gives a *chain*: draws in which each one is made from the one before (*04 posterior*).
# How it does that is of no interest here. The cell below makes chains of a simple kind: each draw
# keeps a share $\varphi$ of where the last one was, and adds new noise. Its draws have mean 0 and
# width 1, whatever $\varphi$ is.

# %%
import os
import warnings

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


def remembering(rng, phi, n, m=1):
    """Chains[n, m] of width 1 about 0, which keep the share phi of where they were."""
    chains = rng.standard_normal((n, m))
    for t in range(1, n):
        chains[t] = phi * chains[t - 1] + np.sqrt(1 - phi**2) * chains[t]
    return chains


# %% [markdown]
# ## 1. An error bar that is wrong
#
# Here are two chains of 4000 draws. Both have the same distribution. One has no memory, the other
# one keeps $\varphi = 0.9$.

# %% tags=["demonstration"]
fast, slow = (remembering(np.random.default_rng(1), phi, 4000)[:, 0] for phi in (0.0, 0.9))
panels = plt.subplots(2, 1, figsize=(7.0, 3.6), sharex=True, sharey=True)[1]
for panel, chain, name in zip(panels, [fast, slow], ["no memory", "φ = 0.9"]):
    panel.plot(chain[:400], color=INK, linewidth=0.8)
    panel.set(ylabel=name, ylim=(-3.5, 3.5))
panels[1].set_xlabel("the first 400 draws");
# %% [markdown]
# The mean of $n$ independent draws has the standard error $\text{sd}/\sqrt{n}$. Everybody knows that.
# The true mean is 0, so we can see how it does: make 300 such chains with memory, and divide each
# mean by its error bar. If error bars are right, these numbers scatter by 1.
#
# **Guess** by how much they scatter.

# %%
guess = 1.0  # your guess

# %% tags=["demonstration"]
runs = remembering(np.random.default_rng(3), 0.9, 4000, 300)
naive = runs.mean(axis=0) / (runs.std(axis=0) / np.sqrt(len(runs)))
bins = np.linspace(-14, 14, 57)
plt.hist(naive, bins, color="0.75", label="mean / error bar, 300 chains")
z = np.linspace(-14, 14, 300)
bell = 300 * 0.5 * np.exp(-0.5 * z**2) / np.sqrt(2 * np.pi)
plt.plot(z, bell, color=TRUTH, label="if the error bars were right")
plt.plot([-guess, guess], [60, 60], "|-", color=INK, label="your guess")
plt.xlabel("error / claimed error")
plt.legend(loc="upper left", fontsize=8)
print(f"guessed {guess:.1f}; they scatter by {np.sqrt(np.mean(naive**2)):.2f}")

# %% [markdown]
# The error bar is too small by a factor of four. Nothing is wrong with the draws: their mean and
# their width are right. But each of them says nearly what the last one said, so 4000 of them are
# worth far fewer. How many?
#
# ## 2. How long does it remember?
#
# Take two draws that are $t$ steps apart, and ask how much they have in common. With the mean
# $\bar x$ of all $n$ draws,
#
# $$ \rho(t) = \frac{\sum_{i=1}^{n-t} (x_i - \bar x)(x_{i+t} - \bar x)}{\sum_{i=1}^{n} (x_i - \bar x)^2}. $$
#
# This is the *autocorrelation* at lag $t$. It is 1 at lag 0. There are fewer products at larger
# lags, and still the denominator stays the same: a far lag is known badly, and so it is made small.
#
# ### Exercise: `autocorrelation`
#
# Return $\rho(0), \ldots, \rho(n-1)$, an array of shape `[n]`. It shall answer for 4000 draws, too.
#
# <details><summary>A first hint</summary>
# Directly: one product of two pieces of the same array for each lag.
# </details>
# <details><summary>A second hint</summary>
# Quicker: the products at all lags together are the inverse FFT of |FFT|². An FFT believes that the
# series begins again after its end. Zeros behind it keep the two apart: as many as there are draws.
# </details>
# <details><summary>A third hint</summary>
# <code>np.fft.rfft(a, length)</code> adds the zeros, and <code>np.fft.irfft(b, length)</code> needs
# the length, too. Keep the first n numbers, and divide by the first.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "autocorrelation", "locked": false, "schema_version": 3, "solution": true, "task": false}
def autocorrelation(x):
    """The autocorrelation of x[n] at lags 0 to n - 1: an array of shape [n]."""
    ### BEGIN SOLUTION
    n = len(x)
    length = 2 * n
    off = x - np.mean(x)
    spectrum = np.fft.rfft(off, length)
    products = np.fft.irfft(np.abs(spectrum) ** 2, length)[:n]
    return products / products[0]
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_autocorrelation", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(autocorrelation)

# %% tags=["demonstration"]
lags = np.arange(61)
for chain, colour, name in [(fast, "0.6", "no memory"), (slow, FIT, "φ = 0.9")]:
    plt.plot(lags, autocorrelation(chain)[:61], color=colour, label=name)
plt.plot(lags, 0.9**lags, "--", color=TRUTH, linewidth=1, label="$0.9^t$")
plt.axhline(0, color="0.85", linewidth=0.8)
plt.xlabel("lag t")
plt.ylabel("autocorrelation ρ")
plt.legend();
# %% [markdown]
# ## 3. One number, and a sum that is zero
#
# The variance of a mean of $n$ draws adds up the covariances of all pairs. Each pair counts twice,
# so the result is the variance of independent draws, times
#
# $$ \tau = 1 + 2 \sum_{t \ge 1} \rho(t). $$
#
# $\tau$ is the *integrated autocorrelation time*: $n$ draws are worth $n/\tau$ independent ones. So
# add up all lags! Here is this mistake, made on purpose.

# %% tags=["demonstration"]
for name, chain in [("no memory", fast), ("φ = 0.9", slow), ("a ramp", np.arange(4000.0))]:
    print(f"{name:10} 1 + 2 Σ ρ over all lags = {1 + 2 * np.sum(autocorrelation(chain)[1:]):+.1e}")

# %% [markdown]
# It is zero, whatever the chain is: the numbers $x_i - \bar x$ add up to zero, and so do all their
# products. What we know of far lags is noise, and it adds up until it has eaten the answer. We have
# to stop at a *window* $M$: late enough to have seen the memory, early enough to be spared the noise.
# Alan Sokal's rule (*Monte Carlo methods in statistical mechanics*, 1996): with
# $\tau(M) = 1 + 2\sum_{t=1}^{M} \rho(t)$, stop at the smallest $M \ge 5\,\tau(M)$.

# %% tags=["demonstration"]
sums = 2 * np.cumsum(autocorrelation(slow)) - 1
window = np.argmax(np.arange(len(sums)) >= 5 * sums)
panels = plt.subplots(1, 2, figsize=(8.0, 3.0), sharey=True)[1]
for panel, last in zip(panels, [300, 4000]):
    panel.plot(sums, color=FIT, label="τ(M)")
    panel.plot([0, 225], [0, 45], color=INK, linewidth=0.8, label="M / 5")
    panel.plot(window, sums[window], "o", color=FIT, label="the window")
    panel.axhline(19, color=TRUTH, linestyle="--", linewidth=1, label="exactly 19")
    panel.set(xlim=(0, last), ylim=(-20, 45), xlabel="M")
panels[1].legend(loc="lower left", fontsize=8)
plt.tight_layout()

# %% [markdown]
# ### Exercise: `integrated_time`
#
# Return $\tau(M)$ at the smallest $M \ge 5\,\tau(M)$, a float. A chain that jumps to and fro has
# negative correlations, and the rule gives less than 1, and sometimes less than 0: leave it so. You
# may call your `autocorrelation`; then that has to be right first.
#
# <details><summary>A first hint</summary>
# <code>np.cumsum</code> of ρ gives the sums for all M at once. Lag 0 counts once, all others twice.
# </details>
# <details><summary>A second hint</summary>
# An array of truth values says for each M whether it is large enough: compare
# <code>np.arange(n)</code> with five times τ(M).
# </details>
# <details><summary>A third hint</summary>
# <code>np.argmax</code> of truth values is the place of the first one that is true. There always is
# one: with all lags τ(M) is zero.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "integrated_time", "locked": false, "schema_version": 3, "solution": true, "task": false}
def integrated_time(x):
    """The integrated autocorrelation time of x[n] with Sokal's window: a float."""
    ### BEGIN SOLUTION
    taus = 2 * np.cumsum(autocorrelation(x)) - 1
    return float(taus[np.argmax(np.arange(len(x)) >= 5 * taus)])
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_integrated_time", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check(integrated_time)

# %% [markdown]
# The five is a compromise, and the chain has to be long: 50 τ at least. Below, the truth is 19.


# %% tags=["demonstration"]
def with_constant(x, c):
    """τ with another constant c in the place of five."""
    taus = 2 * np.cumsum(autocorrelation(x)) - 1
    return taus[np.argmax(np.arange(len(x)) >= c * taus)]


panels = plt.subplots(1, 2, figsize=(8.0, 3.0), sharey=True)[1]
constants, lengths = [1, 2, 3, 5, 8, 12, 20], [50, 100, 200, 500, 1000, 2000, 4000]
found = [[[with_constant(x, c) for x in runs.T[:60]] for c in constants]]
found.append([[integrated_time(x[:n]) for x in runs.T[:60]] for n in lengths])
names = ["c, with 4000 draws", "draws, with c = 5"]
for panel, at, taus, name in zip(panels, [constants, lengths], found, names):
    panel.errorbar(at, np.mean(taus, axis=1), np.std(taus, axis=1), fmt="o-", color=FIT, markersize=3)
    panel.axhline(19, color=TRUTH, linestyle="--", linewidth=1)
    panel.set(xlabel=name, xscale="log")
    panel.set_xticks(at, [str(value) for value in at])
    panel.minorticks_off()
panels[0].set_ylabel("τ: mean and scatter")
plt.tight_layout()
for n, taus in zip(lengths, found[1]):
    print(f"{n:4} draws: τ = {np.mean(taus):4.1f} on average of 60 chains")
to_and_fro = remembering(np.random.default_rng(2), -0.5, 4000)[:, 0]
print(f"φ = -0.5: τ = {integrated_time(to_and_fro):.2f}, and exactly 0.33")

# %% [markdown]
# A short chain believes that it is a quick one: it has not lived long enough to know. That is why a
# $\tau$ from a chain of fewer than 50 τ is not to be trusted, and it errs on the pleasant side.
#
# The last line is a warning, too. Sokal's rule is made for chains that remember. If a chain jumps to
# and fro, the window is over after one lag, before the positive correlations at even lags are
# counted. The No-U-Turn Sampler (NUTS, *05 hamiltonian*) makes such chains, and so the course's own
# library adds lags in pairs (Charles Geyer 1992).
#
# ## 4. An honest error bar
#
# ### Exercise: `mean_and_error`
#
# `chain[n, m]` has a column for each of $m$ chains. Return two floats: the mean of all draws, and
# its standard error $\text{sd}\,\sqrt{\tau / (n m)}$. Here sd is the width of all draws together, and
# $\tau$ the mean of the $m$ chains' own times, by your `integrated_time`.
#
# <details><summary>A first hint</summary>
# A time for each column, then the mean of these.
# </details>
# <details><summary>A second hint</summary>
# Do not join the columns to one long series: where two chains meet, nothing is remembered.
# </details>
# <details><summary>A third hint</summary>
# With τ = 1 and one chain it has to be sd / √n.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "mean_and_error", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mean_and_error(chain):
    """The mean of the draws in chain[n, m], and its standard error: two floats."""
    ### BEGIN SOLUTION
    n, m = chain.shape
    tau = np.mean([integrated_time(chain[:, k]) for k in range(m)])
    return float(np.mean(chain)), float(np.std(chain) * np.sqrt(tau / (n * m)))
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_mean_and_error", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(mean_and_error)

# %% [markdown]
# The same 300 chains, with your error bars.

# %% tags=["demonstration"]
honest = np.array([np.divide(*mean_and_error(x[:, None])) for x in runs.T])
plt.hist(naive, bins, color="0.8", label=f"sd / √n: scatter {np.sqrt(np.mean(naive**2)):.2f}")
label = f"yours: scatter {np.sqrt(np.mean(honest**2)):.2f}"
plt.hist(honest, bins, color=FIT, alpha=0.7, label=label)
plt.plot(z, bell, color=TRUTH, label="right error bars")
plt.xlabel("error / claimed error")
plt.legend(loc="upper left", fontsize=8);
# %% [markdown]
# ## 5. Thinning
#
# Many people keep only every tenth draw, since neighbours are alike anyway, and what is left is more
# nearly independent. Below is a chain of 40 000 draws with $\varphi = 0.9$, worth about 2100
# independent ones. **Guess** what it is worth when you have thrown away nine draws of ten.

# %%
guess = 4000  # your guess

# %% tags=["demonstration"]
long = remembering(np.random.default_rng(4), 0.9, 40_000)
steps = [1, 2, 5, 10, 20, 40]
worth = [(long[::k].std() / mean_and_error(long[::k])[1]) ** 2 for k in steps]
exact = [40_000 / k * (1 - 0.9**k) / (1 + 0.9**k) for k in steps]
plt.plot(steps, exact, "--", color=TRUTH, label="exactly")
plt.plot(steps, worth, "o", color=FIT, label="by your function")
plt.plot(10, guess, "*", color=INK, markersize=11, label="your guess")
plt.ylim(0, max(2600, 1.1 * guess))
plt.xlabel("every k-th draw is kept")
plt.ylabel("worth, in independent draws")
plt.legend()
print(f"guessed {guess}; exactly {exact[3]:.0f}, and {exact[0]:.0f} before")

# %% [markdown]
# Thinning gains nothing. Each draw that is thrown away knew a little, and less is left. Its only use
# is to save memory.
#
# ## 6. Four chains, each content
#
# A time $\tau$ is measured about the chain's own mean. So a chain that sits in one place, and does
# not know that there is another, looks very well. Here are four chains: two of them sit at −2, two at
# 2. And four that drift together.

# %% tags=["demonstration"]
rng = np.random.default_rng(7)
home = remembering(rng, 0.9, 2000, 4)
apart = remembering(rng, 0.0, 2000, 4) * 0.5 + np.array([-2.0, -2.0, 2.0, 2.0])
drift = home + np.linspace(-0.9, 0.9, 2000)[:, None]
panels = plt.subplots(1, 2, figsize=(8.0, 2.8), sharey=True)[1]
for panel, chains, name in zip(panels, [apart, drift], ["in two places", "drifting together"]):
    for column, shade in zip(chains.T, ["0.15", "0.45", FIT, "#7fa8c9"]):
        panel.plot(column[::10], color=shade, linewidth=0.6)
    panel.set(title=name, xlabel="draws / 10")
plt.tight_layout()
print("τ in two places:", np.round([integrated_time(x) for x in apart.T], 2))

# %% [markdown]
# The cure is to start several chains from different places, and to ask whether they agree. Andrew
# Gelman and Donald Rubin (1992) compare the variance of everything with the variance *within* a
# chain. If chains agree, the two are equal. To notice a common drift as well, each chain is cut into
# two halves, so that there are $2m$ of them, of length $h = n/2$. With $W$ the mean of their
# variances, and $B$ equal to $h$ times the variance of their means,
#
# $$ \hat R = \sqrt{\frac{\frac{h-1}{h}\,W + \frac{1}{h}\,B}{W}}. $$
#
# Both variances divide by one less than their number.
#
# ### Exercise: `split_r_hat`
#
# Return $\hat R$ of `chains[n, m]`, a float; $n$ is even. One chain is allowed: it has two halves.
#
# <details><summary>A first hint</summary>
# First make an array of shape [h, 2m]: the first halves of all chains, then their second halves.
# </details>
# <details><summary>A second hint</summary>
# <code>np.var(a, axis=0, ddof=1)</code> is the variance of each column.
# </details>
# <details><summary>A third hint</summary>
# <code>reshape</code> does not cut where you want it. <code>np.concatenate(…, axis=1)</code> puts
# columns side by side.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "split_r_hat", "locked": false, "schema_version": 3, "solution": true, "task": false}
def split_r_hat(chains):
    """R-hat of the halves of chains[n, m], n even: a float."""
    ### BEGIN SOLUTION
    h = len(chains) // 2
    halves = np.concatenate([chains[:h], chains[h:]], axis=1)
    within = np.mean(np.var(halves, axis=0, ddof=1))
    between = h * np.var(np.mean(halves, axis=0), ddof=1)
    return float(np.sqrt(((h - 1) / h * within + between / h) / within))
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_split_r_hat", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(split_r_hat)

# %% tags=["demonstration"]
def whole_r_hat(chains):
    """R-hat of whole chains, not split, for comparison."""
    return np.sqrt(1 + np.var(chains.mean(axis=0), ddof=1) / np.var(chains, axis=0, ddof=1).mean())


wide = home * [1, 1, 1, 3]
for name, chains in [
    ("four that agree", home),
    ("one of them 1 sd off", home + [0, 0, 0, 1]),
    ("in two places", apart),
    ("drifting together", drift),
    ("one three times as wide", wide),
]:
    print(f"{name:24} R-hat {split_r_hat(chains):.3f}; of whole chains {whole_r_hat(chains):.3f}")

# %% [markdown]
# Below 1.01 is good, above 1.1 is bad. (Four that agree have 1.014 here: with $\varphi = 0.9$ each
# is worth about a hundred draws, so that their means scatter.) Whole chains do not see the drift,
# halves do. But the last row looks like the first, and it should not: R-hat compares *means*, and a
# chain that is three times as wide has the same mean. Look at ranks instead: sort all 8000 draws,
# and count where each chain's are.

# %% tags=["demonstration"]
ranks = wide.ravel().argsort().argsort().reshape(wide.shape)
panels = plt.subplots(1, 4, figsize=(8.0, 2.0), sharey=True)[1]
for k, panel in enumerate(panels):
    panel.hist(ranks[:, k], 20, range=(0, 8000), color=FIT if k == 3 else "0.7")
    panel.axhline(100, color=TRUTH, linestyle="--", linewidth=1)
    panel.set(title=f"chain {k}", xlabel="rank", xticks=[0, 8000])
panels[0].set_ylabel("draws")
plt.tight_layout()

# %% [markdown]
# All four should be flat, at the dashed line. The last one has all the extreme ranks. (Vehtari,
# Gelman, Simpson, Carpenter and Bürkner 2021 make R-hat of ranks, and of their distances from the
# middle. The course's own library does that.)
#
# ### A question to answer in words
#
# **Four chains have τ ≈ 1 each, and R-hat is above 4. Four others have R-hat 1.00, if whole chains are
# compared, and drift together. What does each of the two numbers see, and what can neither of them
# see?** This answer is read by a person.

# %% [markdown] nbgrader={"cell_type": "markdown", "grade": true, "grade_id": "what_each_number_sees", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# τ sees the memory of one chain about its own mean. A chain that stays in one of two places forgets
# quickly within it, so τ ≈ 1 says nothing about the other place. A drift is a long memory: τ is
# large there.
#
# R-hat sees whether chains disagree about the mean, compared with their widths: in two places it is
# large. If all drift together their means agree at each moment, and whole chains do not show it; their
# halves do.
#
# Neither can see a place where no chain has ever been. Chains that all start on one side, or that all
# avoid a narrow neck, agree with each other and forget quickly. Only other starts, another sampler or
# other coordinates can show it, and divergences may warn.
#
# *For the reader:* (1 point) τ is about one chain's memory, so each chain can be content in its own
# place. (1) R-hat compares chains, so it sees two places; a common drift only if chains are split.
# (1) neither sees where no chain has been.

# %% [markdown]
# ## 7. Eight schools
#
# In 1981 Donald Rubin had the results of a coaching programme in eight schools: by how many points it
# raised a test's score, and the standard error of each (*Journal of Educational Statistics* 6, 377).
# Does it work equally in all of them? Let each school have a true effect $\theta_i$, drawn from a
# normal distribution with mean $\mu$ and width $\tau$. (Another $\tau$ than above: both names are
# what everybody uses.) The data decide about all ten numbers:
#
# $$ y_i \sim N(\theta_i, \sigma_i^2), \quad \theta_i \sim N(\mu, \tau^2), \quad
# \mu \sim N(0, 5^2), \quad \tau \sim \text{half-Cauchy}(5). $$

# %%
y_schools = tf.constant([28.0, 8.0, -3.0, 7.0, -1.0, 1.0, 18.0, 12.0], tf.float64)
sigma_schools = tf.constant([15.0, 10.0, 16.0, 11.0, 9.0, 11.0, 10.0, 18.0], tf.float64)


def centred_log_prob(mu, log_tau, theta):
    """The log density of mu, log tau and the schools' effects theta[8], up to a constant."""
    tau = tf.exp(log_tau)
    log_like = -0.5 * tf.reduce_sum(((y_schools - theta) / sigma_schools) ** 2)
    log_prior = -0.5 * (mu / 5) ** 2 - tf.math.log1p((tau / 5) ** 2) + log_tau
    return log_like + log_prior - 0.5 * tf.reduce_sum(((theta - mu) / tau) ** 2) - 8 * log_tau


# %% [markdown]
# The prior of $\tau$ is proportional to $1 / (1 + (\tau/5)^2)$. The `+ log_tau` is the determinant of
# *04 posterior*: the parameter is $\log\tau$, the prior is one for $\tau$.
#
# The course's own NUTS makes 500 draws in each of 64 chains. By an exact integral, one draw in twenty
# has $\tau < 1/4$: schools that hardly differ. So a chain should have some 25 of them. **Guess** how
# many of the 64 chains ever get there.

# %%
guess = 64  # your guess

# %% tags=["demonstration"]
from course_lib.inference import TFModel, sample


def run_schools(log_prob):
    """32 000 draws of ten parameters by NUTS: 500 in each of 64 chains."""
    model = TFModel(log_prob, [0.0, 0.0, np.zeros(8)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns, and rightly: we look for ourselves
        return sample(model, 500, chains=64, warmup=300, seed=2018, progress=False)


def report(run):
    """What your own functions say of log tau. Returns how many chains reached tau < 1/4."""
    chains = run.draws[:, :, 1]
    mean, error = mean_and_error(chains)
    scatter = chains.mean(axis=0).std(ddof=1) / np.sqrt(64)
    reached = np.sum(np.any(chains < np.log(0.25), axis=0))
    print(f"log τ = {mean:.3f}; exactly 0.802")
    print(f"error by each chain's memory  {error:.3f}: {(chains.std() / error) ** 2:6.0f} effective draws")
    print(f"error by 64 means' scatter    {scatter:.3f}: {(chains.std() / scatter) ** 2:6.0f} effective draws")
    print(f"R-hat {split_r_hat(chains):.3f}, divergent trajectories {run.divergent.sum()}")
    print(f"chains that ever had τ < 1/4: {reached} of 64")

# %% tags=["demonstration"]
centred = run_schools(centred_log_prob)
report(centred)
print(f"guessed {guess} of 64")

# %% tags=["demonstration"]
def show(panel, run, ylabel):
    """Draws of log tau and the first school, and where trajectories diverged."""
    x, y = run.draws[:, :, 1].ravel(), run.draws[:, :, 2].ravel()
    lost = run.divergent.ravel()
    panel.plot(x[::8], y[::8], ".", color="0.75", markersize=1.5, label="draws")
    panel.plot(x[lost], y[lost], ".", color=TRUTH, markersize=3, label="divergent")
    panel.axvline(np.log(0.25), color=INK, linestyle=":", linewidth=1, label="τ = ¼")
    panel.set(xlabel="log τ", ylabel=ylabel, xlim=(-6, 4))


show(plt.gca(), centred, "effect θ₁ of the first school")
plt.legend(loc="upper left", markerscale=4);

# %% [markdown]
# Look at the left end. For small $\tau$ all effects have to be close to $\mu$: the posterior becomes
# a narrow *neck*, as in the funnel of *05 hamiltonian*. A step that is right for the wide part is far
# too long for the neck, so trajectories fly off there: they *diverge*. Few chains get in, and those
# that do get in cannot get out: they repeat one draw for ever.
#
# There are two error bars above. One is yours, from each chain's memory. The other one needs no
# memory at all: 64 chains are 64 experiments, and the scatter of their means says how well the mean
# is known. They should agree, and here they do not, by far. Your $\tau$ is measured about each chain's
# own mean, and the chains are in different places. R-hat says so, and the divergences say where.
#
# A smaller step helps little, and more draws do not help at all: the neck is narrower than any step.
# (Your numbers may differ from your neighbour's: near the neck the last digit decides where a
# trajectory goes.)
#
# ## 8. One line
#
# The neck is made by the coordinates, not by the schools. Say each effect in units of its own
# distribution: $\theta_i = \mu + \tau z_i$. Then, before the data are seen, $z_i$ is standard
# normal whatever $\tau$ is, and
# there is no neck for it to be squeezed into.
#
# ### Exercise: `noncentred_log_prob`
#
# Return the log density of $(\mu, \log\tau, z)$, a scalar float64 tensor, for data `y[k]` with
# standard errors `sigma[k]`; `z` has the shape `[k]`. The number of schools is up to the caller. A
# constant is free.
#
# <details><summary>A first hint</summary>
# Begin with <code>centred_log_prob</code>. The data still want θ, and θ is now computed.
# </details>
# <details><summary>A second hint</summary>
# What is the density of z? It knows neither μ nor τ.
# </details>
# <details><summary>A third hint</summary>
# With θ = μ + τ z, the determinant of the change is τ for each school. It takes off exactly the
# 8 log τ of the centred form. The one log τ that belongs to τ itself stays.
# </details>


# %% nbgrader={"cell_type": "code", "grade": false, "grade_id": "noncentred_log_prob", "locked": false, "schema_version": 3, "solution": true, "task": false}
def noncentred_log_prob(y, sigma, mu, log_tau, z):
    """The log density of mu, log tau and z[k], for schools with y[k] ± sigma[k]: a tensor of shape []."""
    ### BEGIN SOLUTION
    tau = tf.exp(log_tau)
    theta = mu + tau * z
    log_like = -0.5 * tf.reduce_sum(((y - theta) / sigma) ** 2)
    log_prior = -0.5 * (mu / 5) ** 2 - tf.math.log1p((tau / 5) ** 2) + log_tau
    return log_like + log_prior - 0.5 * tf.reduce_sum(z**2)
    ### END SOLUTION


# %% nbgrader={"cell_type": "code", "grade": true, "grade_id": "check_noncentred_log_prob", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check(noncentred_log_prob)

# %% [markdown]
# It is the same posterior: at $\theta = \mu + \tau z$ the two log densities differ by $8 \log\tau$,
# the determinant, and by nothing else.


# %% tags=["demonstration"]
def in_z(mu, log_tau, z):
    """Your log density for the eight schools."""
    return noncentred_log_prob(y_schools, sigma_schools, mu, log_tau, z)


rng = np.random.default_rng(9)
for log_tau in [-3.0, 0.0, 2.0]:
    mu, log_tau, z = (tf.constant(value, tf.float64) for value in (4.0, log_tau, rng.normal(size=8)))
    difference = in_z(mu, log_tau, z) - centred_log_prob(mu, log_tau, mu + tf.exp(log_tau) * z)
    print(f"log τ = {log_tau.numpy():4.1f}: they differ by {difference.numpy():.6f}")
print()
free = run_schools(in_z)
report(free)

# %% tags=["demonstration"]
panels = plt.subplots(1, 2, figsize=(8.0, 3.4))[1]
show(panels[0], centred, "θ₁")
show(panels[1], free, "z₁")
panels[0].set_title("centred")
panels[1].set_title("not centred")
panels[0].legend(loc="upper left", markerscale=4, fontsize=8)
plt.tight_layout()

# %% [markdown]
# The same number of draws, the same sampler, and more than fifty times the worth. It is even cheaper: longer
# steps need fewer gradients. Now the two error bars agree, and all chains have been in the neck: what
# was narrow is as wide as everything else.
#
# The schools differ less than anybody guesses: one draw in five has $\tau < 1$. This is what each
# chain alone would have told you:

# %% tags=["demonstration"]
for name, run in [("centred", centred), ("not centred", free)]:
    shares = 100 * np.mean(run.draws[:, :, 1] < 0, axis=0)
    print(f"{name:12} τ < 1 in {shares.min():2.0f} to {shares.max():3.0f} % of a chain's draws; exactly 20.0 %")

# %% [markdown]
# ## 9. What dimensions cost
#
# With an honest error bar samplers can be compared: how many evaluations does one effective draw
# cost? *emcee* (*04 posterior*) asks for values of the density. NUTS (*05 hamiltonian*) asks for
# gradients, which cost about as much as two or three values. The target is a unit normal in $d$
# dimensions. **Guess** both prices for $d = 100$.

# %%
guess = {"emcee": 10.0, "NUTS": 10.0}  # your guess

# %% tags=["demonstration"]
import emcee


def live(d):
    """Evaluations for one effective draw of the first parameter, by your function: emcee's, NUTS'."""
    walkers, steps = max(2 * d, 8), 400 * d
    sampler = emcee.EnsembleSampler(walkers, d, lambda q: -0.5 * np.sum(q**2, axis=1), vectorize=True)
    sampler.random_state = np.random.RandomState(d).get_state()
    sampler.run_mcmc(np.random.default_rng(d).normal(size=(walkers, d)), steps)
    model = TFModel(lambda q: -0.5 * tf.reduce_sum(q**2), [np.zeros(d)])
    run = sample(model, 300, chains=64, warmup=200, seed=d, progress=False)
    prices = []
    for chains, evaluations in [(sampler.get_chain(), walkers * steps), (run.draws, run.evaluations)]:
        first = chains[:, :, 0]
        prices.append(evaluations * (mean_and_error(first)[1] / first.std()) ** 2)
    return prices


here = {d: live(d) for d in (2, 10)}
for d, (emcee_price, nuts_price) in here.items():
    print(f"d = {d:2}: emcee {emcee_price:5.1f} values, NUTS {nuts_price:3.1f} gradients for one effective draw")

# %% [markdown]
# The rest takes minutes, so it has been done before: the file `price_of_dimensions.csv` says how. It
# does not ask the chains for their memory. It starts many runs from exact draws, and looks at how far
# their means scatter about the true one.

# %% tags=["demonstration"]
d, emcee_price, emcee_error, nuts_price, nuts_error = np.loadtxt(
    "price_of_dimensions.csv", delimiter=",", skiprows=5, unpack=True
)
for price, error, mark, colour, name in [
    (emcee_price, emcee_error, "s-", TRUTH, "emcee: values"), (nuts_price, nuts_error, "o-", FIT, "NUTS: gradients"),
]:
    plt.errorbar(d, price, error, fmt=mark, color=colour, markersize=4, label=name)
for at, prices in here.items():
    plt.plot([at, at], prices, "+", color=INK, markersize=10, label="just now, by you" if at == 2 else None)
plt.plot([100, 100], list(guess.values()), "*", color=INK, markersize=11, label="your guesses")
plt.loglog()
plt.xticks(d, [f"{number:.0f}" for number in d])
plt.minorticks_off()
plt.xlabel("dimensions")
plt.ylabel("evaluations for one effective draw")
plt.legend(fontsize=8)
for row in zip(d, emcee_price, emcee_error, nuts_price, nuts_error):
    print("d = {:3.0f}: emcee {:5.0f} ± {:3.0f} values, NUTS {:.1f} ± {:.1f} gradients".format(*row))

# %% [markdown]
# A walk pays for dimensions, a trajectory hardly does. Two remarks:
#
# * Your price for emcee is below the table's. Its walkers are not independent: each one's steps are
#   made from the others' places. `mean_and_error` takes them for independent, and that is too
#   optimistic. With many dimensions it is wrong by a factor of two.
# * For $d = 100$ a run of emcee needs some 200 000 steps until its $\tau$ can be trusted. A shorter one
#   says something pleasant, as in section 3.
#
# ## What you can do now
#
# * put an error bar on the mean of a chain, and know when it is honest;
# * say what thinning gains;
# * ask several chains whether they agree, and know what R-hat does not see;
# * take a divergence for the warning that it is;
# * change coordinates where more steps would not help.
#
# **Where to go.** *07 real data* asks what to do if some of the data lie. Something to try: give the
# schools errors of 1 in place of 9 to 18. Which of the two forms is now the better one, and why?
