"""Tests that nbgrader generates, `### AUTOTEST mean([1])`: the same points, or refused by name."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from nbformat import from_dict
from rich.console import Console
from traitlets.config import Config

from course_lib.authoring.autotests import autotest_faults
from course_lib.authoring.release import release
from course_lib.errors import AuthoringError, CourseError
from course_lib.grading.course import Course
from course_lib.report.grading import grade_assignment
from course_lib.report.run import Request

from .notebooks import Notebook, cell, graded_by, notebook, write
from .ps1 import GUIDE, hand_in, points, quickstart

TEMPLATES = (GUIDE / "autotests.yml").read_text()
GENERATED = notebook(
    cell("### BEGIN SOLUTION\nx = 3\n### END SOLUTION", grade_id="x", grade=False, solution=True),
    graded_by("### HASHED AUTOTEST x", "test_x", 2),
)
CLASS = ("right", "right_by_loop", "wrong_kind", "blank", "part_no_error", "raises_name", "cheats")


def faults(nb: Notebook, folder: Path, templates: str | None) -> str:
    """What is said of a notebook where the course has these templates."""
    if templates is not None:
        (folder / "autotests.yml").write_text(templates)
    found = autotest_faults(from_dict(nb), "source/ps1/a.ipynb", [folder / "ps1", folder], Config())
    return "\n".join(map(str, found))


@pytest.mark.parametrize(
    ("templates", "said"),
    [
        (None, "there is no autotests.yml"),
        ("python3: [", "is not YAML"),
        ("ir: {}", "has nothing under that name"),
        (TEMPLATES.replace("    hash:", "    hush:"), "autotests.yml has no hash for 'python3'"),
        (TEMPLATES.replace("        default:", "        other:"), "no templates: default"),
    ],
)
def test_templates_that_nbgrader_would_stop_at_are_named(
    tmp_path: Path, templates: str | None, said: str
) -> None:
    found = faults(GENERATED, tmp_path, templates)
    assert "source/ps1/a.ipynb, cell test_x: " in found
    assert said in found
    assert "next: " in found


def test_templates_that_are_whole_are_no_fault_nor_is_a_notebook_without_such_tests(
    tmp_path: Path,
) -> None:
    assert faults(GENERATED, tmp_path, TEMPLATES) == ""
    assert faults(notebook(graded_by("assert x", "test_x", 1)), tmp_path / "none", None) == ""


def test_a_cell_that_is_not_graded_and_another_kernel_are_named(tmp_path: Path) -> None:
    nb = notebook(cell("### AUTOTEST x", grade_id="x", grade=False, solution=True))
    assert "cell x: has an AUTOTEST line and is not graded" in faults(nb, tmp_path, TEMPLATES)
    nb["metadata"] = {"kernelspec": {"name": "astro", "language": "python"}}
    assert "no tests for the kernel 'astro'" in faults(nb, tmp_path, TEMPLATES)


@pytest.mark.slow
def test_a_solution_that_stops_while_tests_are_generated_is_told_in_words(tmp_path: Path) -> None:
    root = quickstart(tmp_path / "course101")
    nb = notebook(*GENERATED["cells"][:1], graded_by("### AUTOTEST y + 1", "test_x", 2))
    write(nb, root / "source" / "ps1" / "a.ipynb")
    with pytest.raises(AuthoringError) as refused:
        release("ps1", root)
    assert "a.ipynb stopped with NameError: name 'y' is not defined" in str(refused.value)
    assert "Traceback" not in str(refused.value)
    assert not (root / "release" / "ps1").exists()


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """nbgrader's own example of such tests, released and handed in."""
    root = quickstart(tmp_path_factory.mktemp("course") / "course101", "ps1_autotest")
    release("ps1_autotest", root)
    hand_in(root, "ps1_autotest", CLASS)
    return root


@pytest.mark.slow
def test_all_have_the_points_that_nbgrader_gives(course: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", "ps1_autotest"],
        cwd=course,
        env={"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "HOME": str(course)},
        capture_output=True,
        check=True,
    )
    expected = points(course)
    assert grade_assignment(Request(course, "ps1_autotest", jobs=1), Console(quiet=True)) == 0
    assert len(expected) == len(CLASS) * 10
    assert {points for points, _ in expected.values()} >= {0.0, 0.5, 1.0}
    assert points(course) == expected


@pytest.mark.slow
def test_lines_that_generate_tests_are_not_taken_for_tests(course: Path) -> None:
    """Without the gradebook, in which the generated ones are, nobody gets points for a comment."""
    (course / "gradebook.db").rename(course / "elsewhere.db")
    path = course / "source" / "ps1_autotest" / "problem1.ipynb"
    text = path.read_text()
    path.write_text(json.dumps(json.loads(text.replace("### AUTOTEST", "### HASHED AUTOTEST"))))
    try:
        with pytest.raises(CourseError, match="are neither in the gradebook nor in source"):
            Course(course, "ps1_autotest").notebooks  # noqa: B018 - read now
    finally:
        (course / "elsewhere.db").rename(course / "gradebook.db")
        path.write_text(text)
