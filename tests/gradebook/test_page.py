"""The quick page says what nbconvert's says, to the last character that a browser reads."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course_lib.grading.nbgrader.feedback.page import Page

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
OWN = '<img class="theirs" src="x.png" alt="my own words">'


def notebook(text: str):
    picture = new_output("display_data", data={"image/png": DOT, "text/plain": "a figure"})
    pasted = new_markdown_cell("![](attachment:dot.png) with $a < b$")
    pasted.attachments = {"dot.png": {"image/png": DOT}}
    cells = [
        new_markdown_cell(f"# A title\n\n*{text}*, `code` and\n\n    <img src=typed>\n\n{OWN}"),
        pasted,
        new_code_cell(f"def f(x):\n    return x < 1 and '<img >'  # {text}", outputs=[picture]),
    ]
    for number, cell in enumerate(cells):
        cell.id = f"cell{number}"
    return new_notebook(cells=cells, metadata={"language_info": {"name": "python"}})


@pytest.mark.parametrize("text", ["one", "another", "one"])
def test_the_page_is_nbconverts(text):
    """Also the second time, when templates and cells come out of what was kept."""
    stock, _ = HTMLExporter(template_name="classic").from_notebook_node(notebook(text))
    quick, _ = Page(template_name="classic").from_notebook_node(notebook(text))
    assert str(BeautifulSoup(quick, "html.parser")) == stock
    assert quick.count("No description has been provided for this image") == 1
    assert OWN in quick and "another" not in quick.replace(text, "")


def test_a_template_that_changed_is_read_again(tmp_path):
    """A process that writes pages for days shows what its instructor changed meanwhile."""
    template = tmp_path / "own" / "index.html.j2"
    template.parent.mkdir()
    (template.parent / "conf.json").write_text('{"base_template": "base"}')
    for words in ("before", "after"):
        template.write_text(words)
        exporter = Page(template_name="own", extra_template_basedirs=[str(tmp_path)])
        assert exporter.from_notebook_node(notebook(""))[0] == words
