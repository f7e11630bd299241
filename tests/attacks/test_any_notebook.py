"""Whatever stands in a notebook's file, a submission comes of it, with the instructor's points.

A right notebook with anything at all put in one of its places: what is then read, shown and written
is a notebook that nbgrader's reader accepts, in bytes that are UTF-8.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import nbformat
import pytest
from attack_bank import PROJECT, solved_notebook
from canaries import ASSIGNMENT
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.grading.nbgrader.autograded import handed_in
from course_lib.grading.submission.collect import read_submission
from course_lib.notebook.released_notebook import ReleasedNotebook
from course_lib.notebook.submission import Submission

FUZZ = settings(max_examples=100, deadline=None, database=None, derandomize=True)
SKELETON = ReleasedNotebook.load(PROJECT, ASSIGNMENT)
TEXTS = st.sampled_from(
    ["", "\ud800", "\x00", "\x1b[31m", "a" * 70_000, "extra-1", "notices", "check_tf_log_like",
     "tf_log_like", "code", "markdown", "raw", "heading", "image/png", "stream", "__class__"]
)  # fmt: skip
LEAVES = st.none() | st.booleans() | st.floats() | st.integers(-(2**70), 2**70) | TEXTS | st.text()
ANYTHING = LEAVES | st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=8,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path to every place in a piece of JSON."""
    yield path
    inside: dict[Any, Any] = {}
    if isinstance(value, dict | list):
        inside = value if isinstance(value, dict) else dict(enumerate(value))
    for key, item in inside.items():
        yield from places(item, (*path, key))


SOLVED = solved_notebook()
# By kind, such as ("cells", 0, "metadata"): there are thousands of lines and only one kernel.
KINDS: dict[tuple[Any, ...], list[tuple[Any, ...]]] = defaultdict(list)
for _place in list(places(SOLVED))[1:]:
    KINDS[tuple(0 if isinstance(key, int) else key for key in _place)].append(_place)


def read(notebook: Any) -> Submission:
    """What is made of a notebook's JSON, looked at as far as a grader and a page's maker do."""
    submission = read_submission(json.dumps(notebook).encode(), SKELETON, "anybody")
    shown = handed_in(submission, SKELETON)
    nbformat.validate(shown)
    json.dumps(shown, ensure_ascii=False, allow_nan=False).encode()
    "\n".join((*submission.notices, *submission.remarks)).encode()
    return submission


def graded(submission: Submission) -> list[tuple[str, str, float, str]]:
    """What of a submission is the instructor's to say."""
    return [
        (cell.id, cell.role, cell.points, cell.source if cell.role == "test" else "")
        for cell in submission.cells
        if cell.role in ("test", "solution", "manual")
    ]


RIGHT = graded(read(SOLVED))


@settings(FUZZ, max_examples=20)
@given(st.data(), ANYTHING)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: ".".join(map(str, kind)))
def test_anything_in_any_place_changes_no_point(
    kind: tuple[Any, ...], data: st.DataObject, value: Any
) -> None:
    notebook = json.loads(json.dumps(SOLVED))
    target, place = notebook, data.draw(st.sampled_from(KINDS[kind]))
    for key in place[:-1]:
        target = target[key]
    target[place[-1]] = value
    assert graded(read(notebook)) == RIGHT


@FUZZ
@given(st.lists(st.tuples(st.sampled_from(["cell_type", "id", "source", "metadata", "outputs",
       "attachments", "execution_count"]), ANYTHING), max_size=7))  # fmt: skip
def test_any_cell_beside_the_others_changes_no_point(fields: list[tuple[str, Any]]) -> None:
    cell = {"cell_type": "markdown", "id": "new", "metadata": {}, "source": "x"} | dict(fields)
    assert graded(read(SOLVED | {"cells": [cell, *SOLVED["cells"], cell]})) == RIGHT


@FUZZ
@given(ANYTHING)
def test_any_json_is_a_submission(value: Any) -> None:
    assert graded(read(value)) == RIGHT


NO_NOTEBOOKS = [b"", b"\xff\xfe{", b"\x00", b"{", b"[" * 10**6, b"NaN", b"1" * 5000]
NO_NOTEBOOKS += [b'{"cells": ' + b"[" * 9000 + b"]" * 9000 + b"}"]


@pytest.mark.parametrize("data", NO_NOTEBOOKS)
def test_any_bytes_are_a_submission(data: bytes) -> None:
    assert graded(read_submission(data, SKELETON, "anybody")) == RIGHT
