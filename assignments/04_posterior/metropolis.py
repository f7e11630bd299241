"""Claims about `metropolis(rng, log_prob, start, scale, steps)`: 5 points.

What can be said without chance is said without it. The bars on averages of 8000 steps are six of
their standard deviations, which were measured from 24 right runs: a false alarm in 5e8.
"""

from __future__ import annotations

import numpy as np
from scipy import stats

from course_lib.claims import ClaimFailure, Seed, agree, exercise

from .inputs import (
    AT_0_3,
    AT_2_4,
    AT_THE_WALL,
    COUNTED,
    FROM_AFAR,
    IN_THE_BOX,
    LOG_GAMMA,
    ON_FLAT,
    SHORT,
    Array,
)

KOLMOGOROV = 2.72  # √n times the largest distance of two distributions: 7.5e-7 exceed it
SIGMAS = 6.0

# Acceptance of N(0, scale²) proposals on a unit normal: (2/π) atan(2 / scale).
ACCEPTED_AT = {scale: float(2 / np.pi * np.arctan(2 / scale)) for scale in (2.4, 0.3)}
SPREAD = {2.4: 0.0046, 0.3: 0.0032}


@exercise(points=5, unique=False)
def metropolis(rng, log_prob, start: Array, scale: float, steps: int) -> tuple[Array, Array]:
    """A chain ``[steps, d]`` without its start ``[d]``, and log_prob along it ``[steps]``."""
    from . import numpy_densities

    target = getattr(numpy_densities, log_prob) if isinstance(log_prob, str) else log_prob
    place, height = np.array(start, dtype=np.float64), target(start)
    chain, heights = np.empty((steps, len(place))), np.empty(steps)
    for k in range(steps):
        proposed = place + scale * rng.standard_normal(len(place))
        there = target(proposed)
        if np.log(rng.uniform()) < there - height:
            place, height = proposed, there
        chain[k], heights[k] = place, height
    return chain, heights


def walked(student, walk) -> tuple[Array, Array]:
    """The chain and its heights. Raises ClaimFailure where the shapes are others."""
    answer = student.metropolis(*walk.arguments)
    if not (isinstance(answer, (tuple, list)) and len(answer) == 2):
        raise ClaimFailure("a chain and its log probabilities", answer)
    chain, heights = (np.asarray(part) for part in answer)
    due = (walk.steps, len(walk.start)), (walk.steps,)
    if (chain.shape, heights.shape) != due:
        raise ClaimFailure(f"shapes {due[0]} and {due[1]}", f"{chain.shape} and {heights.shape}")
    return chain, heights


def accepted(chain: Array) -> float:
    """The share of steps that moved."""
    return float(np.mean(np.any(chain[1:] != chain[:-1], axis=1)))


@metropolis.claim(points=0.5, gate=True, draws=1, walk=AT_2_4)
def moves_and_stays(student, truth, walk):
    """At scale 2.4 on a unit normal it moves in some steps and stays in others."""
    chain, _ = walked(student, walk)
    share = accepted(chain)
    if not 0.05 < share < 0.95:
        raise ClaimFailure("between 5 and 95 % of all steps that move", f"{100 * share:.1f} %")
    if not abs(np.mean(chain)) < 1:
        raise ClaimFailure("a chain about zero", float(np.mean(chain)), "this is its mean")


@metropolis.claim(points=0.75, draws=4, walk=SHORT)
def the_stored_heights_are_those_of_the_chain(student, truth, walk):
    """Every log probability is that of the place beside it, to the last bit."""
    chain, heights = walked(student, walk)
    agree(heights, np.array([-0.5 * np.sum(place**2) for place in chain]))  # truths know no answers


@metropolis.claim(points=0.25, draws=3, counted=COUNTED)
def asks_once_a_step_and_once_before(student, truth, counted):
    """It asks for steps + 1 values."""
    seed, target, start, scale, steps = counted
    calls = len(student.metropolis.asked(Seed(seed), target, start, scale, steps))
    if calls != steps + 1:
        raise ClaimFailure(f"{steps + 1} calls of log_prob", f"{calls}")


@metropolis.claim(points=0.25, draws=3, walk=SHORT)
def has_the_right_shapes(student, truth, walk):
    """Two arrays come back; the chain's has a row for each step, without the start."""
    parts = student.metropolis.answer(*walk.arguments).value
    if isinstance(parts, (tuple, list)) and any(isinstance(part, (tuple, list)) for part in parts):
        raise ClaimFailure("two arrays", "a list of places", "np.array(chain) makes it one.")
    walked(student, walk)


@metropolis.claim(points=0.25, relative=True, draws=3, walk=SHORT)
def a_constant_makes_no_difference(student, truth, walk):
    """Adding 1024 to log_prob, or taking it off, changes nothing."""
    chain, _ = walked(student, walk)
    for target in ("raised_normal", "lowered_normal"):
        agree(walked(student, walk.to(target=target))[0], chain, message=f"with {target}")


@metropolis.claim(points=0.25, relative=True, draws=3, walk=SHORT)
def knows_its_unit(student, truth, walk):
    """Start, scale and target four times as wide give a chain four times as wide."""
    chain, _ = walked(student, walk)
    wide = walk.to(target="wide_normal", start=4 * walk.start, scale=4 * walk.scale)
    agree(walked(student, wide)[0], 4 * chain, tolerance=1e-12 * (1 + np.abs(chain)))


@metropolis.claim(points=0.25, relative=True, draws=3, walk=SHORT)
def the_same_seed_gives_the_same_chain(student, truth, walk):
    """A generator with the same seed makes the same chain, and one with another seed another."""
    chain, _ = walked(student, walk)
    again = student.metropolis.again(*walk.arguments)
    agree(np.asarray(again[0]), chain)
    other, _ = walked(student, walk.to(seed=walk.seed + 1))
    if np.array_equal(other, chain):
        raise ClaimFailure("another chain", other, "with another seed")


@metropolis.claim(points=0.5, draws=1, walk=ON_FLAT)
def proposes_gaussian_steps(student, truth, walk):
    """Where the target is flat, all steps are taken: they are Gaussian, of width `scale`."""
    chain, _ = walked(student, walk)
    steps = np.diff(np.concatenate([walk.start[None], chain]), axis=0) / walk.scale
    z = np.sort(steps.ravel())
    n = len(z)
    below = stats.norm.cdf(z)
    distance = np.max(np.maximum(np.arange(1, n + 1) / n - below, below - np.arange(n) / n))
    if not np.sqrt(n) * distance < KOLMOGOROV:
        raise ClaimFailure(
            "steps with the distribution of a Gaussian",
            z[:: n // 4].tolist(),
            "these are its steps at each quarter, by their size, in units of scale",
        )
    together = float(steps[:, 0] @ steps[:, 1] / len(steps))
    bar = 5.2 / np.sqrt(len(steps))
    agree(together, 0.0, tolerance=bar, message="this is how much the parameters move together")


@metropolis.claim(points=0.25, draws=2, walk=FROM_AFAR)
def starts_where_it_is_told(student, truth, walk):
    """Begun at a million and minus two million, the chain's first place is a step from there."""
    chain, _ = walked(student, walk)
    agree(chain[0], walk.start, tolerance=10 * walk.scale)
    if np.array_equal(chain[0], walk.start):  # on a flat target every step is taken
        raise ClaimFailure("a place one step from the start", chain[0], "The start is not in it.")


@metropolis.claim(points=0.25, draws=2, walk=AT_THE_WALL)
def never_goes_through_a_wall(student, truth, walk):
    """It is never where log_prob is minus infinity."""
    chain, heights = walked(student, walk)
    if not (np.all(chain > 0) and np.all(np.isfinite(heights))):
        raise ClaimFailure("places to the right of the wall at zero", float(np.min(chain)))


@metropolis.claim(points=0.5, draws=1, walk=AT_2_4)
def accepts_as_often_as_it_should(student, truth, walk):
    """On a unit normal, a share (2/π) atan(2/scale) of all proposals is accepted."""
    share, due = accepted(walked(student, walk)[0]), ACCEPTED_AT[walk.scale]
    agree(share, due, tolerance=SIGMAS * SPREAD[walk.scale], message="this is the share")


@metropolis.claim(points=0.25, draws=1, walk=AT_0_3)
def accepts_small_steps_more_often(student, truth, walk):
    """With short steps nearly all proposals are accepted."""
    share, due = accepted(walked(student, walk)[0]), ACCEPTED_AT[walk.scale]
    agree(share, due, tolerance=SIGMAS * SPREAD[walk.scale], message="this is the share")


@metropolis.claim(points=0.25, draws=1, walk=AT_2_4)
def has_the_right_width(student, truth, walk):
    """The mean square on a unit normal is one."""
    chain, _ = walked(student, walk)
    agree(np.mean(chain**2), 1.0, tolerance=SIGMAS * 0.019, message="this is the mean square")


@metropolis.claim(points=0.25, draws=1, walk=IN_THE_BOX)
def fills_a_box_evenly(student, truth, walk):
    """In a box from -1 to 1 the mean is zero and the mean square a third."""
    chain, _ = walked(student, walk)
    agree(np.mean(chain), 0.0, tolerance=SIGMAS * 0.012, message="this is the mean")
    agree(np.mean(chain**2), 1 / 3, tolerance=SIGMAS * 0.006, message="this is the mean square")


@metropolis.claim(points=0.25, draws=1, walk=LOG_GAMMA)
def is_right_for_a_lopsided_target(student, truth, walk):
    """For the log of a gamma variable of shape 3, the mean is 0.9228 and that of e^q is 3."""
    chain, _ = walked(student, walk)
    agree(np.mean(chain), 0.92278, tolerance=SIGMAS * 0.016, message="this is the mean")
    agree(np.mean(np.exp(chain)), 3.0, tolerance=SIGMAS * 0.042, message="this is the mean of e^q")


mistake = metropolis.mistake
RULE = "np.log(rng.uniform()) < there - height"
STEP = "place + scale * rng.standard_normal(len(place))"
mistake(
    "u_for_log_u",
    "What a difference of logs is compared with is the log of a uniform number below 1.",
    RULE,
    "rng.uniform() < there - height",
)
mistake("always", "Every proposal is accepted.", RULE, "rng.uniform() < 2")
mistake(
    "only_uphill",
    "Steps downhill are never taken, so that it climbs to the top and stays.",
    RULE,
    "there > height",
)
mistake(
    "sign",
    "Steps downhill are taken and those uphill refused: look at the sign of the difference.",
    "there - height",
    "height - there",
)
mistake(
    "ratio_of_logs",
    "Logs are divided; probabilities are, and logs are subtracted.",
    RULE,
    "rng.uniform() < there / height",
)
mistake(
    "half_the_difference",
    "It accepts too often: half of the difference counts.",
    RULE,
    "np.log(rng.uniform()) < 0.5 * (there - height)",
)
mistake(
    "twice_the_difference",
    "It accepts too rarely: the difference counts twice.",
    RULE,
    "np.log(rng.uniform()) < 2 * (there - height)",
)
mistake(
    "barker",
    "The averages are right, and it accepts too rarely: this is Barker's rule, r / (1 + r).",
    RULE,
    "rng.uniform() < 1 / (1 + np.exp(min(height - there, 700.0)))",
)
mistake(
    "decimal_log",
    "The log of the uniform number is to base ten.",
    "np.log(rng.uniform())",
    "np.log10(rng.uniform())",
)
mistake(
    "height_never_updated",
    "The height is always that of the start.",
    "place, height = proposed, there",
    "place = proposed",
)
mistake(
    "height_of_the_refused",
    "After a refusal it stores the height of the place that was refused.",
    "heights.append(height)",
    "heights.append(there)",
)
mistake(
    "refused_place_stored",
    "The chain holds the proposals; a refused move still counts the old point again.",
    "chain.append(place)",
    "chain.append(proposed)",
)
mistake(
    "list_of_places",
    "The chain is a list of places: make an array of it.",
    "return np.array(chain), ",
    "return list(chain), ",
)
mistake(
    "start_in_the_chain",
    "The chain begins with the start, and its last place is missing.",
    "    for _ in range(steps):",
    "    chain, heights = [place], [height]\n    for _ in range(steps - 1):",
)
mistake(
    "start_reversed",
    "It begins elsewhere: the parameters of `start` are taken in another order.",
    "np.array(start, dtype=float)",
    "np.array(start[::-1], dtype=float)",
)
mistake(
    "always_from_the_start",
    "Every proposal is made from the start.",
    STEP,
    "start + scale * rng.standard_normal(len(place))",
)
mistake(
    "scale_as_variance",
    "The steps are too short or too long: scale is the width, not the variance.",
    "scale * rng.standard_normal",
    "np.sqrt(scale) * rng.standard_normal",
)
mistake(
    "uniform_proposal",
    "The steps are uniform; Gaussian ones are asked for.",
    STEP,
    "place + scale * np.sqrt(3) * rng.uniform(-1, 1, len(place))",
)
mistake(
    "one_number_for_all",
    "All parameters move by the same amount.",
    STEP,
    "place + scale * rng.standard_normal()",
)
mistake(
    "only_forwards",
    "It goes in one direction only.",
    STEP,
    "place + scale * np.abs(rng.standard_normal(len(place)))",
)
mistake(
    "drift_to_zero",
    "Every proposal is drawn towards zero.",
    STEP,
    "0.9 * place + scale * rng.standard_normal(len(place))",
)
mistake(
    "own_generator",
    "Every seed gives the same chain: draw from the generator that you are given.",
    "place, height = np.array(start, dtype=float), log_prob(start)",
    "rng = np.random.default_rng(1)\n"
    "    place, height = np.array(start, dtype=float), log_prob(start)",
)
mistake(
    "global_generator",
    "The same seed gives another chain: draw from the generator that you are given.",
    "rng.standard_normal(len(place))",
    "np.random.standard_normal(len(place))",
)
mistake(
    "start_included",
    "The chain begins with the start, and has a row too many.",
    "chain, heights = [], []",
    "chain, heights = [place], [height]",
)
mistake(
    "exponential_overflows",
    "High up, exp(log_prob) is infinite: stay with logs.",
    RULE,
    "rng.uniform() < np.exp(there) / np.exp(height)",
)
mistake(
    "asks_twice",
    "It asks for the height of the old place again in every step.",
    "there = log_prob(proposed)",
    "there, height = log_prob(proposed), log_prob(place)",
)
