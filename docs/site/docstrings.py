"""Docstrings as they are written here, for Sphinx.

- a line `name: what it is` becomes an item of a list
- the arguments of `Exercise`, which authors never make themselves, are left out
"""

import re
from typing import Any

from sphinx.application import Sphinx

ITEM = re.compile(r"([a-z_]+): (.+)")
MADE_BY_DECORATORS = ("course_lib.claims.Exercise",)


def listed(_app: Sphinx, _what: str, _name: str, _of: Any, _options: Any, lines: list[str]) -> None:
    """Make items of lines that explain one name each; what follows such a line belongs to it."""
    found: list[str] = []
    inside = False
    for number, line in enumerate(lines):
        item = ITEM.fullmatch(line)
        if item and number:
            found += [""] * (not inside) + [f"* ``{item[1]}``: {item[2]}"]
            inside = True
        elif line.startswith("Raises "):
            found += ["", line] if inside else [line]
            inside = False
        else:
            inside = inside and bool(line.strip())
            found.append(f"  {line}" if inside else line)
    lines[:] = found


def signature(
    _app: Sphinx, _what: str, name: str, _of: Any, _options: Any, arguments: str, returns: str
) -> tuple[str, str]:
    """The arguments to show for `name`."""
    return ("", "") if name in MADE_BY_DECORATORS else (arguments, returns)


def setup(app: Sphinx) -> dict[str, Any]:
    """Change docstrings before they are read as reStructuredText."""
    app.connect("autodoc-process-docstring", listed)
    app.connect("autodoc-process-signature", signature)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
