"""Claims about `sampling_efficiency(chain, seconds)`: 3 points.

The chains are AR(1), so that the truth is known; whichever good estimator of the autocorrelation
time is used, it passes. False alarms: below 1e-8 a chain (`tolerance.SIGMAS`).
"""

from __future__ import annotations

import numpy as np

from course_lib.claims import EPS, ClaimFailure, Inputs, agree, exercise, finite_numbers

from . import reference
from .inputs import Array, Chains, chain_of, chains
from .tolerances import FAR_CHAIN, SAME_CHAIN, SIGMAS, WINDOW_BIAS


@exercise(points=3, approximate=1e-3, slow=True)
def sampling_efficiency(chain: Array, seconds: float) -> tuple[float, float]:
    """The effective sample size of ``chain[steps, walkers, d]``, and seconds for each of it."""
    n_eff = float(reference.effective_sample_size(chain))
    return n_eff, seconds / n_eff


# Every chain is over fifty autocorrelation times long, below which emcee refuses to answer.
SLOW = chains(2000, 4, (0.8, 0.8))
# Times that differ enough for a mean to be told from a median, a maximum and a sum.
ENSEMBLE = chains(2000, 16, (0.0, 0.5, 0.0, 0.86))
# One parameter that forgets slowly; one walker by itself; draws that are worth more than
# independent ones, 1.5 each, since neighbours lie on opposite sides.
OTHERS: tuple[Inputs, ...] = (
    {"recipe": Chains(2000, 30, (0.9,), seed=3, seconds=1.0)},
    {"recipe": Chains(12_000, 1, (0.0, 0.7), seed=4, seconds=0.25)},
    {"recipe": Chains(2000, 16, (-0.2, -0.2), seed=5, seconds=1.0)},
)
# Repeated up to this length, 128 times: far from any window that was fixed beforehand.
INDEPENDENT = chains(125, 8, (0.0,))
LENGTH = 16_000
BEGINNING = 10  # steps that two chains have in common
FAR = 1e7  # spreads from zero
# Tried every time: a seed on which windows of 10, 20 and 30 lags are all a factor of two off.
LONGEST: Inputs = {"recipe": Chains(125, 8, (0.0,), seed=2, seconds=1.0)}


def expected_size(truth, recipe: Chains) -> tuple[float, float]:
    """The reference's n_eff, and the relative standard deviation of such an estimate."""
    chain = chain_of(recipe)
    tau, error = truth.integrated_time(chain), truth.integrated_time_error(chain)
    draws = recipe.steps * recipe.walkers
    return draws / float(np.mean(tau)), float(np.sqrt(np.sum(error**2)) / np.sum(tau))


@sampling_efficiency.claim(points=0.25, gate=True, draws=4, recipe=SLOW)
def sees_a_slow_chain(student, truth, recipe):
    """A chain that moves slowly is worth fewer independent samples than one that moves fast."""
    fast_recipe = recipe._replace(phi=(0.0, 0.0))
    moving, standing = np.array(chain_of(fast_recipe)), chain_of(recipe)
    moving[:BEGINNING] = standing[
        :BEGINNING
    ]  # the beginning of a chain does not tell how it goes on
    slow = student.sampling_efficiency(standing, recipe.seconds)[0]
    fast = student.sampling_efficiency(moving, recipe.seconds)[0]
    # The truth is one to nine; either estimate is good to a tenth.
    if not 0 < slow < 0.25 * fast:
        raise ClaimFailure(f"much less than {fast}, the n_eff of independent draws", float(slow))


@sampling_efficiency.claim(points=1.0, draws=2, always=OTHERS, recipe=ENSEMBLE)
def counts_independent_samples(student, truth, recipe):
    """n_eff is all draws of all walkers, divided by the mean autocorrelation time."""
    got = student.sampling_efficiency(chain_of(recipe), recipe.seconds)[0]
    expected, spread = expected_size(truth, recipe)
    _by_a_factor(got, expected, spread)


@sampling_efficiency.claim(points=0.25, relative=True, draws=1, recipe=SLOW)
def takes_each_walker_by_itself(student, truth, recipe):
    """Walkers that mirror each other, so that their average stands still, count like others."""
    walkers = chain_of(recipe)
    mirrored = np.concatenate([walkers, 2.0 * np.mean(walkers, axis=0) - walkers], axis=1)
    once = student.sampling_efficiency(walkers, recipe.seconds)[0]
    both = student.sampling_efficiency(mirrored, recipe.seconds)[0]
    # A mirror image has the same autocorrelation: as many draws again, each worth as much. Where
    # the scatter of the walkers' means counts as well (Geyer), it has other degrees of freedom,
    # which is a thousandth, and may end the sum a few lags elsewhere, each worth a hundredth. One
    # walker left out is 7 / 6.
    if not 1 / 1.1 < both / (2 * once) < 1.1:
        raise ClaimFailure(float(2 * once), float(both))


@sampling_efficiency.claim(
    points=0.25, relative=True, draws=1, always=(LONGEST,), recipe=INDEPENDENT
)
def gains_nothing_by_repeats(student, truth, recipe):
    """Writing every draw down many times makes a chain longer, and worth no more."""
    once = chain_of(recipe)
    repeated = np.repeat(once, LENGTH // recipe.steps, axis=0)
    n_once = student.sampling_efficiency(once, recipe.seconds)[0]
    n_repeated = student.sampling_efficiency(repeated, recipe.seconds)[0]
    # Both sum one and the same autocorrelation; only where its window ends may differ, by a few
    # lags of the original, each twice a number of standard deviation 1 / sqrt(draws). Five lags
    # at two of these (the initial sequence of Geyer runs on that far): a factor of 1.56.
    factor = float(np.exp(5 * 2 * 2.0 / np.sqrt(recipe.steps * recipe.walkers)))
    if not n_once / factor < n_repeated < n_once * factor:
        raise ClaimFailure(float(n_once), float(n_repeated))


@sampling_efficiency.claim(points=0.5, draws=2, recipe=SLOW)
def divides_the_time(student, truth, recipe):
    """The time per effective sample is the seconds that were spent, divided by n_eff."""
    for seconds in (recipe.seconds, 3.0 * recipe.seconds):
        n_eff, cost = student.sampling_efficiency(chain_of(recipe), seconds)
        # One division, and one multiplication here: an eps each.
        agree(cost * n_eff, seconds, tolerance=2 * EPS * seconds)


@sampling_efficiency.claim(points=0.25, relative=True, draws=1, recipe=SLOW)
def does_not_depend_on_the_unit(student, truth, recipe):
    """Measuring a parameter in another unit, from another zero, changes nothing."""
    chain = chain_of(recipe)
    units = 2.5 * 4.0 ** np.arange(chain.shape[2])
    moved = units * (chain - np.mean(chain, axis=(0, 1)))  # the new zero lies among the draws
    there = student.sampling_efficiency(moved, recipe.seconds)
    far = student.sampling_efficiency(chain + FAR * np.std(chain), recipe.seconds)
    here = student.sampling_efficiency(chain, recipe.seconds)
    agree(there, here, tolerance=SAME_CHAIN * np.abs(here))
    agree(far, here, tolerance=FAR_CHAIN * np.abs(here))


@sampling_efficiency.claim(points=0.25, relative=True, draws=1, recipe=SLOW)
def does_not_depend_on_the_order(student, truth, recipe):
    """Which walker or parameter comes first does not matter, nor which way time runs."""
    chain = chain_of(recipe)
    there = student.sampling_efficiency(chain[::-1, ::-1, ::-1], recipe.seconds)
    here = student.sampling_efficiency(chain, recipe.seconds)
    agree(there, here, tolerance=SAME_CHAIN * np.abs(here))


@sampling_efficiency.claim(points=0.25, draws=1, recipe=SLOW)
def returns_two_numbers(student, truth, recipe):
    """What comes back is a pair of finite numbers, n_eff with all its digits."""
    answer = student.sampling_efficiency.answer(chain_of(recipe), recipe.seconds)
    n_eff = student.sampling_efficiency(chain_of(recipe), recipe.seconds)[0]
    finite_numbers(answer, 2, "a pair of floats: n_eff, seconds per effective sample")
    # Some 900 to sixteen digits: that an estimate is whole by chance happens in one of 1e13 cases.
    if float(n_eff).is_integer():
        raise ClaimFailure("all digits of n_eff", n_eff, "this is a whole number")


def _by_a_factor(got: float, expected: float, spread: float) -> None:
    """Raise unless log n_eff is right: n_eff is one over a time, which has a relative error."""
    factor = float(np.exp(SIGMAS * spread + WINDOW_BIAS))
    if not expected / factor < got < expected * factor:
        raise ClaimFailure(expected, float(got))


sampling_efficiency.asked_hints(
    "How many draws are there, of all walkers together?",
    "How many draws does it take to earn one independent one, on average over the parameters?",
    paragraph="Exercise: `sampling_efficiency`",
)
