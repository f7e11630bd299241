"""Claims about `is_u_turn(q_first, p_first, q_last, p_last)`: 3 points."""

from __future__ import annotations

import numpy as np

from course_lib.claims import agree, exercise

from .inputs import ARCS, CIRCLES, ENDS, PLAIN_CIRCLES, STRAIGHT, WHOLE, Arc, Array

FAR = 2.0**52  # far away whole numbers are exact, and nothing between them is


@exercise(points=3)
def is_u_turn(q_first: Array, p_first: Array, q_last: Array, p_last: Array) -> bool:
    """Whether (q_last - q_first) · p is negative at either end; all arguments are ``[d]``."""
    way = q_last - q_first
    return bool(min(way @ p_first, way @ p_last) < 0)


def right(student, truth, arc: Arc) -> None:
    """Raise unless the answer is right."""
    agree(student.is_u_turn(*arc.arguments), truth(*arc.arguments))


@is_u_turn.claim(points=0.5, gate=True, always=PLAIN_CIRCLES)
def a_circle_turns_after_half(student, truth, arc):
    """An eighth of a circle has no U-turn, three quarters of it have one."""
    right(student, truth, arc)


@is_u_turn.claim(points=1.25, draws=20, always=ENDS, arc=ARCS)
def asks_at_both_ends(student, truth, arc):
    """One end that comes closer is enough: the first, the last, or both."""
    right(student, truth, arc)


@is_u_turn.claim(points=0.25, always=CIRCLES)
def is_right_all_around_the_circle(student, truth, arc):
    """No U-turn before half of a circle, and one after it."""
    right(student, truth, arc)


@is_u_turn.claim(points=0.25, always=STRAIGHT)
def a_straight_flight_never_turns(student, truth, arc):
    """A flight along a line has no U-turn, and one of no length has none either."""
    right(student, truth, arc)


@is_u_turn.claim(points=0.25, draws=6, always=ENDS, arc=ARCS)
def is_the_same_backwards_in_time(student, truth, arc):
    """The flight the other way round, with momenta turned, has a U-turn just the same."""
    right(student, truth, Arc(arc.q_last, -arc.p_last, arc.q_first, -arc.p_first))


@is_u_turn.claim(points=0.25, draws=6, always=ENDS, arc=ARCS)
def knows_its_unit(student, truth, arc):
    """With each parameter in another unit (momenta in one over it), the answer is the same."""
    unit = 2.0 ** np.arange(-3, -3 + 4 * len(arc.q_first), 4)
    right(
        student,
        truth,
        Arc(arc.q_first * unit, arc.p_first / unit, arc.q_last * unit, arc.p_last / unit),
    )


@is_u_turn.claim(points=0.25, always=WHOLE)
def only_the_difference_of_places_counts(student, truth, arc):
    """As far away as whole numbers go it is the same: subtract before you multiply."""
    right(student, truth, Arc(arc.q_first + FAR, arc.p_first, arc.q_last + FAR, arc.p_last))


mistake = is_u_turn.mistake
BOTH = "way @ p_first < 0 or way @ p_last < 0"
mistake("last_only", "Only the last end is asked.", BOTH, "way @ p_last < 0")
mistake("first_only", "Only the first end is asked.", BOTH, "way @ p_first < 0")
mistake(
    "both_ends",
    "Both ends have to come closer; one of them is enough.",
    BOTH,
    "way @ p_first < 0 and way @ p_last < 0",
)
mistake(
    "sum_of_the_dots",
    "The two dot products are added, so that one hides the other.",
    BOTH,
    "way @ (p_first + p_last) < 0",
)
mistake(
    "product_of_the_dots",
    "Where both ends turn back, yours flies on.",
    BOTH,
    "(way @ p_first) * (way @ p_last) < 0",
)
mistake(
    "first_parameter",
    "Only the first parameter counts.",
    BOTH,
    "way[0] * p_first[0] < 0 or way[0] * p_last[0] < 0",
)
mistake(
    "sign_of_the_condition",
    "It says yes where the ends move apart.",
    BOTH,
    "way @ p_first > 0 or way @ p_last > 0",
)
mistake(
    "way_reversed",
    "Your way goes from the last place to the first; it should go from the first to the last.",
    "q_last - q_first",
    "q_first - q_last",
)
mistake(
    "momenta_opposed",
    "It asks whether the momenta point to opposite sides; where the places are is not used.",
    BOTH,
    "p_first @ p_last < 0",
)
mistake(
    "places_for_momenta",
    "The way is multiplied with the places; the momenta are wanted.",
    BOTH,
    "way @ q_first < 0 or way @ q_last < 0",
)
mistake(
    "any_parameter",
    "One parameter that comes closer is no U-turn: add up all of them.",
    BOTH,
    "np.any(way * p_first < 0) or np.any(way * p_last < 0)",
)
mistake(
    "all_parameters",
    "Not every parameter has to come closer: add up all of them.",
    BOTH,
    "np.all(way * p_first < 0) or np.all(way * p_last < 0)",
)
mistake(
    "closer_to_zero",
    "It asks whether the flight comes closer to zero, not to its own start.",
    BOTH,
    "q_first @ p_first > 0 and q_last @ p_last < 0 or q_last @ p_last < 0",
)
mistake("never", "It never says yes.", BOTH, "False and way is None")
mistake("always", "It always says yes.", BOTH, "True or way is None")
mistake(
    "zero_is_a_turn",
    "A dot product of zero counts as a U-turn: a flight that has just begun would turn at once.",
    BOTH,
    "way @ p_first <= 0 or way @ p_last <= 0",
)
mistake(
    "threshold_on_the_angle",
    "It waits until the angle is well beyond a right one.",
    BOTH,
    "min(way @ p / np.linalg.norm(way) / np.linalg.norm(p) for p in (p_first, p_last)) < -0.3",
)
mistake(
    "multiplied_out",
    "Far from zero the digits are lost: subtract the places before you multiply.",
    BOTH,
    "q_last @ p_first - q_first @ p_first < 0 or q_last @ p_last - q_first @ p_last < 0",
)
mistake(
    "mean_momentum",
    "The way is compared with one momentum, the larger of the two.",
    BOTH,
    "way @ (p_first if p_first @ p_first > p_last @ p_last else p_last) < 0",
)
mistake(
    "momenta_exchanged",
    "The first momentum has changed its sign: both are to be used as they are, forwards in time.",
    BOTH,
    "way @ -p_first < 0 or way @ p_last < 0",
)
mistake(
    "lengths_compared",
    "It compares two lengths, that of the way and that of the last momentum: where they point to "
    "makes no difference.",
    BOTH,
    "np.linalg.norm(way) < np.linalg.norm(p_last)",
)
mistake(
    "negated",
    "True and False have changed places: True says that the flight has turned round.",
    BOTH,
    f"not ({BOTH})",
)
