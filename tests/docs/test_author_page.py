"""docs/author.md: its examples work, and its messages are those that the engine gives."""

import ast
import re
import subprocess
import sys

import nbformat
import pytest

from course_lib.authoring.build import read_twin
from course_lib.authoring.scan import scan
from course_lib.claims.bank import changed, read_bank, without_markers
from course_lib.claims.judging import judge
from course_lib.claims.loading import load_folder
from course_lib.claims.sampling import SamplingPlan
from course_lib.notebook.reading import cells_of
from course_lib.protocol.perform import perform

from .author_page import FILES, PAGE, write_course

PENDULUM = "assignments/01_pendulum"


@pytest.fixture
def course(tmp_path):
    """The page's files, as a course."""
    return write_course(tmp_path)


def loaded(course, name):
    assignment = load_folder(name, course / "assignments" / name)
    plan = SamplingPlan.draw(assignment, seed=7)
    assert [*assignment.faults(), *plan.faults.values()] == []
    return assignment, plan


def earned(plan, exercise, namespace):
    return judge(plan, exercise, lambda asked: [perform(namespace, q) for q in asked]).earned


def defined(source):
    namespace = {}
    exec(compile(source, "<cell>", "exec"), namespace)
    return namespace


def solution(course):
    """The pendulum's solution cell."""
    notebook = read_twin(course / "source/01_pendulum/pendulum.nb.py")
    return next(c.source for c in cells_of(notebook) if c.grade_id == "leapfrog")


def test_the_examples_notebook_has_no_fault(course):
    notebook = read_twin(course / "source/01_pendulum/pendulum.nb.py")
    assert scan(notebook, "pendulum.nb.py", {"leapfrog": 3.0}) == []


def test_the_examples_solution_earns_all_points(course):
    assignment, plan = loaded(course, "01_pendulum")
    exercise = assignment.exercises["leapfrog"]
    assert earned(plan, exercise, defined(without_markers(solution(course)))) == 3.0


def test_the_examples_mistakes_lose_points_and_its_alternative_none(course):
    assignment, plan = loaded(course, "01_pendulum")
    exercise = assignment.exercises["leapfrog"]
    bank = read_bank(course / PENDULUM, assignment.exercises)
    changes, faults = changed(exercise, solution(course))
    assert (list(bank.faults), faults) == ([], [])
    points = {
        entry.slug: earned(plan, exercise, defined(entry.source))
        for entry in (*bank.entries, *changes)
    }
    assert points == {"euler": 0.5, "one_step_short": 0.5, "recursion": 3.0}


KINDS = ["RunningMean", "half_life", "mean_by_name", "plot_fit", "random_walk"]


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_of_exercise_is_passed_by_its_truth(course, name):
    assignment, plan = loaded(course, "02_kinds")
    exercise = assignment.exercises[name]
    right = exercise.truth() if exercise.variable else exercise.truth
    assert earned(plan, exercise, {name: right}) == exercise.points


def test_the_exercise_on_tensors_is_passed_by_tensorflow(course):
    tensorflow = pytest.importorskip("tensorflow")
    assignment, plan = loaded(course, "02_kinds")

    def log_density(x, mean):
        return -0.5 * tensorflow.reduce_sum((x - mean) ** 2)

    exercise = assignment.exercises["log_density"]
    assert earned(plan, exercise, {"log_density": log_density}) == exercise.points


def test_all_kinds_of_the_page_are_tried(course):
    assert set(loaded(course, "02_kinds")[0].exercises) == {*KINDS, "log_density"}


REFUSED = [
    ("points=1, swing=SWINGS", "points=2, swing=SWINGS", "share out 4 of 3 points"),
    ("(student, truth, swing):\n    \"\"\"The pend", "(student, swing):\n    \"\"\"The pend",
     "takes (student, swing)"),
    ('"range(n)"', '"range(m)"', "'range(m)' is not in the solution of leapfrog"),
    ("now = force(q)\n        p", "now = force(q) + 0 * force(p)\n        p",
     "it fails on its own truth (claim asks_for_the_force_once_a_step of leapfrog)"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), REFUSED)
def test_what_it_says_is_refused_is_refused_in_these_words(course, old, new, said):
    path = course / PENDULUM / "leapfrog.py"
    before = path.read_text("utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), "utf-8")
    assignment = load_folder("01_pendulum", course / PENDULUM)
    faults = [*assignment.faults(), *SamplingPlan.draw(assignment, seed=7).faults.values()]
    for exercise in assignment.exercises.values():
        faults += changed(exercise, solution(course))[1]
    assert any(said in str(fault) for fault in faults), (said, list(map(str, faults)))
    assert said in PAGE


def test_its_python_is_python():
    for name, text in FILES.items():
        ast.parse(text, name)


def one_step_short(course):
    """The example's notebook with a loop that ends one step early; what `course check` says."""
    (course / "nbgrader_config.py").write_text("c = get_config()\n")
    notebook = read_twin(course / "source/01_pendulum/pendulum.nb.py")
    cell = next(cell for cell in notebook.cells if "range(n)" in cell.source)
    cell.source = without_markers(cell.source).replace("range(n)", "range(n - 1)")
    nbformat.write(notebook, course / "pendulum.ipynb")
    return said_by(course, "check", "pendulum.ipynb")


def said_by(course, *command):
    done = subprocess.run(
        [sys.executable, "-m", "course_lib.cli", *command], cwd=course, capture_output=True
    )
    return done.stdout.decode()


def test_an_author_checks_a_notebook_before_anything_is_released(course):
    said = one_step_short(course)
    assert said.startswith("leapfrog: 0.5 of 3 points\n") and "not written" not in said


@pytest.mark.slow
def test_the_card_is_what_course_check_prints(course):
    (course / "nbgrader_config.py").write_text("c = get_config()\n")
    assert "dist/01_pendulum.zip" in said_by(course, "release", "01_pendulum")
    shown = re.search(r"^```text\n(leapfrog: 0\.5 .*?)^…$", PAGE, re.M | re.S)[1]
    assert one_step_short(course).startswith(shown)
