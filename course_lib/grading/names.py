"""Which names of students can be used: each becomes the name of files, a row, a word in a terminal.

>>> is_usable("Lovelace, Ada (1)"), is_usable("José O'Neil"), is_usable("jo@example.org")
(True, True, True)
>>> is_usable("=1+1"), is_usable("../x"), is_usable("*"), is_usable("two\\nlines")
(False, False, False, False)

nbgrader looks for files with patterns and formats paths with the name in them, spreadsheets run
what begins with a sign, and a file's name has 255 bytes of which some are ours.
"""

from __future__ import annotations

import os
import re

RULE = (
    "begins with a letter or digit, has no signs but . , _ @ + ' ( ) - and spaces, and is not long"
)
LONGEST = 100  # bytes
_NAME = re.compile(r"[^\W_][\w .,@+'’()-]*")


def is_usable(name: str) -> bool:
    """Whether a folder of this name under `submitted/` is a student's."""
    return _NAME.fullmatch(name) is not None and len(os.fsencode(name)) <= LONGEST
