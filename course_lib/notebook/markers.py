"""The four comments that say what students do not get, and their misspellings.

nbgrader takes a line that says `### BEGEN SOLUTION` for an ordinary comment and releases what
follows. So every comment that is nearly a marker is a fault:

    misspelt("    ### BEGIN SOLUTON")     # "### BEGIN SOLUTION"
    misspelt("    # begin with the sum")  # None
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

BEGIN_SOLUTION, END_SOLUTION = "### BEGIN SOLUTION", "### END SOLUTION"
BEGIN_HIDDEN, END_HIDDEN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
REGIONS = {BEGIN_SOLUTION: END_SOLUTION, BEGIN_HIDDEN: END_HIDDEN}
MARKERS = (*REGIONS, *REGIONS.values())

# A marker has at least 12 letters. difflib's ratio, 2 × (letters in common) / (letters in both), is
# then at least 22/24 with one letter dropped, doubled, changed or swapped, and 18/24 with three.
NEARLY = 0.75


def misspelt(line: str) -> str | None:
    """The marker that `line` was probably meant to be; None for a right one and for other lines."""
    line = line.strip()
    if line in MARKERS or not line.startswith("#"):
        return None
    said = normal(line)
    nearest = max(MARKERS, key=lambda marker: ratio(said, normal(marker)))
    return nearest if ratio(said, normal(nearest)) >= NEARLY else None


def normal(line: str) -> str:
    """Upper case letters with single spaces: what is left when style is taken away."""
    return " ".join(re.sub(r"[^A-Z]+", " ", line.upper()).split())


def ratio(one: str, other: str) -> float:
    """How alike two strings are, from 0 to 1."""
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def unpaired(source: str) -> str | None:
    """What is wrong with the order of the markers in a cell, or None."""
    closes: str | None = None
    for line in source.splitlines():
        marker = line.strip()
        if marker in REGIONS:
            if closes:
                return f"'{marker}' comes before '{closes}'"
            closes = REGIONS[marker]
        elif marker in REGIONS.values():
            if marker != closes:
                return f"'{marker}' closes nothing"
            closes = None
    return f"'{closes}' is missing" if closes else None


def inside(source: str, begin: str) -> Iterator[str]:
    """The stripped lines between `begin` and its end, without the markers."""
    within = False
    for line in source.splitlines():
        if line.strip() == begin:
            within = True
        elif line.strip() == REGIONS[begin]:
            within = False
        elif within and line.strip():
            yield line.strip()
