"""Generated mistakes: many, all different, all Python; and none that is right after all."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from course_lib.grading.course import Course
from course_lib.grading.mutants import mutants, right_calls, some

COURSE = Course(Path(__file__).parents[2], "00_worksheet")


@pytest.fixture(scope="module")
def generated() -> list:
    return mutants(COURSE.solutions.cells, COURSE.skeleton.exercises)


def test_there_are_hundreds_and_some_of_each_exercise(generated: list) -> None:
    assert len(generated) >= 400
    assert {entry.exercise for entry in generated} == set(COURSE.skeleton.exercises)


def test_each_is_python_and_differs_from_the_solution_and_from_all_others(generated: list) -> None:
    sources = [(entry.exercise, ast.unparse(ast.parse(entry.source))) for entry in generated]
    solutions = {ast.unparse(ast.parse(COURSE.solutions.cell(name).source)) for name, _ in sources}
    assert len(set(sources)) == len(sources)
    assert solutions.isdisjoint(source for _, source in sources)


def test_they_are_the_same_every_time(generated: list) -> None:
    assert mutants(COURSE.solutions.cells, COURSE.skeleton.exercises) == generated
    assert some(generated, 20, seed=1) == some(generated, 20, seed=1)
    assert len(some(generated, 20, seed=1)) == 20


def test_the_inputs_that_tell_equivalents_are_not_the_claims() -> None:
    plan = COURSE.plan(seed=1)
    for name, exercise in plan.checks.exercises.items():
        asked = {call.key for call in plan.calls[name]}
        told = {call.key for call in right_calls(exercise, seed=1)}
        assert told
        assert asked.isdisjoint(told)
