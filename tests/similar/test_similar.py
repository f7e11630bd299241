"""`course similar`: pairs for a person to look at, without what was given and what many write."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from course_lib.errors import CourseError
from course_lib.similar.command import look_for_likeness
from course_lib.similar.page import pairs_page
from course_lib.similar.pairs import similar_pairs
from tests.engine.conftest import copy_of_tiny

A = "01_basics"
OWN = """\
def mean(values):
    seen = {}
    for place, value in enumerate(values):
        seen[place] = value if place == 0 else seen[place - 1] + value
    last = max(seen)
    return float(seen[last]) / (last + 1)
"""
RENAMED = OWN.replace("seen", "table").replace("place", "i").replace("value", "v")
ALONE = """\
def mean(values):
    import math
    while len(values) > 8:
        values = [math.fsum(values[:4]) / 4, *values[4:]]
    try:
        return math.fsum(values) * len(values) ** -1
    except ZeroDivisionError as error:
        raise ValueError("empty") from error
"""
USUAL = """\
def mean(values):
    total = 0.0
    for v in values:
        total += v
    return total
"""


def names(pairs: list) -> list[tuple[str, str]]:
    return [pair.names for pair in pairs]


def test_code_with_other_names_is_alike_and_code_of_ones_own_is_not() -> None:
    pairs = similar_pairs({"ada": OWN, "bo": RENAMED, "cleo": ALONE}, "", 0.5)
    assert names(pairs) == [("ada", "bo")]
    assert pairs[0].share > 0.9
    start, stop = pairs[0].places[0][0]
    assert 0 <= start < stop <= len(OWN)


def test_what_was_handed_out_is_no_likeness() -> None:
    assert similar_pairs({"ada": OWN, "bo": RENAMED}, OWN, 0.1) == []


def test_what_many_write_is_no_likeness_and_what_two_write_besides_is() -> None:
    """Six have the usual loop; two of them have something else in common, too."""
    code = {f"s{n}": USUAL for n in range(6)}
    assert similar_pairs(code, "", 0.1) == []
    code |= {"s0": USUAL + "\n" + OWN, "s1": USUAL + "\n" + RENAMED}
    assert names(similar_pairs(code, "", 0.5)) == [("s0", "s1")]


@pytest.mark.parametrize("text", ["", "x", "def (", "\0", "é" * 400, "'" * 3000])
def test_odd_code_is_compared_like_any_other(text: str) -> None:
    assert ("ada", "bo") in names(similar_pairs({"ada": OWN, "bo": RENAMED, "odd": text}, "", 0.5))


def test_on_the_page_code_and_names_are_text() -> None:
    code = {"<b>ada</b>": OWN + "# <script>x</script>\n", "bo": RENAMED}
    page = pairs_page(A, similar_pairs(code, "", 0.5), 2, 0.5)
    assert "<script" not in page and "<b>" not in page
    assert "&lt;script&gt;" in page and "<mark>" in page
    assert "accuses nobody" in page
    assert "http://" not in page and "https://" not in page and "src=" not in page


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Ada's and Bo's answers are alike; Cleo's is her own; Dora handed in what she was given."""
    root = copy_of_tiny(tmp_path / "tiny")
    released = (root / "release" / A / "basics.ipynb").read_text("utf-8")
    for student, text in {"ada": OWN, "bo": RENAMED, "cleo": ALONE, "dora": ""}.items():
        handed_in = json.loads(released)
        for cell in handed_in["cells"]:
            if text and cell["metadata"].get("nbgrader", {}).get("grade_id") == "mean":
                cell["source"] = text
        folder = root / "submitted" / student / A
        folder.mkdir(parents=True)
        (folder / "basics.ipynb").write_text(json.dumps(handed_in))
    return root


def test_the_command_lists_pairs_and_writes_the_page(course: Path) -> None:
    heard = io.StringIO()
    code = look_for_likeness(course, A, 0.5, Console(file=heard, width=100, highlight=False))
    printed = heard.getvalue()
    assert code == 0
    assert "ada and bo" in printed and "cleo" not in printed and "dora" not in printed
    assert "A likeness is no proof of anything." in printed
    assert "<mark>" in (course / "similar" / f"{A}.html").read_text("utf-8")


def test_one_hand_in_alone_is_nothing_to_compare(course: Path) -> None:
    for student in ("bo", "cleo"):
        (course / "submitted" / student / A / "basics.ipynb").unlink()
    with pytest.raises(CourseError, match="nothing to compare"):
        look_for_likeness(course, A, 0.5, Console(file=io.StringIO()))
