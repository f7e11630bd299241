"""Claims about `hmc_step(value_and_gradient, q, p, u, step, n, variance)`: 5 points.

Momentum and uniform number are arguments, so that nothing here is left to chance.
"""

from __future__ import annotations

import numpy as np

from course_lib.claims import EPS, agree, exercise

from .inputs import BEYOND, DOWNHILL, FLAT, GLIDE, STARTS, STARTS_ALIKE, Array, Start

JUST_BELOW_ONE = 1 - 2.0**-53
MARGIN = 0.05  # of u, on either side of exp(H₀ - H)
NEARLY_ONE = 0.97  # refused wherever the edge is clearly below
EDGES = {"below": 1 - MARGIN, "above": 1 + MARGIN}


@exercise(points=5)
def hmc_step(
    value_and_gradient, q: Array, p: Array, u: float, step: float, n: int, variance: Array
) -> tuple[Array, float, bool]:
    """The next position ``[d]``, log π there, and whether it moved: an array, a float, a bool."""
    from .integrator import orbit

    with np.errstate(all="ignore"):
        end, momentum = orbit(lambda place: value_and_gradient(place)[1], q, p, step, n, variance)
        height, new_height = value_and_gradient(q)[0], value_and_gradient(end)[0]
        before = 0.5 * np.sum(variance * p**2) - height
        after = 0.5 * np.sum(variance * momentum**2) - new_height
        if np.isfinite(after) and np.log(u) < before - after:
            return end, new_height, True
    return np.array(q, dtype=np.float64), height, False


def rounding_of(start: Start) -> float:
    """Of places and heights: some roundings a step, of numbers below a hundred."""
    size = 1 + np.max(np.abs(start.q)) + np.max(np.abs(start.variance * start.p))
    return float(256 * EPS * (start.n + 1) * size**2 + 64 * EPS * abs(start.target(start.q)[0]))


def edge(truth, start: Start, side: str) -> float:
    """A uniform number just below or just above exp(H₀ - H); near 1 where all are accepted."""
    ratio = truth.log_ratio(*start.rest)
    if ratio > np.log(1 - 2 * MARGIN):
        return 0.5 if side == "below" else JUST_BELOW_ONE
    return float(EDGES[side] * np.exp(ratio))


def is_clear(truth, start: Start, side: str) -> bool:
    """Whether rounding cannot decide: the energy is not nearly kept where u is nearly one."""
    ratio = truth.log_ratio(*start.rest)
    return side == "below" or (abs(ratio) > 1e-9 and not np.log(1 - 2 * MARGIN) < ratio <= 0)


def same_place(got: object, due: object, start: Start) -> None:
    """Raise unless the positions agree to rounding."""
    agree(got, due, tolerance=rounding_of(start), message="this is the position")


@hmc_step.claim(points=0.25, gate=True, always=(GLIDE,))
def glides_and_stops_at_a_wall(student, truth, start):
    """On a plain it goes n · step · variance · p; into a wall it does not go."""
    place, _, _ = student.hmc_step(*start.arguments(0.3))
    due = start.q + start.n * start.step * start.variance * start.p
    agree(place, due, tolerance=1e-9, message="this is the position on a plain")
    wall = BEYOND[0]["start"]
    place, _, _ = student.hmc_step(*wall.arguments(0.3))
    agree(place, wall.q, tolerance=1e-9, message="this is the position at the wall")


@hmc_step.claim(points=1, draws=10, always=STARTS_ALIKE, start=STARTS)
def accepts_by_the_energy(student, truth, start):
    """With u just below exp(H₀ - H) it is where the flight ends, just above it is where it was."""
    numbers = [edge(truth, start, side) for side in EDGES if is_clear(truth, start, side)]
    for u in (*numbers, *((NEARLY_ONE,) if max(numbers) < 1 - MARGIN else ())):
        due = truth(*start.arguments(u))
        same_place(student.hmc_step(*start.arguments(u))[0], due[0], start)


@hmc_step.claim(points=0.5, draws=10, always=STARTS_ALIKE, start=STARTS)
def says_whether_it_moved(student, truth, start):
    """The third part is True where the end was accepted, and False where it was refused."""
    for side in EDGES:
        if is_clear(truth, start, side):
            u = edge(truth, start, side)
            due = truth(*start.arguments(u))
            agree(student.hmc_step(*start.arguments(u))[2], due[2])


@hmc_step.claim(points=1, draws=10, always=STARTS_ALIKE, start=STARTS)
def the_height_is_that_of_the_position(student, truth, start):
    """The log density that it returns is the one at the position that it returns."""
    for side in EDGES:
        if is_clear(truth, start, side):
            answer = student.hmc_step(*start.arguments(edge(truth, start, side)))
            due = start.target(answer[0])[0]
            agree(answer[1], due, tolerance=rounding_of(start), message="this is log π")


@hmc_step.claim(points=0.5, always=STARTS_ALIKE)
def a_refused_step_returns_the_start(student, truth, start):
    """Where the end is refused, it returns the start itself, and its height."""
    if is_clear(truth, start, "above"):
        answer = student.hmc_step(*start.arguments(edge(truth, start, "above")))
        if truth(*start.arguments(edge(truth, start, "above")))[2]:
            return
        agree(answer[0], start.q, message="this is the position")
        agree(answer[1], start.target(start.q)[0], tolerance=rounding_of(start))


@hmc_step.claim(points=0.25, draws=3, start=FLAT)
def free_flight_is_never_refused(student, truth, start):
    """Where the energy stays the same, even the largest u below one is accepted."""
    place, _, moved = student.hmc_step(*start.arguments(JUST_BELOW_ONE))
    same_place(place, start.q + start.n * start.step * start.variance * start.p, start)
    agree(moved, True)


@hmc_step.claim(points=0.25, always=DOWNHILL)
def a_gain_is_never_refused(student, truth, start):
    """Where the energy falls, even the largest u below one is accepted."""
    due = truth(*start.arguments(JUST_BELOW_ONE))
    answer = student.hmc_step(*start.arguments(JUST_BELOW_ONE))
    same_place(answer[0], due[0], start)
    agree(answer[2], True)


@hmc_step.claim(points=0.5, always=BEYOND)
def never_goes_where_nothing_may_be(student, truth, start):
    """Where log π is no finite number at the end, it stays, however small u is."""
    answer = student.hmc_step(*start.arguments(1e-300))
    agree(answer[0], start.q, tolerance=1e-15, message="this is the position")
    agree(answer[2], False)


@hmc_step.claim(points=0.5, relative=True, always=STARTS_ALIKE[:7:2])
def a_constant_makes_no_difference(student, truth, start):
    """A log density that is 10 000 higher or lower gives the same step."""
    for side in EDGES:
        if not is_clear(truth, start, side):
            continue
        u = edge(truth, start, side)
        first = student.hmc_step(*start.arguments(u))
        for height in (1e4, -1e4):
            target = type(start.target)(start.target.curvature, height)
            other = student.hmc_step(*start.to(target=target).arguments(u))
            same_place(other[0], first[0], start)
            agree(other[2], first[2])


@hmc_step.claim(points=0.25, relative=True, draws=4, start=STARTS)
def knows_its_unit(student, truth, start):
    """In a unit that is four times as large, it makes the same step."""
    for side in EDGES:
        if not is_clear(truth, start, side):
            continue
        u = edge(truth, start, side)
        bell = start.target
        other = Start(
            type(bell)(tuple(16 * k for k in bell.curvature), bell.height),
            start.q / 4,
            4 * start.p,
            start.step,
            start.n,
            start.variance / 16,
        )
        first, changed = (
            student.hmc_step(*start.arguments(u)),
            student.hmc_step(*other.arguments(u)),
        )
        same_place(4 * np.asarray(changed[0]), first[0], start)
        agree(changed[2], first[2])


mistake = hmc_step.mistake
RULE = "np.log(u) < before - after"
CHECKED = f"np.isfinite(after) and {RULE}"
BEFORE = "before = 0.5 * np.sum(variance * p**2) - height"
AFTER = "after = 0.5 * np.sum(variance * new_p**2) - new_height"
ENERGIES = f"{BEFORE}\n    {AFTER}"
MOVED, STAYED = "return new_q, new_height, True", "return q, height, False"
mistake(
    "historic_log_prob",
    "The height that it returns is that of the place it left: the bug of 2018.",
    MOVED,
    "return new_q, height, True",
)
mistake(
    "new_height_when_refused",
    "After a refusal it returns the height of the place that was refused.",
    STAYED,
    "return q, new_height, False",
)
mistake("always_moves", "Every end is accepted.", CHECKED, "np.isfinite(after)")
mistake(
    "always_moves_and_says_no",
    "Every end is accepted, though it says that some are not.",
    STAYED,
    "return (new_q, new_height, False) if np.isfinite(after) else (q, height, False)",
)
mistake("never_moves", "It never moves.", CHECKED, "False")
mistake(
    "says_yes_and_stays",
    "It says that it moved, and returns the start.",
    MOVED,
    "return q, height, True",
)
mistake(
    "u_for_log_u",
    "What a difference of energies is compared with is the log of a uniform number below 1.",
    RULE,
    "u < before - after",
)
mistake(
    "sign",
    "Flights that gain energy are accepted and those that lose it refused: look at the sign.",
    RULE,
    "np.log(u) < after - before",
)
mistake(
    "only_potential",
    "The energy of the momenta is missing: heights alone decide.",
    ENERGIES,
    "before, after = -height, -new_height",
)
mistake(
    "only_kinetic",
    "The heights are missing: the energy of the momenta alone decides.",
    ENERGIES,
    f"{BEFORE}\n    {AFTER}\n    before, after = before + height, after + new_height",
)
mistake(
    "height_added",
    "The height is added to the energy of the momenta; the energy is lower where π is large.",
    ENERGIES,
    ENERGIES.replace("- height", "+ height").replace("- new_height", "+ new_height"),
)
mistake(
    "kinetic_without_variance",
    "The energy of the momenta does not use the variance.",
    ENERGIES,
    ENERGIES.replace("variance * ", ""),
)
mistake(
    "kinetic_over_variance",
    "The energy of the momenta divides by the variance; it multiplies with it.",
    ENERGIES,
    ENERGIES.replace("variance * p**2", "p**2 / variance").replace(
        "variance * new_p**2", "new_p**2 / variance"
    ),
)
mistake(
    "kinetic_not_halved",
    "The energy of the momenta is twice what it should be.",
    ENERGIES,
    ENERGIES.replace("0.5 * ", ""),
)
mistake(
    "same_momentum_in_both",
    "The energy at the end uses the momentum of the start.",
    "new_p**2",
    "p**2",
)
mistake(
    "nan_accepted",
    "Where the energy is not a number, it moves: any comparison with NaN is false.",
    CHECKED,
    "not np.log(u) >= before - after",
)
mistake(
    "infinity_accepted",
    "Where log π is infinite at the end, it moves: the energy is no finite number there, either.",
    CHECKED,
    f"not np.isnan(after) and {RULE}",
)
mistake(
    "exponentials_overflow",
    "A density itself is beyond the range of float64: stay with logarithms.",
    CHECKED,
    "np.isfinite(after) and u < np.exp(-after) / np.exp(-before)",
)
mistake(
    "only_gains",
    "A flight that gains energy is never accepted; some should be, as often as u says.",
    RULE,
    "before > after",
)
mistake(
    "decimal_log",
    "The log of the uniform number is to base ten.",
    "np.log(u)",
    "np.log10(u)",
)
mistake(
    "half_the_difference",
    "It accepts too often: half of the difference counts.",
    RULE,
    "np.log(u) < 0.5 * (before - after)",
)
mistake(
    "barker",
    "This is Barker's rule, r / (1 + r): balanced, but it refuses half of "
    "the flights that keep their energy.",
    RULE,
    "u < 1 / (1 + np.exp(min(after - before, 700.0)))",
)
mistake(
    "momentum_returned",
    "The momentum is returned where the position should be.",
    MOVED,
    "return new_p, new_height, True",
)
mistake(
    "energy_for_height",
    "The energy is returned; log π is wanted.",
    MOVED,
    "return new_q, -after, True",
)
mistake(
    "density_for_height",
    "The density is returned; its logarithm is wanted.",
    f"{MOVED}\n    {STAYED}",
    "return new_q, np.exp(new_height), True\n    return q, np.exp(height), False",
)
mistake(
    "mean_energy",
    "The energies are means over the parameters; they are sums.",
    ENERGIES,
    ENERGIES.replace("np.sum(variance * p**2)", "np.mean(variance * p**2)").replace(
        "np.sum(variance * new_p**2)", "np.mean(variance * new_p**2)"
    ),
)
mistake(
    "divergence_threshold_of_one",
    "A flight that gains more than one unit of energy is never accepted; some should be, "
    "as often as u says.",
    CHECKED,
    "after - before < 1 and np.log(u) < before - after",
)
mistake(
    "one_step_flights",
    "It flies one step, whatever n is.",
    "step, n, variance)\n    height",
    "step, 1, variance)\n    height",
)
mistake(
    "n_shorter_steps",
    "The step is divided by n; it is the size of each of the n steps.",
    "q, p, step, n, variance)\n    height",
    "q, p, step / n, n, variance)\n    height",
)
mistake(
    "own_random_number",
    "It does not use u, but a number of its own.",
    "np.log(u)",
    "np.log(np.random.default_rng(1).uniform())",
)
mistake(
    "clipped_energy",
    "The gain of energy is limited to two, so that bad flights are accepted too often.",
    RULE,
    "np.log(u) < max(before - after, -2.0)",
)
