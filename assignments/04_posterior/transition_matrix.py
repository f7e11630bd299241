"""Claims about `transition_matrix(p, proposal)`: 4 points."""

from __future__ import annotations

import numpy as np

from course_lib.claims import EPS, ClaimFailure, agree, exercise

from .inputs import BY_HAND, HOLES, LAKE, RING, ROAD, STATES, SWAP, Array, States


@exercise(points=4)
def transition_matrix(p: Array, proposal: Array) -> Array:
    """T[i, j], the probability to go from i to j, ``[n, n]``; p ``[n]`` not normalised."""
    if proposal.shape != (len(p), len(p)):
        raise ValueError("there is a row and a column of proposals for each state")
    if np.max(np.abs(np.sum(proposal, axis=1) - 1)) > 1e-9:
        raise ValueError("each row of proposals adds up to one")
    flow = p[:, None] * proposal
    moves = np.minimum(flow, flow.T) / p[:, None]
    np.fill_diagonal(moves, 0.0)
    return moves + np.diag(1 - np.sum(moves, axis=1))


def rounding_of(states: States) -> float:
    """A row is a sum of n probabilities."""
    return 16 * EPS * len(states.p)


def right(student, truth, states: States) -> None:
    """Raise unless the whole matrix is right."""
    agree(student.transition_matrix(*states), truth(*states), tolerance=rounding_of(states))


@transition_matrix.claim(points=0.5, gate=True, draws=4, states=STATES)
def has_rows_of_probabilities(student, truth, states):
    """Every row is made of probabilities, some of them for moves."""
    found = np.asarray(student.transition_matrix(*states))
    n = len(states.p)
    if found.shape != (n, n):
        raise ClaimFailure(f"a matrix of shape [{n}, {n}]", found)
    if np.min(found) < -1e-12 or np.max(np.abs(np.sum(found, axis=1) - 1)) > 1e-9:
        raise ClaimFailure("rows of numbers from 0 to 1 that add up to 1", found)
    if np.max(np.abs(found - np.eye(n))) < 1e-9:
        raise ClaimFailure("some moves", found)


@transition_matrix.claim(points=1, draws=8, always=(BY_HAND,), states=STATES)
def has_the_right_values(student, truth, states):
    """A proposed move is accepted with the probability of Metropolis and Hastings."""
    right(student, truth, states)


@transition_matrix.claim(points=0.5, draws=6, states=STATES)
def is_balanced(student, truth, states):
    """As many go from i to j as from j to i: p_i T_ij = p_j T_ji."""
    flow = states.p[:, None] * np.asarray(student.transition_matrix(*states))
    agree(flow, flow.T, tolerance=rounding_of(states), message="this is p_i T_ij")


@transition_matrix.claim(points=0.25, draws=4, states=STATES)
def leaves_p_as_it_is(student, truth, states):
    """A step of the walk leaves the weights as they are."""
    after = states.p @ np.asarray(student.transition_matrix(*states))
    agree(after, states.p, tolerance=rounding_of(states))


@transition_matrix.claim(points=0.25, relative=True, draws=4, states=STATES)
def the_weights_need_no_normalising(student, truth, states):
    """Seven times the weights give the same matrix."""
    other = states._replace(p=7 * states.p)
    agree(
        student.transition_matrix(*other),
        student.transition_matrix(*states),
        tolerance=rounding_of(states),
    )


@transition_matrix.claim(points=0.5, draws=4, always=(ROAD, LAKE), states=HOLES)
def goes_only_where_it_may_come_back(student, truth, states):
    """Where one of the two ways is never proposed, or neither, nobody goes."""
    right(student, truth, states)


@transition_matrix.claim(points=0.5, always=(SWAP, RING))
def certain_proposals_are_right(student, truth, states):
    """Two states that always propose each other, and a ring that is proposed one way only."""
    right(student, truth, states)


@transition_matrix.claim(points=0.5, draws=3, states=STATES)
def leaves_its_arguments_alone(student, truth, states):
    """Asked again with the same arguments, it gives the same."""
    first = student.transition_matrix(*states)
    agree(student.transition_matrix.again(*states), first)


mistake = transition_matrix.mistake
RATIO = "flow.T / np.where(flow > 0, flow, 1.0)"
mistake(
    "hastings_forgotten",
    "Right where proposals are symmetric, and only there: how often is the way back proposed?",
    "flow = p[:, None] * proposal",
    "flow = np.repeat(p[:, None], len(p), axis=1) * (proposal > 0)",
)
mistake(
    "hastings_inverted",
    "The correction for the way back is the wrong way round.",
    "flow = p[:, None] * proposal",
    "flow = p[:, None] * proposal.T",
)
mistake(
    "hastings_inverted_where_possible",
    "Q_ij and Q_ji have changed places in the quotient: the way back is proposed with Q_ji.",
    "flow = p[:, None] * proposal",
    "flow = p[:, None] * proposal.T * (proposal > 0)",
)
mistake(
    "ratio_inverted",
    "Moves to less probable states are accepted more often: look at the ratio.",
    RATIO,
    "flow / np.where(flow.T > 0, flow.T, 1.0) * (flow.T > 0)",
)
mistake(
    "barker",
    "This is another rule, r / (1 + r): balanced as well, but it refuses more often.",
    f"np.minimum(1.0, {RATIO})",
    "flow.T / np.where(flow + flow.T > 0, flow + flow.T, 1.0)",
)
mistake(
    "transposed",
    "Rows and columns have changed places: T[i, j] goes from i to j.",
    "return moves + np.diag",
    "return moves.T + np.diag",
)
mistake(
    "nobody_stays",
    "Who is refused stays: that probability is missing on the diagonal.",
    "return moves + np.diag(1 - np.sum(moves, axis=1))",
    "return moves",
)
mistake(
    "diagonal_is_the_proposals",
    "The diagonal has the proposals to stay alone; who is refused stays, too.",
    "np.diag(1 - np.sum(moves, axis=1))",
    "np.diag(np.diag(proposal))",
)
mistake(
    "proposals_to_stay_taken_off_twice",
    "Proposals to stay are in the sum as well as on the diagonal: the rows fall short of one.",
    "return moves + np.diag(1 - np.sum(moves, axis=1))",
    "return moves + np.diag(1 - np.sum(moves, axis=1) - np.diag(proposal))",
)
mistake(
    "rows_divided",
    "The rows are divided by their sums; what is refused belongs on the diagonal.",
    "return moves + np.diag(1 - np.sum(moves, axis=1))",
    "moves = moves + np.diag(np.diag(proposal)) + 1e-300\n"
    "    return moves / np.sum(moves, axis=1, keepdims=True)",
)
mistake(
    "the_proposals_themselves",
    "Every proposal is accepted.",
    f"np.minimum(1.0, {RATIO})",
    "1.0",
)
mistake(
    "minimum_forgotten",
    "A probability to accept is larger than one: take one at most.",
    f"np.minimum(1.0, {RATIO})",
    f"({RATIO})",
)
mistake(
    "acceptance_alone",
    "These are probabilities to accept; a move has to be proposed first.",
    "moves = proposal * ",
    "moves = ",
)
mistake(
    "columns_add_up",
    "The columns add up to one; the rows should.",
    "np.sum(moves, axis=1)",
    "np.sum(moves, axis=0)",
)
mistake(
    "independent_draws",
    "This forgets where it is: every row is p.",
    "return moves + np.diag(1 - np.sum(moves, axis=1))",
    "return np.repeat(p[None] / np.sum(p), len(p), axis=0)",
)
mistake(
    "proposals_made_symmetric",
    "The proposals are averaged with the way back; they are what they are.",
    "flow = p[:, None] * proposal",
    "proposal = 0.5 * (proposal + proposal.T)\n    flow = p[:, None] * proposal",
)
mistake(
    "one_way_roads_taken",
    "A move whose way back is never proposed is always accepted; it is never to be.",
    f"np.minimum(1.0, {RATIO})",
    f"np.where(flow.T > 0, np.minimum(1.0, {RATIO}), 1.0)",
)
mistake(
    "proposals_to_stay_twice",
    "The proposals to stay are on the diagonal twice: by themselves, and in what is left of one.",
    "np.fill_diagonal(moves, 0.0)\n    return moves + np.diag(1 - np.sum(moves, axis=1))",
    "away = np.sum(moves, axis=1) - np.diag(moves)\n    return moves + np.diag(1 - away)",
)
