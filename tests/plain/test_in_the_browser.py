"""A course that mixes both kinds, from `nbgrader quickstart` to formgrader in a real browser."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from rich.console import Console

from course_lib.authoring.release import release
from course_lib.grading.verdict import read_verdict
from course_lib.report.grading import grade_assignment
from course_lib.report.run import Request
from tests.course_folder import TINY, TINY_NOTEBOOK, put_hand_ins
from tests.engine.conftest import TINY as TINY_COURSE
from tests.gradebook.test_formgrader import CHROMIUM, PATIENCE, TOKEN, jupyter

from .ps1 import hand_in

BIN = Path(sys.executable).parent
STUDENT = "part_no_error"  # of the class of `ps1`: 2 of the 3 points that its tests give

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs a browser: `make browser`"),
]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """nbgrader's new course, an assignment of claims put beside its example; both graded."""
    folder = tmp_path_factory.mktemp("course")
    quickstart = [BIN / "nbgrader", "quickstart", "course101"]
    subprocess.run(quickstart, cwd=folder, capture_output=True, check=True)
    root = folder / "course101"
    settings = (root / "nbgrader_config.py").read_bytes()
    ignore = shutil.ignore_patterns("__pycache__")
    for part in ("source", "assignments"):
        shutil.copytree(TINY_COURSE / part / TINY, root / part / TINY, ignore=ignore)
    release("ps1", root)
    release(TINY, root, packed=False)
    hand_in(root, "ps1", [STUDENT])
    put_hand_ins(root, TINY_NOTEBOOK, {STUDENT: (root / "source" / TINY_NOTEBOOK).read_bytes()})
    for assignment in ("ps1", TINY):
        assert grade_assignment(Request(root, assignment, jobs=1), Console(quiet=True)) == 0
    assert (root / "nbgrader_config.py").read_bytes() == settings, "it stays as nbgrader wrote it"
    return root


@pytest.mark.parametrize(("assignment", "judged"), [("ps1", "inside"), (TINY, None)])
def test_a_verdict_says_which_kind_it_is(course: Path, assignment: str, judged: str | None) -> None:
    verdict = read_verdict(course, assignment, STUDENT)
    assert verdict is not None
    assert {check.get("judged") for check in verdict["checks"]} == {judged}


def test_formgrader_shows_the_points_of_both_kinds(course: Path, tmp_path: Path) -> None:
    with jupyter(course, tmp_path / "home") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)

        def rows(path: str) -> dict[str, list[str]]:
            """The table at this address, by the first words of its rows."""
            page.goto(f"{address}/formgrader/{path}?token={TOKEN}")
            page.wait_for_selector("tbody td.name, tbody td.score")
            lines = [line.inner_text().strip() for line in page.locator("tbody tr").all()]
            cells = [line.split("\t") for line in lines]
            return {first: [each.strip() for each in rest] for first, *rest in cells}

        assert rows("manage_assignments").keys() >= {"ps1", TINY}
        by_student = rows(f"manage_students/{STUDENT}")
        assert by_student["ps1"][:2] == ["2 / 13", "2 / 5"], "all, code"
        assert by_student[TINY][:2] == ["27 / 27", "27 / 27"]
        assert rows("gradebook/ps1")["problem1"][0] == "2 / 10"
        rows("gradebook/ps1/problem1")
        page.click("td a")
        for cell, points in (("correct_squares", "1"), ("squares_invalid_input", "0")):
            page.wait_for_selector(f"#{cell}[placeholder]")
            assert page.get_attribute(f"#{cell}", "placeholder") == points
        browser.close()
