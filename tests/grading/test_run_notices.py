"""What running a hand-in's cells gave: said on its page, and the same when nothing is due."""

from __future__ import annotations

import json
from pathlib import Path

from course_lib.grading.nbgrader.writer import Writer
from course_lib.grading.pool.engine import grade_one
from tests.course_folder import PROJECT, TINY
from tests.scale.conftest import TINY_SOLVED, tiny_course

HABITS = "!pip install -q emcee\nimport no_such_module\n"
SAID = ("`!pip install -q emcee`", "No module named 'no_such_module'")


def edited() -> bytes:
    """The solved notebook, with two lines more in the cell that came with it."""
    document = json.loads((PROJECT / TINY_SOLVED).read_text("utf-8"))
    given = next(cell for cell in document["cells"] if cell["cell_type"] == "code")
    given["source"] = HABITS + "".join(given["source"])
    return json.dumps(document).encode()


def test_they_are_on_the_page_and_said_again(tmp_path: Path) -> None:
    course = tiny_course(tmp_path / "course", {"ada": edited()})
    first = grade_one(course.root, TINY, "ada")
    assert all(any(words in line for line in first["notices"]) for words in SAID)
    assert any(SAID[1] in line for line in first["remarks"])

    again = grade_one(course.root, TINY, "ada")
    assert (again["notices"], again["remarks"]) == (first["notices"], first["remarks"])

    writer = Writer(course.root)
    writer.write(again)
    page = writer.feedback(TINY, "ada").read_text("utf-8")
    assert page.count("About this hand-in") == 1
    assert all(words.strip("`") in page.replace("&#39;", "'") for words in SAID)
