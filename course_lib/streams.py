"""Terminals and pipes that cannot show every character: they get the nearest they have.

    show_everything()       # once, before anything is printed

A console of Windows (cp1252), or a pipe with such an encoding, would end a command with
UnicodeEncodeError at the first `✓`, after all the waiting.
"""

from __future__ import annotations

import codecs
import io
import sys
import unicodedata

HANDLER = "course_lib.nearest"
_NEAREST = {
    "✓": "+", "✗": "x", "…": "...", "“": '"', "”": '"', "’": "'", "‘": "'", "–": "-", "—": "-",
    "−": "-", "→": "->", "≤": "<=", "≥": ">=", "×": "x", "·": ".", "•": "*", "½": "1/2", "∞": "inf",
    "│": "|", "─": "-", "━": "-", "█": "#", "╸": "-", "╺": "-",
}  # fmt: skip


def show_everything() -> None:
    """Let standard output and error replace what their encoding lacks."""
    codecs.register_error(HANDLER, _nearest)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=HANDLER)


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """In ASCII what could not be encoded: a sign's nearest, a letter without its accent, or ?."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    return "".join(map(_ascii, missing)), error.end


def _ascii(character: str) -> str:
    if character in _NEAREST:
        return _NEAREST[character]
    plain = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return plain or "?"
