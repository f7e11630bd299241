"""Generated mistakes: many, all different, all Python; and none that is right after all."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from course_lib.claims.sampling import SamplingPlan
from course_lib.grading.audit.mutants import mutants, right_questions, some
from course_lib.grading.course import Course

COURSE = Course(Path(__file__).parents[2], "00_worksheet")


@pytest.fixture(scope="module")
def plan() -> SamplingPlan:
    return COURSE.plan(seed=1)


@pytest.fixture(scope="module")
def generated(plan: SamplingPlan) -> list:
    return mutants(COURSE.solutions.cells, plan)


def test_there_are_hundreds_and_some_of_each_exercise(generated: list) -> None:
    assert len(generated) >= 400
    assert {entry.exercise for entry in generated} == set(COURSE.released.exercises)


def test_each_is_python_and_differs_from_the_solution_and_from_all_others(generated: list) -> None:
    sources = [(entry.exercise, ast.unparse(ast.parse(entry.source))) for entry in generated]
    solutions = {ast.unparse(ast.parse(COURSE.solutions.cell(name).source)) for name, _ in sources}
    assert len(set(sources)) == len(sources)
    assert solutions.isdisjoint(source for _, source in sources)


def test_they_are_the_same_every_time(plan: SamplingPlan, generated: list) -> None:
    assert mutants(COURSE.solutions.cells, plan) == generated
    assert some(generated, 20, seed=1) == some(generated, 20, seed=1)
    assert len(some(generated, 20, seed=1)) == 20


def test_the_inputs_that_tell_equivalents_are_not_the_claims(plan: SamplingPlan) -> None:
    for name, exercise in plan.assignment.exercises.items():
        asked = {question.key for question in plan.questions[name]}
        told = {question.key for question in right_questions(plan, exercise)}
        assert told
        assert asked.isdisjoint(told)
