"""A student's package judges as the course does, with recorded answers in place of truths."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course_lib.authoring.package import package_files
from course_lib.claims.loading import load, load_folder
from course_lib.notebook.reading import cells_of
from course_lib.student.check import plan_of, tried
from course_lib.student.timeouts import patient

COURSE = Path(__file__).parents[1] / "courses" / "tiny"
ASSIGNMENT = "01_basics"
EXERCISES = sorted(load(ASSIGNMENT, COURSE).exercises)


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """The assignment as a student has it installed: in another folder, without its truths."""
    folder = tmp_path_factory.mktemp("installed") / ASSIGNMENT
    for name, data in package_files(load(ASSIGNMENT, COURSE)).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return load_folder(ASSIGNMENT, folder)


@pytest.fixture(scope="module")
def solved():
    """What the instructor's own notebook defines."""
    (path,) = (COURSE / "source" / ASSIGNMENT).glob("*.ipynb")
    namespace: dict[str, object] = {"__name__": "__main__"}
    for cell in cells_of(json.loads(path.read_text("utf-8"))):
        if cell.may_run and "emcee" not in cell.source:
            exec(compile(cell.source, "<cell>", "exec"), namespace)
    return namespace


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_right_answer_earns_every_point(packed, solved, exercise):
    result = tried(plan_of(packed, exercise, 0), exercise, patient(solved))
    assert (result["status"], result["earned"]) == ("passed", result["points"]), result


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_function_that_is_not_there_earns_nothing(packed, exercise):
    result = tried(plan_of(packed, exercise, 0), exercise, patient({}))
    assert (result["status"], result["earned"]) == ("missing", 0.0)


def test_no_truth_is_in_it(packed):
    text = "\n".join(path.read_text("utf-8") for path in packed.folder.rglob("*.py"))
    assert "this stays with the grader" in text
    assert ".mistake(" not in text
    assert not (packed.folder / "truth.py").exists()
