"""Which two hand-ins resemble each other, and where.

    for pair in similar_pairs({"ada": code, "bo": code}, skeleton, least=0.5):
        pair.names, pair.share, pair.places      # ("ada", "bo"), 0.91, where in each

copydetect compares what is left of code without names, strings and comments, by fingerprints
(winnowing: Schleimer, Wilkerson and Aiken, SIGMOD 2003). What was handed out is no likeness, and
neither is what many write: for an easy exercise most right answers are the same.
"""

from __future__ import annotations

import io
import itertools
import warnings
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TOKENS = 25  # the shortest likeness, in signs of what is left of code: a line or two; its default
WINDOW = 1  # every fingerprint is kept: hand-ins are short
COMMON = 0.2  # share of a class that writes something alike, from which on it tells nothing
AT_LEAST = 4  # people who do, in a small class: a pair, and two who worked alone
Place = tuple[int, int]  # where a likeness begins and ends, in characters


@dataclass(frozen=True)
class Pair:
    """Two hand-ins. share: of the shorter one's own code, found in the other one: 0 to 1.

    places: for each, where. code: what each wrote.
    """

    names: tuple[str, str]
    share: float
    places: tuple[tuple[Place, ...], tuple[Place, ...]]
    code: tuple[str, str]


def similar_pairs(code: Mapping[str, str], skeleton: str, least: float) -> list[Pair]:
    """The pairs of which at least the share `least` is alike, the most alike first.

    code: by student, what they wrote. skeleton: code that was handed out.
    """
    given = _fingerprint(skeleton).hashes
    prints = {name: _fingerprint(text) for name, text in code.items()}
    known = given | _common(prints)
    for found in prints.values():
        _forget(found, known)
    pairs = []
    for one, two in itertools.combinations(sorted(code), 2):
        fewer = min(len(prints[one].hashes), len(prints[two].hashes))
        both = len(prints[one].hashes & prints[two].hashes)
        if fewer and both >= least * fewer / 2:  # most pairs are told apart by this alone
            pair = _compared(prints, one, two)
            if pair.share >= least:
                pairs.append(pair)
    return sorted(pairs, key=lambda pair: (-pair.share, pair.names))


def _common(prints: Mapping[str, Any]) -> set[int]:
    """The fingerprints of what many have."""
    count = Counter(mark for found in prints.values() for mark in found.hashes)
    many = max(AT_LEAST, COMMON * len(prints))
    return {mark for mark, people in count.items() if people >= many}


def _fingerprint(text: str) -> Any:
    from copydetect import CodeFingerprint  # the extra `[similar]`; it takes a second

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # copydetect warns of an empty file
        return CodeFingerprint("a.py", TOKENS, WINDOW, fp=io.StringIO(text))


def _forget(found: Any, known: set[int]) -> None:
    """Take fingerprints that tell nothing out of a hand-in's.

    copydetect's own `boilerplate` takes each fingerprint to be there once, which loops are not.
    """
    from copydetect.utils import get_token_coverage

    found.hashes -= known
    found.hash_idx = {mark: at for mark, at in found.hash_idx.items() if mark not in known}
    found.token_coverage = get_token_coverage(found.hash_idx, TOKENS, len(found.filtered_code))


def _compared(prints: Mapping[str, Any], one: str, two: str) -> Pair:
    from copydetect import compare_files

    _, shares, slices = compare_files(prints[one], prints[two])
    return Pair(
        (one, two),
        min(float(max(shares)), 1.0),
        (_places(slices[0]), _places(slices[1])),
        (prints[one].raw_code, prints[two].raw_code),
    )


def _places(found: Any) -> tuple[Place, ...]:
    return tuple((int(a), int(b)) for a, b in found.T) if len(found) else ()
