"""Claims about `stretch_proposal(walker, other, u)`: 3 points."""

from __future__ import annotations

import numpy as np

from course_lib.claims import EPS, ClaimFailure, agree, exercise

from .inputs import ONE_D, PLANE, SEVEN, STRETCHES, Array, Stretch

MIDPOINTS = (np.arange(400) + 0.5) / 400  # the midpoint rule in u, good to 1e-6 for what follows


@exercise(points=3)
def stretch_proposal(walker: Array, other: Array, u: float) -> tuple[Array, float]:
    """A place ``[d]`` on the line through both, and the log factor (d - 1) log z, a float."""
    z = 0.5 * (1 + u) ** 2
    return other + z * (walker - other), float((len(walker) - 1) * np.log(z))


def rounding_of(stretch: Stretch) -> float:
    """A product and a sum of numbers of this size."""
    return 16 * EPS * float(1 + np.max(np.abs(stretch.walker)) + np.max(np.abs(stretch.other)))


def moved(student, stretch: Stretch) -> tuple[Array, float]:
    """The proposal and the factor. Raises ClaimFailure where there are not two of these shapes."""
    answer = student.stretch_proposal(*stretch)
    if not (isinstance(answer, (tuple, list)) and len(answer) == 2):
        raise ClaimFailure("a place and a log factor", answer)
    place, factor = np.asarray(answer[0]), np.asarray(answer[1])
    if place.shape != stretch.walker.shape or factor.shape != ():
        shape = list(stretch.walker.shape)
        raise ClaimFailure(f"a place of shape {shape} and one number", answer)
    return place, float(factor)


@stretch_proposal.claim(points=0.25, gate=True, draws=4, stretch=PLANE)
def stays_on_the_line_through_both(student, truth, stretch):
    """The proposal lies on the line through the walker and the other one, and is neither."""
    place, _ = moved(student, stretch)
    along = stretch.walker - stretch.other
    share = (place - stretch.other) / along
    agree(share, np.full(len(along), share[0]), tolerance=1e-9, message="in units of the distance")
    if min(abs(share[0]), abs(share[0] - 1)) < 1e-9:
        raise ClaimFailure("a new place", place)


@stretch_proposal.claim(points=1, draws=10, always=(SEVEN,), stretch=STRETCHES)
def has_the_right_values(student, truth, stretch):
    """Place and factor are right, for one to seven parameters."""
    due_place, due_factor = truth(*stretch)
    place, factor = moved(student, stretch)
    agree(place, due_place, tolerance=rounding_of(stretch))
    agree(factor, due_factor, tolerance=1e-13)


@stretch_proposal.claim(points=0.25, relative=True, draws=4, stretch=PLANE)
def does_not_know_the_coordinates(student, truth, stretch):
    """Stretched and sheared coordinates give the stretched and sheared proposal."""
    d = len(stretch.walker)
    matrix = np.eye(d) * 3.0 + np.tri(d, k=-1)
    other = Stretch(matrix @ stretch.walker, matrix @ stretch.other, stretch.u)
    place, factor = moved(student, stretch)
    changed, same = moved(student, other)
    agree(changed, matrix @ place, tolerance=10 * rounding_of(other))
    agree(same, factor, tolerance=1e-13, message="this is the log factor")


@stretch_proposal.claim(points=0.25, draws=3, stretch=ONE_D)
def one_parameter_has_no_factor(student, truth, stretch):
    """With one parameter, the log factor is zero."""
    agree(moved(student, stretch)[1], 0.0)


@stretch_proposal.claim(points=0.25, draws=3, stretch=PLANE)
def its_ends_are_right(student, truth, stretch):
    """u = 0 goes half way to the other walker, and u = √2 - 1 stays."""
    half = stretch._replace(u=0.0)
    stay = stretch._replace(u=float(np.sqrt(2) - 1))
    middle = 0.5 * (stretch.walker + stretch.other)
    agree(moved(student, half)[0], middle, tolerance=rounding_of(stretch))
    agree(moved(student, stay)[0], stretch.walker, tolerance=4 * rounding_of(stretch))


@stretch_proposal.claim(points=0.5, draws=1, stretch=PLANE)
def keeps_the_volume_on_average(student, truth, stretch):
    """Over all u, the mean of z is 7/6, that of 1/z is one, and volumes are kept."""
    along = stretch.walker - stretch.other
    answers = [moved(student, stretch._replace(u=float(u))) for u in MIDPOINTS]
    z = np.array([(place - stretch.other)[0] / along[0] for place, _ in answers])
    factors = np.array([factor for _, factor in answers])
    agree(np.mean(z), 7 / 6, tolerance=1e-4, message="this is the mean of z")
    agree(np.mean(1 / z), 1.0, tolerance=1e-4, message="this is the mean of 1/z")
    volume = np.mean(z ** -float(len(along)) * np.exp(factors))
    agree(volume, 1.0, tolerance=1e-4, message="this is the mean of z^-d times the factor")


@stretch_proposal.claim(points=0.25, relative=True, draws=3, stretch=PLANE)
def leaves_the_walkers_alone(student, truth, stretch):
    """Asked twice, it gives the same."""
    first = student.stretch_proposal(*stretch)
    again = student.stretch_proposal.again(*stretch)
    agree(np.asarray(again[0]), np.asarray(first[0]))


@stretch_proposal.claim(points=0.25, draws=3, stretch=STRETCHES)
def the_factor_is_a_float(student, truth, stretch):
    """What comes back is a place, an array of shape [d], and a factor, one number."""
    answer = student.stretch_proposal.answer(*stretch)
    d = len(stretch.walker)
    due = f"a place of shape [{d}] and one number"
    try:
        shapes = [np.shape(getattr(part, "values", part)) for part in answer.value]
    except (TypeError, ValueError):
        raise ClaimFailure(due, answer.describe()) from None
    if shapes != [(d,), ()]:
        raise ClaimFailure(due, answer.describe())


mistake = stretch_proposal.mistake
Z = "z = (1 + u) ** 2 / 2"
PLACE = "other + z * (walker - other)"
FACTOR = "(len(walker) - 1) * np.log(z)"
mistake(
    "d_for_d_minus_1",
    "With one parameter there is no factor, its log is zero; yours counts one too many.",
    FACTOR,
    "len(walker) * np.log(z)",
)
mistake("no_factor", "The log factor is 0, whatever z is.", FACTOR, "0.0")
mistake(
    "factor_not_logged",
    "This is the factor; its logarithm is wanted.",
    FACTOR,
    "z ** (len(walker) - 1)",
)
mistake(
    "sign_of_the_factor",
    "Far proposals should be favoured: look at the sign of the factor.",
    FACTOR,
    "-(len(walker) - 1) * np.log(z)",
)
mistake(
    "uniform_z",
    "z is uniform between a half and two; small z are to be more frequent.",
    Z,
    "z = 0.5 + 1.5 * u",
)
mistake(
    "log_uniform_z",
    "z is uniform in its logarithm; that is another move.",
    Z,
    "z = 0.5 * 4.0**u",
)
mistake(
    "from_the_walker",
    "The stretch begins at the walker; it begins at the other one.",
    PLACE,
    "walker + z * (walker - other)",
)
mistake(
    "roles_swapped",
    "The two walkers have changed places.",
    PLACE,
    "walker + z * (other - walker)",
)
mistake("not_halved", "z goes from one to four: it is divided by two.", Z, "z = (1 + u) ** 2")
mistake("not_squared", "1 + u is not squared.", Z, "z = (1 + u) / 2")
mistake("one_over_z", "This is one over z.", Z, "z = 2 / (1 + u) ** 2")
mistake(
    "three_parameters",
    "The factor is always that of three parameters.",
    FACTOR,
    "2 * np.log(z)",
)
mistake(
    "logarithm_to_base_two",
    "The logarithm is to base two; the natural one is wanted.",
    FACTOR,
    "(len(walker) - 1) * np.log2(z)",
)
mistake(
    "a_stretch_for_each_coordinate",
    "Every coordinate has a stretch of its own, so that the line is left.",
    PLACE,
    "other + z ** (1 + 0.5 * np.arange(len(walker))) * (walker - other)",
)
mistake(
    "order_of_the_parts",
    "The factor comes first; the place should.",
    f"{PLACE}, float({FACTOR})",
    f"float({FACTOR}), {PLACE}",
)
mistake(
    "factor_in_an_array",
    "The factor is an array of one number; a float is wanted.",
    f"float({FACTOR})",
    f"np.array([{FACTOR}])",
)
mistake(
    "two_squared_as_well",
    "Your z goes from a quarter to one: the two is squared along with 1 + u.",
    Z,
    "z = ((1 + u) / 2) ** 2",
)
mistake(
    "u_squared_alone",
    "Only u is squared, before one is added: z goes from a half to one.",
    Z,
    "z = (1 + u**2) / 2",
)
