"""What a student wrote is text: cut at a limit, and nothing that a terminal or a page obeys.

    plain("\\x1b[31mred\\x1b[0m", 100)      # "red"
    csv_cell("=1+1")                      # "'=1+1"
    harmless_markdown("<script>")         # "< script>"

Every sentence, output and name that came out of a submission goes through one of these.
"""

from __future__ import annotations

import re
import unicodedata

# ECMA-48: control sequences (CSI), operating system commands (OSC) and the other string
# commands up to their terminator, then the two-character escapes.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"
    r"|\x1b[ -/]*[0-~]?"
)

# Unicode's direction controls: they reorder what is read without changing what is there.
_BIDI = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])

_TAG_OPENS = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#|[A-Za-z][A-Za-z0-9]*;)")
_SCHEME = re.compile(r"(?i)(javascript|vbscript|data|file)(\s*):")
_REMOTE_IMAGE = re.compile(r"!\[(?![^\]]*\]\(attachment:)")


def plain(text: object, limit: int = 4000) -> str:
    """`text` without escape sequences, control characters and direction overrides, cut at `limit`.

    Newlines and tabs stay. What was cut is said, inside the limit where it fits.
    """
    words = str(text)
    # An escape sequence can be as long as the text: look no further than could be kept.
    head = words[: 4 * limit + 4000]
    clean = _ESCAPES.sub("", head).replace("\r\n", "\n").replace("\r", "\n").translate(_BIDI)
    clean = "".join(c for c in clean if c in "\n\t" or unicodedata.category(c) not in _CONTROLS)
    if len(clean) <= limit and len(head) == len(words):
        return clean
    note = f" … [cut: {len(words):,} characters]"
    return clean[: max(limit - len(note), 0)] + note


_CONTROLS = ("Cc", "Cs", "Co", "Cn")


def one_line(text: object, limit: int = 200) -> str:
    """`plain`, on one line: runs of white space become one space."""
    return plain(" ".join(plain(text, 4 * limit).split()), limit)


def csv_cell(text: object, limit: int = 4000) -> str:
    """`text` for a table that a spreadsheet opens: it never begins a formula.

    Source: OWASP, CSV Injection: cells that begin with = + - @, a tab or a carriage return.
    Numbers keep their sign.
    """
    words = plain(text, limit)
    if words.lstrip()[:1] in tuple("=+-@|%") and not _is_number(words):
        return "'" + words
    return "'" + words if words[:1] in ("\t", "\n") else words


def harmless_markdown(text: str, limit: int = 100_000) -> str:
    """A student's Markdown whose words and formulas stay and whose HTML, scripts and remote
    pictures do not: no tag opens, no entity hides one, no link runs, no picture is fetched.
    """
    words = plain(text, limit)
    words = _ENTITY.sub("&amp;", words)
    words = _TAG_OPENS.sub("< ", words)
    words = _SCHEME.sub(r"\1\2 :", words)
    return _REMOTE_IMAGE.sub("[", words)


def markdown_text(text: object, limit: int = 2000) -> str:
    """`text` as words inside Markdown of ours: nothing in it is markup."""
    words = one_line(text, limit)
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~$&:])", lambda m: f"&#{ord(m[1])};", words)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
