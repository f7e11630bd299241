"""A student's text where it will be opened as something else: a table, a page, Markdown.

    csv_cell("=1+1")                   # "'=1+1"
    harmless_markdown("<script>")      # "< script>"
    markdown_text("*not* bold")        # "&#42;not&#42; bold"

What a terminal or a reader must not meet is taken out by `course_lib.calls.text.plain`, which all
of these use first.
"""

from __future__ import annotations

import re

from course_lib.calls.text import one_line, plain

__all__ = [
    "csv_cell",
    "harmless_markdown",
    "harmless_tex",
    "markdown_text",
    "one_line",
    "plain",
    "without_gaps",
]

# Characters of one text: some pages. What it costs to lay out grows with the square of it: 0.4 s.
MARKDOWN_LIMIT = 20_000

_TAG_OPENS = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=[#A-Za-z])")
_SCHEME = re.compile(r"(?i)(javascript|vbscript|data|file)([\s\\]*):")
_REMOTE_IMAGE = re.compile(r"!\[(?![^\]]{0,200}\]\(attachment:)")
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


def harmless_markdown(text: str, limit: int = MARKDOWN_LIMIT) -> str:
    """A student's Markdown whose words and formulas stay, and whose HTML and scripts do not.

    No tag opens, no entity hides one, no link runs, no picture is fetched from elsewhere. Where
    something is defused, a space shows it.
    """
    words = _ENTITY.sub("& ", without_gaps(plain(text, limit)))
    words = _TAG_OPENS.sub("< ", words)
    words = _SCHEME.sub(r"\1\2 :", words)
    return _REMOTE_IMAGE.sub("[", harmless_tex(words))


def markdown_text(text: object, limit: int = 2000) -> str:
    """`text` as words inside Markdown of ours: nothing in it is markup."""
    words = harmless_tex(one_line(text, limit))  # pages look for formulas in what is markup's words
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~$&:])", lambda m: f"&#{ord(m[1])};", words)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
