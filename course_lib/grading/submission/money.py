"""Markdown with formulas, in which dollars that are money are no ends of a formula.

    parser(renderer).render("Between $5 and $10, so $x$ is small.")     # one formula, x

nbconvert takes all that stands between two dollars for one. Here `$5 and $` is none: it begins with
a number, as an amount does, and goes on as no formula would; nor is what follows `10$ `.
"""

from __future__ import annotations

import re
from typing import Any

from nbconvert.filters.markdown_mistune import MarkdownWithMath, MathInlineParser

_AMOUNT = re.compile(r"\d[\d.,]*")
_WORDS = re.compile(r"(?<![\\{A-Za-z])[A-Za-z]{2,}[,.;:]?\s+[A-Za-z]{2,}")
SEEN = "money"  # in a parsed text's `env`, where it has dollars that are money


def parser(renderer: Any) -> MarkdownWithMath:
    """nbconvert's parser of Markdown, for which money is text."""
    return MarkdownWithMath(renderer=renderer, inline=_WithMoney(hard_wrap=False))


def is_money(before: str, body: str, after: str) -> bool:
    """Whether the first dollar of `$body$` is an amount's; before, after: what stands around it.

    >>> is_money("for ", "5 and ", "10"), is_money("a 10", " note and ", "x")
    (True, True)
    >>> is_money("is ", "5x", " or"), is_money("is ", "10", "%")
    (False, False)
    """
    if before[-1:].isdigit() and body[0].isspace():
        return True
    if not _AMOUNT.match(body):
        return False
    return body[-1].isspace() or after[:1].isdigit() or bool(_WORDS.search(body))


class _WithMoney(MathInlineParser):
    def parse_inline_math_tex(self, m: re.Match[str], state: Any) -> int | None:
        """A formula, or None: then the dollar is text, and what follows is looked at again."""
        around = state.src[max(m.start() - 1, 0) : m.start()], state.src[m.end() : m.end() + 1]
        if is_money(around[0], m["math_inline_tex"], around[1]):
            state.env[SEEN] = True
            return None
        end: int = super().parse_inline_math_tex(m, state)
        return end
