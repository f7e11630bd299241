"""A student's id, made from the name of their folder under `submitted/`: every name has one.

>>> student_id("Lovelace, Ada (1)"), student_id("José O'Neil"), student_id("jo@example.org")
('Lovelace, Ada (1)', "José O'Neil", 'jo@example.org')
>>> student_id("DOMAIN\\\\ada"), student_id("s1234567#2")
('DOMAIN_ada-ff9459', 's1234567_2-45ba36')

An id names files in verdicts/, autograded/ and feedback/, a row of the gradebook and a part of
formgrader's addresses. nbgrader looks for files with patterns, addresses end at `#` and `?`,
spreadsheets run what begins with a sign, and a file's name has 255 bytes of which some are ours.
What is in the way becomes `_`, and a few digits that depend on the whole name keep two people
apart. Letters are composed (NFC): macOS writes ü as u and two dots. Reports, the verdict and the
gradebook have the name as it was.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata

from course_lib.text import one_line

LONGEST = 150  # bytes of an id, of which a name of fifty Thai or Chinese letters needs all
NAME = 300  # characters of a name or path that is shown; a folder's has at most 255
DIGITS = 6  # of a name's digest: a million names until two that were changed alike share them
_SIGNS = frozenset(" .,_@+'’‘()&")
_FIRST = frozenset("_'’‘(")
_KINDS = ("L", "M", "N", "Pd")  # letters, marks on them, digits, dashes


def student_id(name: str) -> str:
    """The id of the student whose folder is called `name`; most names are their own id."""
    composed = unicodedata.normalize("NFC", name)
    kept = "".join(sign if _may_stand(sign, place) else "_" for place, sign in enumerate(composed))
    kept = kept.rstrip()  # nbgrader strips ids
    if kept == composed and len(kept.encode()) <= LONGEST:
        return kept
    digest = hashlib.sha256(os.fsencode(composed)).hexdigest()[:DIGITS]
    return f"{_cut(kept, LONGEST - DIGITS - 1)}-{digest}"


def shown_name(name: str) -> str:
    """A folder's or file's name as a line of text: bytes in it that are not UTF-8 become �."""
    return one_line(os.fsencode(name).decode("utf-8", "replace"), NAME)


def _may_stand(sign: str, place: int) -> bool:
    kind = unicodedata.category(sign)
    if place == 0:
        return sign in _FIRST or kind[0] in "LN"
    return sign in _SIGNS or kind.startswith(_KINDS)


def _cut(text: str, most: int) -> str:
    """The first `most` bytes of a text, without half a letter at its end."""
    return text.encode()[:most].decode("utf-8", "ignore")
