"""Markdown as HTML, with formulas as MathML: a page with them needs no script and no network.

    markdown2html(context, "With $s < 1$ it is *large*.")    # '<p>With <math …>…</math> it is …'

nbconvert's pages load MathJax from its public address. All current browsers show MathML, and
latex2mathml makes it. A formula with a command that it does not know is shown as it was typed.
"""

from __future__ import annotations

import functools
import re
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element, tostring

from jinja2 import pass_context
from latex2mathml.converter import convert_to_element
from nbconvert.filters.markdown_mistune import IPythonRenderer

from course_lib.grading.submission.money import parser

KEPT = 256  # texts: an assignment's own, and some of the last student's
FORMULA_LIMIT = 2_000  # characters of one, some pages wide: 20 ms here, whatever is in it
# What says how lines are numbered and set. latex2mathml sets lines in align*, without numbers.
_NUMBERS = re.compile(r"\\(?:nonumber|notag)(?![A-Za-z])|\\(?:label|tag)\*?\{[^{}]*\}")
_ONE_LINE = re.compile(r"\\(?:begin|end)\{equation\*?\}")
_LINES = re.compile(
    r"\\(begin|end)\{(?:(?:align|alignat|gather|multline|eqnarray)\*?|aligned|gathered|split)\}"
)
_COLUMNS = re.compile(r"(?<=\\begin\{align\*\})\{\d+\}")  # how many alignat has
THIN = "0.167em"  # as wide as a thin space of TeX
_ATTRIBUTES = {
    "accent", "columnalign", "columnlines", "columnspacing", "depth", "display", "displaystyle",
    "fence", "form", "height", "largeop", "linethickness", "lspace", "mathcolor", "mathsize",
    "mathvariant", "maxsize", "minsize", "movablelimits", "notation", "rowlines", "rowspacing",
    "rspace", "scriptlevel", "separator", "stretchy", "symmetric", "voffset", "width", "xmlns",
}  # fmt: skip


class FormulaRenderer(IPythonRenderer):
    """nbconvert's renderer; where it leaves a formula for MathJax, there is MathML."""

    def block_math(self, body: str) -> str:
        """A formula on a line of its own."""
        return mathml(body, as_block=True)

    def inline_math(self, body: str) -> str:
        """A formula within a sentence."""
        return mathml(body, as_block=False)

    def latex_environment(self, name: str, body: str) -> str:
        """`\\begin{align} … \\end{align}` and the like."""
        return mathml(f"\\begin{{{name}}}{body}\\end{{{name}}}", as_block=True)


@pass_context
def markdown2html(context: Any, source: str) -> str:
    """A template's filter: Markdown as HTML, with the pictures that were pasted into the cell."""
    attachments = context.get("cell", {}).get("attachments")
    return laid_out(source, attachments) if attachments else _laid_out(source)


def laid_out(source: str, attachments: Any = None) -> str:
    """Markdown as HTML."""
    renderer = FormulaRenderer(escape=False, attachments=attachments)
    return str(parser(renderer).render(source))


_laid_out = functools.lru_cache(KEPT)(laid_out)


def mathml(tex: str, *, as_block: bool) -> str:
    """A formula's TeX as a `<math>` element; as it was typed where that cannot be."""
    if len(tex) <= FORMULA_LIMIT:
        try:
            made = convert_to_element(_set(tex), display="block" if as_block else "inline")
            if all(map(_is_mathematics, made.iter())):
                for element in made.iter():
                    _finish(element)
                return tostring(made, encoding="unicode")
        except Exception:  # latex2mathml raises several kinds for TeX that is none
            pass
    typed = IPythonRenderer().escape_html(tex.strip())
    return f"<pre>{typed}</pre>" if as_block else f"<code>{typed}</code>"


def _set(tex: str) -> str:
    """TeX with its lines in an environment that is known here, and without their numbers."""
    lines = _LINES.sub(r"\\\1{align*}", _ONE_LINE.sub("", _NUMBERS.sub("", tex)))
    return _COLUMNS.sub("", lines).strip()


def _is_mathematics(element: Element) -> bool:
    """Whether an element has no address, no script and no command that was not understood."""
    text = element.text or ""
    understood = "\\" not in text and text != "&"
    return understood and element.tag.startswith("m") and set(element.attrib) <= _ATTRIBUTES


def _finish(element: Element) -> None:
    """Write an element's text as what it is for, and a space around the name of a function.

    latex2mathml writes `&#x2212;` for a minus, and would have it and all else, also a student's
    `<b>`, stand in the page without escapes.
    """
    element.text = unescape(element.text or "")
    if element.tag == "mi" and len(element.text) > 1 and element.text.isalpha():  # log, sin
        element.tag = "mo"
        element.attrib |= {"lspace": THIN, "rspace": THIN}
