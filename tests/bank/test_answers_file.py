"""The bank's file of answers is this bank's, and small, and enough to tell its mistakes apart."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
import tomllib
import zipfile
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from course_lib.authoring.wheel import students_wheel
from course_lib.checks import answers, load
from course_lib.checks.mistakes import Known, Signature
from course_lib.checks.questions import COUNT, candidates, choose, chosen_of
from course_lib.grading.course import Course
from course_lib.grading.known import Asked, Mistakes

COURSE = Course(Path(__file__).parents[2], "00_worksheet")
CHECKS = load("00_worksheet")
BYTES = COURSE.answers_path.read_bytes()
ANSWERED = answers.load(BYTES, CHECKS)
EXERCISES = list(CHECKS.exercises)


@pytest.fixture
def mistakes() -> Mistakes:
    found = COURSE.mistakes()
    assert found is not None
    return found


def test_it_is_of_this_bank_and_these_solutions(mistakes: Mistakes) -> None:
    assert mistakes.stale(CHECKS) == [], "Next: course audit 00_worksheet, and commit the file"


def test_a_changed_mistake_makes_its_exercise_stale_and_no_other(mistakes: Mistakes) -> None:
    first, *others = mistakes.entries
    changed = dataclasses.replace(first, source=first.source + "\n# seen\n")
    edited = dataclasses.replace(mistakes, entries=(changed, *others))
    assert edited.stale(CHECKS) == [first.exercise]
    assert edited.known(CHECKS, first.exercise) is None
    assert edited.known(CHECKS, others[-1].exercise) is not None


def test_the_same_contents_are_the_same_bytes() -> None:
    assert answers.dump(answers.load(BYTES, CHECKS).values()) == BYTES


def test_bytes_that_are_no_such_file_name_nothing() -> None:
    assert answers.load(b"", CHECKS) == {}
    assert answers.load(BYTES[: len(BYTES) // 2], CHECKS) == {}


@pytest.mark.parametrize("exercise", EXERCISES)
def test_each_mistake_is_told_from_the_solution_and_from_all_that_behave_otherwise(
    exercise: str,
) -> None:
    known = ANSWERED[exercise].known
    assert len(known.calls) <= COUNT[CHECKS.exercises[exercise].takes]
    assert not [
        m.slug for m, of in zip(known.mistakes, known.of, strict=True) if known.same_as_solution(of)
    ]
    speakers = sorted(set(known.groups))
    assert len(speakers) >= len(known.mistakes) - 2  # a stale tape, a fit that never starts
    for one, other in combinations(speakers, 2):
        assert known.apart(known.of[one], known.of[other]).any()


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_solution_kept_is_right(exercise: str) -> None:
    known = ANSWERED[exercise].known
    assert known.same_as_solution(known.solution)


def test_questions_are_chosen_that_tell_apart() -> None:
    exercise = CHECKS.exercises["log_prior"]
    calls = candidates(CHECKS, exercise)
    right = [exercise.true_answer(call) for call in calls]
    signature = Signature.of(exercise, calls, right)
    odd = np.flatnonzero([call.mode == "value" for call in calls])[7]
    wrong = dataclasses.replace(signature, numbers=signature.numbers.copy())
    wrong.numbers[odd] += 1.0  # a mistake that one question in a hundred sees
    known = Known(exercise, calls, signature, ANSWERED["log_prior"].known.mistakes[:1], [wrong])
    places = choose(known, 3)
    assert odd in places
    assert chosen_of(known, places).calls[places.index(odd)] is calls[odd]


@pytest.mark.slow
@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_mistakes_answer_so_here_too(exercise: str, mistakes: Mistakes, warm) -> None:
    """What another machine wrote down is what this one computes, to what naming allows for."""
    from course_lib.checks.dependencies import choose as choose_cells

    known = ANSWERED[exercise].known
    own = COURSE.solutions.cell(exercise).source
    cells = choose_cells(COURSE.solutions.cells, set(EXERCISES)).run
    asked = Asked(warm, cells, own, known.calls)
    entries = [entry for entry in mistakes.entries if entry.exercise == exercise]
    names = [known.name(asked.of(entry.source)) for entry in entries]
    asked.close()
    said = [known.mistakes[speaker].slug for speaker in known.groups]
    assert [name.slug if name else "" for name in names] == said


def test_students_get_it_with_the_claims_and_their_own_check_reads_it(tmp_path: Path) -> None:
    """Installed without the course's folder, `check` knows every mistake by its sentence."""
    project = tomllib.loads((COURSE.root / "pyproject.toml").read_text("utf-8"))["project"]
    name, data = students_wheel(project)
    (tmp_path / name).write_bytes(data)
    with zipfile.ZipFile(tmp_path / name) as wheel:
        wheel.extractall(tmp_path / "site")
    look = (
        "from course_lib.checks import load, answers\n"
        "shipped = answers.shipped(load('00_worksheet'))\n"
        "print(answers.__file__, sum(len(each.known.mistakes) for each in shipped.values()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", look],
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    where, count = done.stdout.split()
    assert where.startswith(str(tmp_path))
    assert int(count) == len(COURSE.bank().mistakes)
