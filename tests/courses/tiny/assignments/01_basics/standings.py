"""A dict in, a DataFrame out."""

import pandas as pd
from hypothesis import strategies as st

from course_lib.claims import agree, exercise

from .inputs import WORDS

POINTS = st.dictionaries(WORDS, st.integers(0, 9), min_size=1, max_size=4)


@exercise(points=3)
def standings(points):
    """A DataFrame with the columns name, points and share of all points, most points first.

    points: a dict from names to whole numbers; ties are in the alphabet's order. Where nobody has
    points, all shares are 0.
    """
    table = pd.DataFrame({"name": list(points), "points": list(points.values())})
    table = table.sort_values(["points", "name"], ascending=[False, True])
    table["share"] = table["points"] / max(table["points"].sum(), 1)
    return table


@standings.claim(points=1, gate=True, points_of=POINTS)
def keeps_everybody(student, truth, points_of):
    """Everybody is in it, with their points."""
    table = student.standings(points_of)
    agree(dict(zip(table["name"], table["points"], strict=True)), points_of)


@standings.claim(points=1, points_of=POINTS)
def is_in_order(student, truth, points_of):
    """Most points come first; who has as many is in the alphabet's order."""
    agree(student.standings(points_of)["name"], truth(points_of)["name"])


@standings.claim(points=1, points_of=POINTS)
def has_the_right_shares(student, truth, points_of):
    """The shares are the points over the sum of all points."""
    agree(student.standings(points_of), truth(points_of), tolerance=1e-12)


standings.mistake(
    "least_first", "It begins with the fewest points.", "[False, True]", "[True, True]"
)
standings.mistake(
    "by_name",
    "It is in the alphabet's order alone.",
    '["points", "name"], ascending=[False, True]',
    '"name"',
)
standings.mistake(
    "of_the_most", "The shares are of the most points, not of all.", ".sum()", ".max()"
)
standings.mistake("percent", "The shares are percentages.", '["points"] / ', '["points"] * 100 / ')
standings.mistake("no_share", "There is no column share.", 'table["share"]', 'table["part"]')
