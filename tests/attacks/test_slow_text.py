"""No text that is handed in takes long to read, to clean or to lay out, however it is made.

What is measured is processor time, which other work on the machine does not change much. Right
patterns take it in proportion to the length; those that look on from every place take its square.
"""

from __future__ import annotations

import base64
import io
import time
from collections.abc import Callable

import pytest
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.markdown_mistune import markdown2html_mistune
from PIL import Image

from course_lib.grading.submission.markdown import harmless_markdown
from course_lib.grading.submission.markup import without_gaps
from course_lib.grading.submission.outputs import HTML_LIMIT, clean_table
from course_lib.grading.submission.pictures import clean_image
from course_lib.notebook.dependencies import Names
from course_lib.notebook.raw_notebook import SOURCE_LIMIT
from course_lib.text import plain

SECONDS = 6.0  # the slowest takes 1.2 here; a machine may be a few times slower
PIECES = [
    "\n", "\n ", " ", "\t", "\r", "![", "[", "[a](", "\\begin{a}", "<", "<!--", "*_", "`", "$",
    "a\n=\n", "| a |\n|-|\n", "> ", "\\N{", "a.", "(", "'", "%", "\\\n", "data", "\x1b[",
    "\x1b]", ">\n", "<td>", "\ud800", "\x9b0",
]  # fmt: skip


def seconds(action: Callable[[], object]) -> float:
    """Processor time of `action`, in seconds."""
    start = time.process_time()
    action()
    return time.process_time() - start


def filled(piece: str, length: int) -> str:
    """`piece` again and again between two letters."""
    return "a" + (piece * (length // len(piece) + 1))[: length - 2] + "b"


def coloured(source: str) -> str:
    html: str = Highlight2HTML(pygments_lexer="python")(without_gaps(plain(source, SOURCE_LIMIT)))
    return html


@pytest.mark.parametrize("piece", PIECES)
def test_a_cell_is_read_and_coloured_soon(piece: str) -> None:
    source = filled(piece, SOURCE_LIMIT).encode("utf-8", "replace").decode()
    assert seconds(lambda: Names.of(source)) < SECONDS
    assert seconds(lambda: coloured(source)) < SECONDS


@pytest.mark.parametrize("piece", PIECES)
def test_an_answer_in_words_is_laid_out_soon(piece: str) -> None:
    text = filled(piece, SOURCE_LIMIT)
    assert seconds(lambda: markdown2html_mistune(harmless_markdown(text))) < SECONDS


@pytest.mark.parametrize("piece", PIECES)
def test_a_table_is_cleaned_soon(piece: str) -> None:
    html = "<table><tr><td>" + filled(piece, HTML_LIMIT - 40) + "</td></tr></table>"
    assert seconds(lambda: clean_table(html)) < SECONDS


def test_a_picture_counts_as_often_as_it_is_gone_over() -> None:
    file = io.BytesIO()
    Image.new("RGB", (2000, 2000)).save(file, "JPEG", progressive=True)
    jpeg = file.getvalue()
    assert clean_image(base64.b64encode(jpeg).decode(), "image/jpeg") is not None
    scan = jpeg[jpeg.rindex(b"\xff\xda") : -2]
    flood = base64.b64encode(jpeg[:-2] + 20_000 * scan + jpeg[-2:]).decode()
    assert seconds(lambda: clean_image(flood, "image/jpeg")) < SECONDS
    assert clean_image(flood, "image/jpeg") is None
