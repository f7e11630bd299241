"""An assignment is what its folder holds; one bad file costs its own exercise and no other."""

from __future__ import annotations

import importlib
import json
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from course_lib.claims.judging import judge
from course_lib.claims.loading import (
    course_root,
    digest_of,
    folders,
    load,
    load_or_refuse,
    names,
)
from course_lib.claims.sampling import SamplingPlan
from course_lib.errors import AuthorFault, CourseError

EXERCISE = '''
from hypothesis import strategies as st
from course_lib.claims import agree, exercise


@exercise(points=1)
def NAME(x):
    """A number made from another."""
    return RESULT


@NAME.claim(points=1, draws=3, x=st.floats(1.0, 2.0))
def is_right(student, truth, x):
    """It is right."""
    agree(student.NAME(x), truth(x))
'''


def exercise(name: str, result: str = "2.0 * x", before: str = "") -> str:
    return before + EXERCISE.replace("NAME", name).replace("RESULT", result)


def write(root: Path, place: str, text: str) -> Path:
    path = root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def solution(name: str) -> dict:
    grading = {"grade_id": name, "solution": True, "grade": False}
    return {"cell_type": "code", "metadata": {"nbgrader": grading}, "source": f"def {name}(x): ..."}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, "assignments/01_one/first.py", exercise("first"))
    write(tmp_path, "assignments/01_one/second.py", exercise("second"))
    return tmp_path


def test_exercises_come_in_the_order_of_the_notebook(root):
    assert list(load("01_one", root).exercises) == ["first", "second"]
    given = {"cell_type": "code", "metadata": {}, "source": "import numpy as np\nA = 1"}
    nb = {"cells": [given, solution("second"), solution("first")]}
    write(root, "source/01_one/one.ipynb", json.dumps(nb))
    assignment = load("01_one", root)
    assert list(assignment.exercises) == ["second", "first"]
    assert assignment.given == {"np", "A"}


def test_an_exercise_that_is_not_in_the_notebook_comes_last(root):
    write(root, "source/01_one/one.ipynb", json.dumps({"cells": [solution("second")]}))
    assert list(load("01_one", root).exercises) == ["second", "first"]


@pytest.mark.parametrize("text", ["", "{}", "not json", '{"cells": 3}'])
def test_a_notebook_that_cannot_be_read_orders_nothing(root, text):
    write(root, "source/01_one/one.ipynb", text)
    assert list(load("01_one", root).exercises) == ["first", "second"]


def test_two_exercises_of_one_name_are_named_with_both_files(root):
    write(root, "assignments/01_one/third.py", exercise("first"))
    assignment = load("01_one", root)
    (fault,) = assignment.faults()
    assert (fault.file, fault.line) == ("assignments/01_one/third.py", 6)
    assert "there are two exercises called first" in fault.problem
    assert "assignments/01_one/first.py" in fault.problem
    assert fault.next_step.startswith("rename one of them")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("import nothing_of_this_name\n", 1, "ModuleNotFoundError"),
        ("x = 1\ndef f(:\n", 2, "SyntaxError"),
        ("def fail():\n    raise ValueError('no\\nway')\n\nfail()\n", 2, "ValueError: no way"),
        ("import sys\nsys.exit(3)\n", 2, "SystemExit: 3"),
        ("\n\nfrom .second import nothing_like_it\n", 3, "ImportError"),
    ],
)
def test_a_file_that_raises_breaks_its_own_exercise_alone(root, text, line, said):
    write(root, "assignments/01_one/first.py", text)
    assignment = load("01_one", root)
    assert list(assignment.exercises) == ["second"]
    (fault,) = assignment.faults()
    assert assignment.broken == {"first": fault}
    assert (fault.file, fault.line) == ("assignments/01_one/first.py", line)
    assert fault.problem.startswith("first.py cannot be loaded")
    assert said in fault.problem
    assert str(fault).startswith(f"assignments/01_one/first.py, line {line}: ")


def test_a_file_that_others_import_breaks_those_that_do(root):
    write(root, "assignments/01_one/shared.py", "raise RuntimeError('no')\n")
    write(root, "assignments/01_one/first.py", exercise("first", before="from . import shared\n"))
    assignment = load("01_one", root)
    assert set(assignment.broken) == {"first", "shared"}
    assert {fault.file for fault in assignment.faults()} == {"assignments/01_one/shared.py"}
    assert list(assignment.exercises) == ["second"]


def test_public_functions_of_truth_are_its_helpers(root):
    write(
        root,
        "assignments/01_one/truth.py",
        "import math\n\ndef doubled(x):\n    return 2 * x\n\n"
        "def _hidden(x):\n    return x\n\nTEN = 10\n",
    )
    assignment = load("01_one", root)
    assert set(assignment.helpers) == {"doubled"}
    assert assignment.helper("doubled")(3.0) == 6.0
    with pytest.raises(AttributeError, match="truth has no double; it has first, second, doubled"):
        assignment.helper("double")
    truth = SamplingPlan.draw(assignment, 0, only=()).truth_for(assignment.exercises["first"])
    assert truth.doubled(4.0) == 8.0
    assert truth.second(4.0) == 8.0
    assert truth(4.0) == 8.0


def test_two_assignments_may_have_exercises_and_modules_of_one_name(root):
    """Each has its own `first`, from its own `shared`."""
    for name, factor in (("01_one", 3.0), ("02_two", 5.0)):
        write(root, f"assignments/{name}/shared.py", f"FACTOR = {factor}\n")
        text = exercise("first", "FACTOR * x", before="from .shared import FACTOR\n")
        write(root, f"assignments/{name}/first.py", text)
    one, two = load("01_one", root), load("02_two", root)
    assert (one.exercises["first"](1.0), two.exercises["first"](1.0)) == (3.0, 5.0)
    for assignment in (one, two):
        plan = SamplingPlan.draw(assignment, 1)
        truth = plan.truth
        result = judge(
            plan,
            assignment.exercises["first"],
            lambda questions, truth=truth: [truth.answer(question) for question in questions],
        )
        assert result.earned == 1.0


def test_an_edited_file_is_read_again(root):
    before = load("01_one", root)
    assert load("01_one", root) is before
    write(root, "assignments/01_one/first.py", exercise("first", "3.0 * x"))
    after = load("01_one", root)
    assert (before.exercises["first"](1.0), after.exercises["first"](1.0)) == (2.0, 3.0)


def test_the_digest_is_of_code_and_not_of_the_bank(root):
    folder = root / "assignments" / "01_one"
    before = digest_of(folder)
    write(folder, "mistakes/first/a.py", '"""Seen."""\n')
    write(folder, "tests/test_it.py", "")
    write(folder, "notes.md", "words")
    assert digest_of(folder) == before
    write(folder, "data/more.py", "")
    assert digest_of(folder) != before


LOOK = """
import pickle, sys
plan = pickle.load(sys.stdin.buffer)
from course_lib.claims.judging import judge
earned = [judge(plan, e, lambda qs: [plan.truth.answer(q) for q in qs]).earned
          for e in plan.assignment.exercises.values()]
assignment = plan.assignment
print(list(assignment.exercises), earned, assignment.folder, sorted(assignment.given))
"""


def test_a_plan_travels_to_a_process_where_the_folder_does_not_exist(root):
    nb = {"cells": [{"cell_type": "code", "metadata": {}, "source": "A = 1"}, solution("second")]}
    write(root, "source/01_one/one.ipynb", json.dumps(nb))
    write(root, "assignments/01_one/shared/__init__.py", "FACTOR = 2.0\n")
    text = exercise("first", "FACTOR * x", before="from .shared import FACTOR\n")
    folder = write(root, "assignments/01_one/first.py", text).parent
    data = pickle.dumps(SamplingPlan.draw(load("01_one", root), seed=4))
    shutil.rmtree(folder)
    done = subprocess.run(
        [sys.executable, "-c", LOOK], input=data, capture_output=True, timeout=600, check=False
    )
    said = done.stdout.decode()
    assert said.startswith("['second', 'first'] [1, 1] "), done.stderr.decode()
    assert str(folder) not in said
    assert said.endswith(" ['A']\n")


def test_names_are_those_of_folders_with_code(root):
    write(root, "assignments/02_two/f.py", "")
    (root / "assignments" / "03_empty").mkdir()
    assert names(root) == ["01_one", "02_two"]
    assert folders(root)["02_two"] == root / "assignments" / "02_two"


def test_a_name_that_there_is_not_is_answered_with_those_there_are(root):
    with pytest.raises(LookupError, match="no assignment '01_on': did you mean 01_one"):
        load("01_on", root)
    with pytest.raises(LookupError, match="those there are: 01_one"):
        load("something else", root)
    with pytest.raises(CourseError, match="did you mean 01_one"):
        load_or_refuse("01_on", root)


def test_the_course_is_the_nearest_folder_upwards(root, tmp_path_factory):
    inner = root / "source" / "01_one"
    inner.mkdir(parents=True)
    assert course_root(inner) == root
    assert course_root(root / "assignments" / "01_one" / "first.py") == root
    write(inner, "nbgrader_config.py", "")
    assert course_root(inner) == inner


def test_a_folder_that_is_called_assignments_is_no_course(tmp_path_factory):
    """A student's own: nothing in it may be run because `check` looks for claims."""
    home = tmp_path_factory.mktemp("home")
    write(home, "assignments/physics1/solve.py", "raise SystemExit\n")
    (home / "lesson").mkdir()
    assert course_root(home / "lesson") is None


def test_settings_close_modules_and_name_imports(root):
    write(
        root,
        "assignments/01_one/course.toml",
        'closed = ["course_lib.inference", "emcee"]\nimports = ["numpy"]\n',
    )
    assignment = load("01_one", root)
    assert assignment.is_closed("emcee") and assignment.is_closed("course_lib.inference.result")
    assert not assignment.is_closed("emcee3") and not assignment.is_closed("course_lib")
    assert assignment.imports == ("numpy",)
    assert assignment.topic == "one"


@pytest.mark.parametrize(
    "text", ["closed = [", "closed = 3", "imports = 5", 'closed = "emcee"', "imports = [5]"]
)
def test_settings_that_cannot_be_read_are_a_fault(root, text):
    write(root, "assignments/01_one/course.toml", text)
    (fault,) = load("01_one", root).faults()
    assert isinstance(fault, AuthorFault)
    assert fault.file == "assignments/01_one/course.toml"
    assert fault.next_step


def test_what_is_loaded_is_no_module_that_others_import(root):
    load("01_one", root)
    for name in ("first", "01_one", "assignments.01_one.first"):
        with pytest.raises(ImportError):
            importlib.import_module(name)
