"""Claims about `integrated_time(x)`: 4 points."""

from __future__ import annotations

import numpy as np

from course_lib.claims import ClaimFailure, Numbers, agree, exercise

from .inputs import CHAINS, FAST_AND_SLOW, LONG_MEMORY, PATTERNS, REPEATED, SHORT_CHAINS, Array
from .truth import correlated

WINDOW = 5.0  # Sokal's constant
DIGITS = 1e-9  # sums of up to 4000 correlations, each good to 1e-12


@exercise(points=4)
def integrated_time(x: Array) -> float:
    """τ(M) = 1 + 2 Σ ρ(t), t from 1 to M, at the smallest M >= 5 τ(M): a float; x ``[n]``."""
    times = 2 * np.cumsum(correlated(x)) - 1
    return float(times[np.argmax(np.arange(len(x)) >= WINDOW * times)])


def right(student, truth, x: Array) -> None:
    """Raise unless the time is right."""
    due = truth(x)
    agree(student.integrated_time(x), due, tolerance=DIGITS * (1 + abs(due)))


@integrated_time.claim(points=0.5, gate=True, draws=3, pair=FAST_AND_SLOW)
def tells_slow_from_fast(student, truth, pair):
    """A slow chain's time is more than four times that of a fast one, which is positive."""
    fast, slow = (float(np.ravel(student.integrated_time(x))[0]) for x in pair)
    if not fast > 0:
        raise ClaimFailure("a positive time of the fast chain", fast)
    if not slow > 4 * fast:
        raise ClaimFailure(f"more than {4 * fast:.4g} for the slow chain", slow)


@integrated_time.claim(points=1.25, draws=12, always=(LONG_MEMORY,), x=CHAINS)
def has_the_right_value(student, truth, x):
    """It is the sum up to the smallest M that is at least five times the sum."""
    right(student, truth, x)


@integrated_time.claim(points=0.5, draws=6, x=SHORT_CHAINS)
def is_right_for_short_chains(student, truth, x):
    """A few dozen draws have a window, too."""
    right(student, truth, x)


@integrated_time.claim(points=0.5, always=PATTERNS)
def is_right_for_ramps_and_zigzags(student, truth, x):
    """A ramp never forgets; for a zigzag the rule gives less than one, even less than zero."""
    right(student, truth, x)


@integrated_time.claim(points=0.25, relative=True, draws=3, x=CHAINS)
def has_no_unit_and_no_zero(student, truth, x):
    """Another unit and another zero leave it as it is."""
    time = student.integrated_time(x)
    for other in (1024 * x, x + 64.0, -x):
        found = student.integrated_time(other)
        agree(found, time, tolerance=1e-8 * (1 + np.abs(time)))


@integrated_time.claim(points=0.25, relative=True, draws=3, x=CHAINS)
def is_the_same_backwards(student, truth, x):
    """A chain that is read backwards has the same memory."""
    time = student.integrated_time(x)
    found = student.integrated_time(x[::-1].copy())
    agree(found, time, tolerance=DIGITS * (1 + np.abs(time)))


@integrated_time.claim(points=0.5, draws=2, x=REPEATED)
def grows_with_every_repetition(student, truth, x):
    """Every draw written down eight times: the time is some eight times as long."""
    right(student, truth, np.repeat(x, 8))


@integrated_time.claim(points=0.25, draws=2, x=SHORT_CHAINS)
def gives_a_single_number(student, truth, x):
    """What comes back is one float."""
    answer = student.integrated_time.answer(x)
    value = answer.value
    if isinstance(value, float) or (isinstance(value, Numbers) and value.values.shape == ()):
        return
    raise ClaimFailure("a float", answer.describe())


mistake = integrated_time.mistake
TIMES = "taus = 2 * np.cumsum(autocorrelation(x)) - 1"
WINDOWED = "taus[np.argmax(np.arange(len(x)) >= 5 * taus)]"
mistake(
    "no_window",
    "It is zero for every chain. Either all lags are added up, which always gives zero, or lag 0 "
    "is missing, so that the sum stops at once.",
    WINDOWED,
    "taus[-1]",
)
mistake(
    "window_50",
    "The window is the same for all chains; it has to follow from the chain.",
    WINDOWED,
    "taus[min(50, len(x) - 1)]",
)
mistake(
    "a_tenth_of_the_chain",
    "The window is a share of the chain; it has to follow from its memory.",
    WINDOWED,
    "taus[len(x) // 10]",
)
mistake(
    "first_negative",
    "It stops at the first negative correlation, which for a zigzag is at once.",
    WINDOWED,
    "taus[max(np.argmax(autocorrelation(x) < 0) - 1, 0)]",
)
mistake(
    "first_below_0_05",
    "It stops where the correlation falls below 0.05, and not at the window.",
    WINDOWED,
    "taus[np.argmax(autocorrelation(x) < 0.05)]",
)
mistake(
    "one_sided",
    "Lags count on one side only: τ = 1 + 2 Σ ρ(t).",
    TIMES,
    "taus = np.cumsum(autocorrelation(x))",
)
mistake(
    "lag_zero_twice",
    "It is one too large, or nearly: lag 0 counts once.",
    TIMES,
    "taus = 2 * np.cumsum(autocorrelation(x))",
)
mistake(
    "half",
    "It is half of what it should be: some books define it so, this one does not.",
    WINDOWED,
    f"{WINDOWED} / 2",
)
mistake("window_4", "The window ends too early: five times τ.", "5 * taus", "4 * taus")
mistake("window_10", "The window ends too late: five times τ.", "5 * taus", "10 * taus")
mistake("window_1", "The window ends much too early: five times τ.", "5 * taus", "taus")
mistake(
    "window_before",
    "The window ends one lag too early: M itself is included.",
    WINDOWED,
    "taus[max(np.argmax(np.arange(len(x)) >= 5 * taus) - 1, 0)]",
)
mistake(
    "window_after",
    "The window ends one lag too late.",
    WINDOWED,
    "taus[min(np.argmax(np.arange(len(x)) >= 5 * taus) + 1, len(x) - 1)]",
)
mistake(
    "largest",
    "This is the largest of all sums, and not the one at the window.",
    WINDOWED,
    "np.max(taus)",
)
mistake(
    "the_window_itself",
    "This is the window M, and not the sum up to it.",
    WINDOWED,
    "np.argmax(np.arange(len(x)) >= 5 * taus)",
)
mistake(
    "lag_one_formula",
    "Only the first lag is used: (1 + ρ) / (1 - ρ) holds for one kind of chain.",
    WINDOWED,
    "(1 + autocorrelation(x)[1]) / (1 - autocorrelation(x)[1])",
)
mistake(
    "absolute",
    "Negative correlations are added as positive ones.",
    TIMES,
    "taus = 2 * np.cumsum(np.abs(autocorrelation(x))) - 1",
)
mistake(
    "clipped_at_one",
    "It is never below one: a zigzag's is.",
    WINDOWED,
    f"max({WINDOWED}, 1.0)",
)
mistake(
    "sum_of_squares",
    "Squares of the correlations are added up.",
    TIMES,
    "taus = 2 * np.cumsum(autocorrelation(x) ** 2) - 1",
)
mistake(
    "array_of_one",
    "The number comes in an array of one; a float is wanted.",
    f"float({WINDOWED})",
    "taus[[np.argmax(np.arange(len(x)) >= 5 * taus)]]",
)
mistake(
    "in_place",
    "The chain that was handed over has changed: `-=` writes into the caller's array.",
    TIMES,
    f"x -= np.mean(x)\n    {TIMES}",
)
mistake(
    "half_from_the_start",
    "This is ½ + Σ ρ(t), as some books define it: half of what is asked for, and so the window "
    "that follows from it is too short as well.",
    TIMES,
    "taus = np.cumsum(autocorrelation(x)) - 0.5",
)
mistake(
    "before_0_05",
    "It stops before the first correlation below 0.05, and not at the window.",
    WINDOWED,
    "taus[np.argmax(autocorrelation(x) < 0.05) - 1]",
)
mistake(
    "window_counted_from_one",
    "M is counted from one; the sum with lag 0 alone is that of M = 0.",
    "np.arange(len(x)) >=",
    "np.arange(1, len(x) + 1) >=",
)
