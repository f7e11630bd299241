"""A notebook's page, without work that is done for each student and is the same for all.

    class FeedbackExporter(Page): ...

nbconvert compiles its templates for every page, reads what it wrote once more only to say that
pictures have no description, and colours and lays out the instructor's cells for each student.
Here templates and cells are kept, and a picture is described where it stands: 0.05 CPU seconds a
page, where it took 0.35.
"""

from __future__ import annotations

import functools
import re
from typing import Any, ClassVar

from jinja2 import BytecodeCache, Environment, pass_context
from jinja2.bccache import Bucket
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode

KEPT = 256  # cells, coloured or laid out: an assignment's own, and some of the last student's
NO_ALT = re.compile(r"<img(?![^>]*\salt=)(?=\s)")  # what is a student's text has no bare `<`
ALT = '<img alt="No description has been provided for this image"'

Resources = dict[str, Any]


class Page(HTMLExporter):
    """nbconvert's HTML of a notebook, with the same text in it."""

    def from_notebook_node(
        self, nb: NotebookNode, resources: Resources | None = None, **kw: Any
    ) -> tuple[str, Resources]:
        """The page of `nb`, and its resources."""
        about = nb.metadata.get("language_info", {})
        language = about.get("pygments_lexer", about.get("name")) or "ipython3"
        self.register_filter("highlight_code", functools.partial(_colour, language))
        resources = self._init_resources(resources)
        # HTMLExporter's own would read the page once more.
        page, resources = TemplateExporter.from_notebook_node(self, nb, resources, **kw)
        return NO_ALT.sub(ALT, page), resources

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """Markdown as HTML, with the pictures that were pasted into the cell."""
        if context.get("cell", {}).get("attachments"):
            return str(super().markdown2html(context, source))
        return _laid_out(source, self.anchor_link_text)

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()
        environment.bytecode_cache = Compiled()
        return environment


class Compiled(BytecodeCache):
    """Templates that this process has compiled, until their text changes."""

    _known: ClassVar[dict[str, tuple[str, Any]]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the template's code, if it is known."""
        checksum, code = self._known.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it."""
        self._known[bucket.key] = bucket.checksum, bucket.code


def _colour(language: str, source: str, metadata: Any = None) -> str:
    return _coloured(language, source)


@functools.lru_cache(KEPT)
def _coloured(language: str, source: str) -> str:
    return str(Highlight2HTML(pygments_lexer=language)(source))


@functools.lru_cache(KEPT)
def _laid_out(source: str, anchor: str) -> str:
    renderer = IPythonRenderer(escape=False, anchor_link_text=anchor)
    return str(MarkdownWithMath(renderer=renderer).render(source))
