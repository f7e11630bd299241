"""One name, written in several ways, is recognised; nothing is guessed.

>>> name_key("Lovelace, Ada") == name_key("ada lovelace") == name_key("lovelace_ada")
True
>>> sorted(spellings("Müller", "Änne"))[:2]
['aennemueller', 'annemuller']

Platforms turn a name round, take its spaces, capitals and accents out, or write ü as u or ue.
"""

from __future__ import annotations

import re
import unicodedata

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "æ": "ae", "ł": "l"})


def name_key(name: str) -> str:
    """The words of a name in one order, without case and accents."""
    return " ".join(sorted(re.findall(r"\w+", _plain(name).replace("_", " "))))


def spellings(first: str, last: str) -> set[str]:
    """A person's names run together, in both orders, with accents left out and written out."""
    found = set()
    for write in (_plain, _written_out):
        a, b = _run_together(write(first)), _run_together(write(last))
        found |= {a + b, b + a}
    return found - {""}


def run_together(name: str) -> str:
    """A name without spaces, signs, case and accents, as Canvas writes it before a file's name."""
    return _run_together(_plain(name))


def _run_together(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _plain(text: str) -> str:
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in split if not unicodedata.combining(sign))


def _written_out(text: str) -> str:
    return _plain(unicodedata.normalize("NFC", text.lower()).translate(_GERMAN))
