"""Formulas as MathML, made by docutils while the pages are built.

Sphinx's own ways need a script from the network (MathJax) or an installation of LaTeX (images).
All current browsers show MathML. A formula that docutils cannot read is a warning, with its page.
"""

from typing import Any

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.application import Sphinx
from sphinx.util import logging

logger = logging.getLogger(__name__)


def inline(translator: Any, node: nodes.math) -> None:
    """Write a formula within a sentence."""
    translator.body.append(to_mathml(node, as_block=False))
    raise nodes.SkipNode


def block(translator: Any, node: nodes.math_block) -> None:
    """Write a formula on a line of its own."""
    translator.body.append(f'<div class="math">{to_mathml(node, as_block=True)}</div>')
    raise nodes.SkipNode


def to_mathml(node: nodes.Element, *, as_block: bool) -> str:
    """A formula's LaTeX as a `<math>` element."""
    try:
        return str(tex2mathml(node.astext(), as_block=as_block))
    except Exception as error:  # docutils raises several kinds for LaTeX that it does not know
        logger.warning("a formula cannot be shown: %s", error, location=node)
        return ""


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the renderer under the name that `html_math_renderer` uses."""
    app.add_html_math_renderer("mathml", (inline, None), (block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
