"""Pictures in an answer's text become attachments, before any limit is asked."""

from __future__ import annotations

import json

import pytest

from course_lib.notebook.pasted import pasted_pictures
from course_lib.notebook.raw_notebook import SOURCE_LIMIT, parse

DOT = "iVBORw0KGgo="


@pytest.mark.parametrize(
    ("text", "kind", "data"),
    [
        (f"![plot](data:image/png;base64,{DOT})", "image/png", DOT),
        (f'<img src="data:image/png;base64,{DOT}" width="9">', "image/png", DOT),
        (f"![][1]\n\n[1]: data:image/jpeg;base64,{DOT}", "image/jpeg", DOT),
        (f"![a](DATA:IMAGE/GIF;charset=utf-8;base64,{DOT} 'title')", "image/gif", DOT),
        ("![a](data:image/webp;base64,UklG%2BQ%3D%3D)", "image/webp", "UklG+Q=="),
    ],
)
def test_a_picture_in_the_text_becomes_an_attachment(text, kind, data):
    source, attachments = pasted_pictures(text, {})
    ((name, bundle),) = attachments.items()
    assert bundle == {kind: data}
    assert f"attachment:{name}" in source and "data:" not in source.lower()


def test_each_picture_has_a_name_of_its_own_and_others_stay():
    given = {"pasted-1.png": {"image/png": "mine"}, "photo.jpg": {"image/jpeg": "mine"}}
    text = f"![](attachment:photo.jpg) ![](data:image/png;base64,{DOT})" * 2
    source, attachments = pasted_pictures(text, given)
    assert list(attachments) == ["pasted-1.png", "photo.jpg", "pasted-2.png", "pasted-3.png"]
    assert source.count("attachment:pasted-2.png") == source.count("attachment:pasted-3.png") == 1


@pytest.mark.parametrize(
    "text",
    ["plain", "data:text/html;base64,PGI+", "data:image/svg+xml,%3Csvg", "the data: image/png"],
)
def test_what_is_no_picture_stays_as_it_is(text):
    assert pasted_pictures(text, {}) == (text, {})


def notebook(*cells, **more):
    return json.dumps({"cells": list(cells), "metadata": {}, **more}).encode()


def test_a_large_picture_costs_no_word_of_the_answer():
    picture = "A" * (3 * SOURCE_LIMIT)
    text = f"My derivation:\n\n![](data:image/png;base64,{picture})\n\nIt is a density."
    read = parse(notebook({"cell_type": "markdown", "metadata": {}, "source": text}))
    (cell,) = read.cells
    assert cell.source == "My derivation:\n\n![](attachment:pasted-1.png)\n\nIt is a density."
    assert cell.attachments == {"pasted-1.png": {"image/png": picture}}
    assert read.left_out == []


def test_the_text_of_code_is_left_alone():
    source = f"url = 'data:image/png;base64,{DOT}'"
    (cell,) = parse(notebook({"cell_type": "code", "metadata": {}, "source": source})).cells
    assert (cell.source, cell.attachments) == (source, {})


def test_pictures_stay_where_outputs_are_too_much():
    stream = {"output_type": "stream", "name": "stdout", "text": "x" * 21_000_000}
    code = {"cell_type": "code", "metadata": {}, "source": "1", "outputs": [stream]}
    pasted = {"a.png": {"image/png": DOT}}
    words = {"cell_type": "markdown", "metadata": {}, "source": "!", "attachments": pasted}
    read = parse(notebook(code, words))
    assert [cell.outputs for cell in read.cells] == [[], []]
    assert read.cells[1].attachments == pasted
