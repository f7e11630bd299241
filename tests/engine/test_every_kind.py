"""Each kind of thing that crosses between grader and submission, from cell to verdict."""

from __future__ import annotations

import pytest

from course_lib.claims.bank import Entry
from course_lib.feedback import card
from course_lib.grading.course import Course
from tests.engine.conftest import TINY, check_of

ASSIGNMENTS = ("01_basics", "02_energy")


def entries(kind: str) -> list:
    return [
        pytest.param(assignment, entry, id=f"{assignment}:{entry.name}")
        for assignment in ASSIGNMENTS
        for entry in getattr(Course(TINY, assignment).bank(), kind)
    ]


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_solutions_earn_every_point_and_no_remark(graded, assignment):
    verdict = graded(assignment)
    assert {check["exercise"]: check["status"] for check in verdict["checks"]} == dict.fromkeys(
        (check["exercise"] for check in verdict["checks"]), "passed"
    )
    assert verdict["earned"] == verdict["possible"]
    assert verdict["remarks"] == []


@pytest.mark.parametrize(("assignment", "entry"), entries("mistakes"))
def test_a_mistake_loses_points_and_is_named(graded, assignment: str, entry: Entry):
    verdict = graded(assignment, **{entry.exercise: entry.source})
    check = check_of(verdict, entry.exercise)
    assert check["earned"] < check["points"]
    wrong = [claim for claim in check["claims"] if not claim["passed"]]
    assert {claim.get("mistake") for claim in wrong} == {entry.slug}
    assert entry.sentence in card.text(check)
    assert verdict["remarks"] == []
    others = [c for c in verdict["checks"] if c["exercise"] != entry.exercise]
    assert all(c["earned"] == c["points"] for c in others)


@pytest.mark.parametrize(("assignment", "entry"), entries("alternatives"))
def test_another_right_answer_keeps_every_point(graded, assignment: str, entry: Entry):
    verdict = graded(assignment, **{entry.exercise: entry.source})
    check = check_of(verdict, entry.exercise)
    assert check["earned"] == check["points"], card.text(check)
    assert verdict["remarks"] == []


def test_every_change_can_be_made_of_its_solution():
    assert [fault for name in ASSIGNMENTS for fault in Course(TINY, name).bank().faults] == []


def test_one_name_in_two_assignments_is_two_exercises():
    first, second = (Course(TINY, name).content.exercises["mean"] for name in ASSIGNMENTS)
    assert first.arguments == ("values",)
    assert second.arguments == ("values", "weights")


def test_tensorflow_is_not_there_where_no_exercise_needs_it(verifiers, capsys):
    memory = {}
    for assignment in ASSIGNMENTS:
        _, verifier = verifiers(assignment)
        process = verifier.fork_server.spawn()
        (report,) = process.run([("a", "import sys; print('tensorflow' in sys.modules)")])
        memory[assignment] = process.close().memory / 1e6
        found = "".join(output["text"] for output in report.outputs)
        assert found == f"{assignment == '02_energy'}\n"
    with capsys.disabled():
        print("".join(f"\n{name}: {size:.0f} MB for a fork" for name, size in memory.items()))


SENTENCE = "emcee is closed in this assignment: here you write it yourself"


@pytest.mark.parametrize(
    "source",
    [
        "import emcee",
        "from emcee import EnsembleSampler",
        "import emcee.moves",
        "import importlib\nimportlib.import_module('emcee')",
    ],
)
def test_a_closed_module_is_refused_in_a_graded_cell(graded, source: str):
    body = "\n".join(f"    {line}" for line in source.splitlines())
    solution = f"def mean(values):\n{body}\n    return sum(values) / len(values)"
    check = check_of(graded("01_basics", mean=solution), "mean")
    assert (check["earned"], check["status"]) == (0.0, "error")
    assert SENTENCE in card.text(check)


def test_a_closed_module_that_is_imported_above_stops_only_its_cell(graded):
    solution = "import emcee\ndef mean(values):\n    return sum(values) / len(values)"
    verdict = graded("01_basics", mean=solution)
    check = check_of(verdict, "mean")
    assert check["earned"] == 0.0
    assert SENTENCE in card.text(check)
    assert verdict["earned"] == verdict["possible"] - check["points"]


def test_a_module_that_one_assignment_closes_is_open_in_another(graded):
    solution = (
        "import emcee\ndef mean(values, weights):\n    return values @ weights / sum(weights)"
    )
    check = check_of(graded("02_energy", mean=solution), "mean")
    assert check["earned"] == check["points"]
