"""Mistakes of an author's: one exercise waits for them, nobody else loses a point."""

from __future__ import annotations

import html
import json
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from course_lib.feedback.explain import UNGRADED
from course_lib.grading.course import Course
from course_lib.grading.submission.collect import read_submission
from course_lib.grading.verdict import read_verdict
from course_lib.grading.verifier import Verifier
from tests.engine.conftest import check_of, copy_of_tiny, notebook

NAME = "01_basics"
WRONG = "def mean(values):\n    return 0.0"

# What is wrong, the change of mean.py, and what staff read of it beside file and line.
HEADER = "import numpy as np\n"
CLAIM = "    agree(student.mean(values), truth(values), tolerance=ROUNDING)\n"
STRATEGY = "@mean.claim(points=1, gate=True, values=VALUES)\n"
FAULTS = {
    "a claim that raises": (
        CLAIM,
        f"    int('x')\n{CLAIM}",
        "ValueError: invalid literal for int()",
    ),
    "a claim that raises for wrong answers": (
        CLAIM,
        f"    int(1 / student.mean(values + 100))\n{CLAIM}",
        "OverflowError: cannot convert float infinity",
    ),
    "a claim that is not true": (CLAIM, "    agree(student.mean(values), 1e9)\n", "its own truth"),
    "a claim that draws": (
        CLAIM,
        f"    from hypothesis import assume\n    assume(False)\n{CLAIM}",
        "UnsatisfiedAssumption",
    ),
    "a strategy that raises": (
        STRATEGY,
        "@mean.claim(points=1, gate=True, values=VALUES.map(lambda v: v[99]))\n",
        "IndexError: index 99 is out of bounds",
    ),
    "a strategy that filters everything": (
        STRATEGY,
        "@mean.claim(points=1, gate=True, values=VALUES.filter(lambda v: v.size > 99))\n",
        "no input of the claim is_the_mean passes its strategy's own filters",
    ),
    "a truth that raises": (
        "    return float(np.sum(values) / len(values))",
        "    raise RuntimeError('a truth')",
        "RuntimeError: a truth",
    ),
    "a truth that does not cross": (
        "    return float(np.sum(values) / len(values))",
        "    return {1, 2}",
        "",
    ),
    "an input that does not cross": (
        STRATEGY,
        "@mean.claim(points=1, gate=True, values=VALUES.map(set))\n",
        "CannotCross: set",
    ),
    "too large an input": (
        STRATEGY,
        "@mean.claim(points=1, gate=True, values=VALUES.map(lambda v: np.zeros(2**21 + 1)))\n",
        "2,097,153 numbers",
    ),
    "points that do not add up": (
        STRATEGY,
        "@mean.claim(points=1.25, gate=True, values=VALUES)\n",
        "share out 2.25 of 2 points",
    ),
    "a file that is not Python": (HEADER, "import numpy as np (\n", "SyntaxError"),
    "a file that does not import": (HEADER, "import nunpy as np\n", "No module named 'nunpy'"),
    "a claim without a docstring": (
        '    """It is the sum over the number of values."""\n',
        "",
        "has no docstring",
    ),
}


def changed(folder: Path, file: str, old: str, new: str) -> Path:
    path = folder / "assignments" / NAME / file
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")
    return folder


def hand_in(folder: Path, student: str, **replaced: str) -> None:
    course = Course(folder, NAME)
    path = folder / "submitted" / student / NAME / f"{course.released.notebook}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes(notebook(course, replaced))


def grade(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "course_lib.cli", "grade", NAME, "--seed", "7", "--unjailed"]
    return subprocess.run(
        [*command, "--jobs", "1", *options],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )


@pytest.mark.parametrize("problem", FAULTS)
def test_it_costs_its_own_exercise_alone_and_is_told_to_staff(problem, tmp_path, verifiers):
    old, new, said = FAULTS[problem]
    folder = changed(copy_of_tiny(tmp_path / "course"), "mean.py", old, new)
    course = Course(folder, NAME)
    plan = course.plan(7)
    _, verifier = verifiers(NAME)
    submission = read_submission(notebook(course, {"mean": WRONG}), course.released, "ada")
    verdict = Verifier(plan, verifier.fork_server).grade(submission)
    check = check_of(verdict, "mean")
    assert (check["status"], check["earned"], check["points"]) == ("ungraded", 0.0, 2.0)
    assert check["message"] == UNGRADED
    assert "not your mistake" in UNGRADED
    assert verdict["earned"] == verdict["possible"] - 2.0
    assert len(verdict["checks"]) == 10
    (remark,) = verdict["remarks"]
    assert remark.startswith(f"mean is not graded: assignments/{NAME}/mean.py, line ")
    assert said in remark


WORDS = """
from .mean import mean


def speaks(evidence):
    return evidence.nothing_like_it


def draws(scene):
    raise OSError("no ink")


{}
"""
LOST = {
    "a hint": ("mean.hint(speaks)", "without speaks", "AttributeError"),
    "a late hint": ("mean.hint(speaks, late=True)", "without speaks", "AttributeError"),
    "a picture": ("mean.pictures.append(draws)", "without draws", "OSError: no ink"),
    "a feature": (
        "mean.features.append(lambda given: 1 / 0)",
        "without boundary",
        "ZeroDivisionError",
    ),
}


@pytest.mark.parametrize("what", LOST)
def test_an_explanation_that_fails_loses_its_words_alone(what, tmp_path, verifiers):
    line, told, error = LOST[what]
    folder = copy_of_tiny(tmp_path / "course")
    (folder / "assignments" / NAME / "hints.py").write_text(WORDS.format(line))
    course = Course(folder, NAME)
    plan = course.plan(7)
    plan.mistakes = None
    half = "def mean(values):\n    return np.mean(values) if values[0] > 0 else 7.3 * values[0]"
    submission = read_submission(notebook(course, {"mean": half}), course.released, "ada")
    verdict = Verifier(plan, verifiers(NAME)[1].fork_server).grade(submission)
    check = check_of(verdict, "mean")
    assert check["status"] == "failed"
    assert verdict["earned"] == verdict["possible"] - 2.0
    (remark,) = verdict["remarks"]
    assert told in remark
    assert error in remark
    assert f"assignments/{NAME}/hints.py, line " in remark


def test_a_list_of_arrays_is_an_input_like_any_other(tmp_path, verifiers):
    folder = changed(
        copy_of_tiny(tmp_path / "course"),
        "mean.py",
        STRATEGY + "def is_the_mean(student, truth, values):",
        "from hypothesis import strategies as st\n\n\n"
        "@mean.claim(points=1, gate=True, parts=st.lists(VALUES, min_size=1, max_size=3))\n"
        "def is_the_mean(student, truth, parts):",
    )
    changed(folder, "mean.py", CLAIM, f"    values = np.concatenate(parts)\n{CLAIM}")
    course = Course(folder, NAME)
    submission = read_submission(notebook(course, {"mean": WRONG}), course.released, "ada")
    verdict = Verifier(course.plan(7), verifiers(NAME)[1].fork_server).grade(submission)
    assert verdict["remarks"] == []
    (claim, *_) = check_of(verdict, "mean")["claims"]
    assert not claim["passed"]
    assert len(claim["inputs"]["values"]) == 1


@pytest.mark.slow
def test_the_command_says_so_and_the_gradebook_has_zero_with_the_sentence(tmp_path):
    folder = changed(copy_of_tiny(tmp_path / "course"), "mean.py", CLAIM, f"    int('x')\n{CLAIM}")
    hand_in(folder, "ada")
    hand_in(folder, "zoe", roots="def roots(a, b, c):\n    return None")
    done = grade(folder)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "25/27" in done.stdout
    assert "22/27" in done.stdout
    assert "? not graded: the course's own checks failed" in done.stdout
    assert "Not graded: mean, of 2 of 2; it counts as 0 points so far." in done.stdout
    assert f"assignments/{NAME}/mean.py, line 21" in done.stdout
    with Gradebook(f"sqlite:///{folder}/gradebook.db", "tiny") as gradebook:
        found = gradebook.find_submission_notebook("basics", NAME, "ada")
        scores = {grade.name: grade.auto_score for grade in found.grades}
    assert scores.pop("check_mean") == 0.0
    assert sum(scores.values()) == 25.0
    shown = json.loads((folder / f"autograded/ada/{NAME}/basics.ipynb").read_text("utf-8"))
    (cell,) = [
        cell
        for cell in shown["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "check_mean"
    ]
    assert UNGRADED in "".join(cell["outputs"][0]["data"]["text/plain"]).replace("\n", " ")
    page = (folder / f"feedback/ada/{NAME}/basics.html").read_text("utf-8")
    assert UNGRADED in html.unescape(page)

    changed(folder, "mean.py", "    int('x')\n", "")
    again = grade(folder)
    assert again.returncode == 0, again.stdout + again.stderr
    assert "27/27" in again.stdout
    verdict = read_verdict(folder, NAME, "ada")
    assert verdict is not None
    assert verdict["remarks"] == []


def test_a_broken_file_of_hints_is_told_and_costs_no_point(tmp_path):
    folder = copy_of_tiny(tmp_path / "course")
    (folder / "assignments" / NAME / "hints.py").write_text("import nothing_like_it\n")
    hand_in(folder, "ada")
    done = grade(folder, "--no-feedback")
    assert done.returncode == 1
    assert "27/27" in done.stdout
    assert f"assignments/{NAME}/hints.py, line 1: hints.py cannot be loaded" in done.stdout
