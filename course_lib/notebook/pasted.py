"""Pictures that stand in an answer's own text, as Colab pastes them, made its attachments.

    pasted_pictures("![plot](data:image/png;base64,iVBORw0KGgo…)", {})
    # ("![plot](attachment:pasted-1.png)", {"pasted-1.png": {"image/png": "iVBORw0KGgo…"}})

A picture's letters are not words: limits of a cell's length are asked of what is left.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

# RFC 2397, as far as a picture needs it: type, parameters, base64.
_PICTURE = re.compile(
    r"(?i)data:(image/([\w.+-]{1,40}))(?:;[\w=.-]{1,40}){0,5};base64,([A-Za-z0-9+/=%_-]*)"
)


def pasted_pictures(source: str, attachments: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """`source` with a name in each picture's place, and the attachments with these pictures."""
    pictures = dict(attachments)

    def named(found: re.Match[str]) -> str:
        number = 1 + sum(name.startswith("pasted-") for name in pictures)
        name = f"pasted-{number}.{found[2].lower()}"
        pictures[name] = {found[1].lower(): unquote(found[3])}
        return f"attachment:{name}"

    return _PICTURE.sub(named, source), pictures
