"""A student's words where they will be opened as something else: a table, a formula, Markdown.

    csv_cell("=1+1")                   # "'=1+1"
    markdown_text("*not* bold")        # "&#42;not&#42; bold"

What a terminal or a reader must not meet is taken out by `course_lib.text.plain`, which all
of these use first.
"""

from __future__ import annotations

import re

from course_lib.text import one_line, plain

__all__ = [
    "csv_cell",
    "harmless_tex",
    "markdown_text",
    "one_line",
    "plain",
    "without_gaps",
]

_GAP = re.compile(r"\s{301,}")  # whoever colours it or lays it out reads on from every space of it
# TeX that makes links, loads extensions, or writes other TeX, which could hide the first two.
_TEX = re.compile(
    r"\\(?=(?:href|url|require|def|let|newcommand|renewcommand|newenvironment|class|style|cssId"
    r"|data|includegraphics|mmlToken|unicode|texttip)(?![A-Za-z]))"
)


def csv_cell(text: object, limit: int = 4000) -> str:
    """`text` for a table that a spreadsheet opens: it never begins a formula. Numbers stay.

    Source: OWASP, CSV Injection: cells that begin with = + - @, a tab or a line's end.
    """
    words = plain(text, limit)
    begins = words[:1] in ("\t", "\n") or words.lstrip()[:1] in tuple("=+-@|%")
    return "'" + words if begins and not _is_number(words) else words


def without_gaps(text: str) -> str:
    """`text` with no white space wider than 300 characters; its last ones, which indent, stay."""
    return _GAP.sub(lambda gap: gap[0][-300:], text)


def harmless_tex(text: str) -> str:
    """`text` in which no formula makes a link or writes other formulas; where one did, a space."""
    return _TEX.sub(r"\\ ", text)


def markdown_text(text: object, limit: int = 2000) -> str:
    """`text` as words inside the course's own Markdown: nothing in it is markup."""
    words = harmless_tex(one_line(text, limit))  # pages look for formulas in what is markup's words
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~$&:])", lambda m: f"&#{ord(m[1])};", words)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
