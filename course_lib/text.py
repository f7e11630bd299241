"""What a student wrote is text: cut at a limit, and nothing that a terminal or a page obeys.

    plain("\\x1b[31mred\\x1b[0m", 100)      # "red"
    one_line("two\\nlines")               # "two lines"

Every sentence, output and name that came out of a submission goes through one of these.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# ECMA-48: control sequences (CSI), operating system commands (OSC) and the other string
# commands up to their terminator, then the two-character escapes.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]{0,4000}(?:\x07|\x1b\\|\x9c)?"
    r"|\x1b[ -/]*[0-~]?"
)

# How Python ends the words of a SyntaxError: the file, which a cell of a notebook has none of.
_IN_A_FILE = re.compile(r" ?\([^()]*, line (\d+)\)(?=$|\n)")

# Unicode's direction controls: they reorder what is read without changing what is there.
_BIDI = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])

# Controls, surrogates, private use and what is not assigned: nothing that can be read.
_UNREADABLE = ("Cc", "Cs", "Co", "Cn")


def plain(text: object, limit: int = 4000) -> str:
    """`text` without escape sequences, control characters and direction overrides, cut at `limit`.

    Newlines and tabs stay. What was cut is said, inside the limit where it fits.
    """
    words = str(text)
    head = words[: 4 * limit + 4000]  # escapes are dropped, so look a little further than is kept
    clean = readable(_ESCAPES.sub("", head).replace("\r\n", "\n").replace("\r", "\n"))
    if len(clean) <= limit and len(head) == len(words):
        return clean
    note = f" … [cut: {len(words):,} characters]"
    return clean[: max(limit - len(note), 0)] + note[:limit]


def one_line(text: object, limit: int = 200) -> str:
    """`plain`, on one line: runs of white space become one space."""
    return plain(" ".join(plain(text, 4 * limit).split()), limit)


def listed(names: Sequence[str]) -> str:
    """Names in a sentence.

    >>> listed(["m"]), listed(["m", "b"]), listed(["m", "b", "s"])
    ('m', 'm and b', 'm, b and s')
    """
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def in_points(number: float) -> str:
    """A number of points.

    >>> in_points(1.0), in_points(0.5)
    ('1 point', '0.5 points')
    """
    return f"{number:g} point{'' if number == 1 else 's'}"


def without_file(text: str) -> str:
    """A SyntaxError's words without the internal name that a cell has as a file.

    >>> without_file("SyntaxError: invalid syntax (<cell 7>, line 3)")
    'SyntaxError: invalid syntax, in line 3'
    """
    return _IN_A_FILE.sub(r", in line \1", text)


def readable(text: str) -> str:
    """`text` without direction overrides and without control characters but newline and tab."""
    clean = text.translate(_BIDI)
    if clean.isascii() and clean.isprintable():
        return clean
    return "".join(c for c in clean if c in "\n\t" or unicodedata.category(c) not in _UNREADABLE)
