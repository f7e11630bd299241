"""The pairs side by side, on one page that opens from a disk and loads nothing.

page = pairs_page("01_pendulum", pairs, compared=40, least=0.5)
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from course_lib.similar.pairs import Pair, Place
from course_lib.text import one_line, readable

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
pre { background: #f6f6f6; color: #111; overflow: auto; padding: .8rem; margin: 0; }
mark { background: #ffe08a; color: inherit; }
table { border-collapse: collapse; } td, th { padding: .2rem 1rem .2rem 0; text-align: left; }
@media (max-width: 50rem) { .pair { grid-template-columns: 1fr; } }
"""
WORDS = (
    "This page accuses nobody. Two right answers to a short exercise are often alike, people learn "
    "together, and some copy from one page on the web. Names and comments were not compared; what "
    "was handed out, and what many of the class wrote, is not counted. Look at each pair, and talk "
    "to people before you think of it as more than a likeness."
)


def pairs_page(assignment: str, pairs: Sequence[Pair], compared: int, least: float) -> str:
    """The page as HTML. compared: how many hand-ins; least: the share from which on a pair is."""
    title = f"Hand-ins of {escape(assignment)} to look at"
    rows = "".join(
        f'<tr><td><a href="#p{n}">{_name(pair.names[0])} and {_name(pair.names[1])}</a></td>'
        f"<td>{pair.share:.0%}</td></tr>"
        for n, pair in enumerate(pairs)
    )
    table = (
        '<table aria-label="pairs"><thead><tr><th>who</th><th>alike, of the shorter one</th></tr>'
        "</thead>"
        f"<tbody>{rows}</tbody></table>"
        if pairs
        else "<p>No pair is that much alike.</p>"
    )
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">"
        f"<style>{STYLE}</style></head><body><h1>{title}</h1><p>{WORDS}</p>"
        f"<p>{compared} hand-ins were compared; pairs of which {least:.0%} or more is alike are "
        f"listed.</p>{table}{''.join(map(_pair, range(len(pairs)), pairs))}</body></html>\n"
    )


def _pair(number: int, pair: Pair) -> str:
    sides = "".join(
        f"<div><h3>{_name(name)}</h3><pre>{_marked(code, places)}</pre></div>"
        for name, code, places in zip(pair.names, pair.code, pair.places, strict=True)
    )
    return (
        f'<h2 id="p{number}">{_name(pair.names[0])} and {_name(pair.names[1])}, '
        f'{pair.share:.0%}</h2><div class="pair">{sides}</div>'
    )


def _marked(code: str, places: Sequence[Place]) -> str:
    """The code as text, in which the likenesses are marked."""
    parts, end = [], 0
    for start, stop in sorted(places):
        start = max(start, end)
        if stop > start:
            parts += [_text(code[end:start]), f"<mark>{_text(code[start:stop])}</mark>"]
            end = stop
    return "".join([*parts, _text(code[end:])])


def _text(code: str) -> str:
    return escape(readable(code))


def _name(name: str) -> str:
    return escape(one_line(name, 80))
