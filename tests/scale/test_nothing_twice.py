"""After a change, only that is judged again which depends on it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from course_lib.grading import keys
from course_lib.grading.course import Course
from course_lib.grading.engine import grade_cohort
from course_lib.grading.keys import Keys
from course_lib.grading.verdict import read_verdict, write_verdict
from tests.grading.conftest import ASSIGNMENT, ROOT, SEED, with_cells
from tests.scale.conftest import SOLVED, course_of

EXERCISES = ("tf_log_like", "log_prior", "fit_line")


def of(root: Path = ROOT) -> dict[str, str]:
    return Keys(root, ASSIGNMENT, EXERCISES).of("content", SEED)


@pytest.fixture
def package(tmp_path: Path, monkeypatch) -> Path:
    """A copy of the package, which the keys are then made from."""
    copy = tmp_path / "package"
    shutil.copytree(keys.PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    before = of()
    monkeypatch.setattr(keys, "PACKAGE", copy)
    assert of() == before
    return copy


def changed(path: Path, before: dict[str, str]) -> set[str]:
    with path.open("a") as file:
        file.write("\n# changed\n")
    return {name for name, key in of().items() if key != before[name]}


def test_claims_of_one_exercise_change_its_key_alone(package: Path):
    assert changed(package / "checks" / "worksheet" / "log_prior.py", of()) == {"log_prior"}


@pytest.mark.parametrize(
    "path", ["checks/worksheet/extremes.py", "reference/line.py", "grading/verifier.py"]
)
def test_what_all_depend_on_changes_every_key(package: Path, path: str):
    assert changed(package / path, of()) == set(EXERCISES)


def test_claims_that_others_import_change_every_key(package: Path):
    with (package / "checks" / "worksheet" / "fit_line.py").open("a") as file:
        file.write("from course_lib.checks.worksheet.log_prior import PI\n")
    assert changed(package / "checks" / "worksheet" / "log_prior.py", of()) == set(EXERCISES)


def test_content_and_seed_change_every_key():
    made = Keys(ROOT, ASSIGNMENT, EXERCISES)
    for other in (made.of("another", SEED), made.of("content", SEED + 1)):
        assert set(other.values()).isdisjoint(of().values())


def test_a_version_changes_every_key(monkeypatch):
    before = of()
    monkeypatch.setattr(keys.metadata, "version", lambda name: "0.0")
    assert set(of().values()).isdisjoint(before.values())


def test_one_changed_exercise_is_judged_again_and_the_others_are_not(tmp_path: Path):
    course = course_of(tmp_path / "course", {"ada": with_cells(SOLVED, {})})

    def grade() -> dict[str, float]:
        (outcome,) = grade_cohort(course, ["ada"], jobs=1, seed=SEED)
        assert not outcome.reused
        assert outcome.verdict == read_verdict(course.root, ASSIGNMENT, "ada")
        assert outcome.verdict["possible"] == 18.0
        assert outcome.verdict["earned"] == sum(c["earned"] for c in outcome.verdict["checks"])
        return {check["exercise"]: check["earned"] for check in outcome.verdict["checks"]}

    first = grade()
    verdict = read_verdict(course.root, ASSIGNMENT, "ada")
    assert verdict is not None
    verdict["key"] = "of earlier"
    verdict["check_keys"]["log_prior"] = "of claims that were others"
    for check in verdict["checks"]:
        check["earned"] = 0.5  # a mark that judging again would wipe off
    write_verdict(course.root, verdict)

    second = grade()
    assert list(second) == list(first)  # in their order
    assert second == dict.fromkeys(first, 0.5) | {"log_prior": first["log_prior"]}
    assert Course(course.root, ASSIGNMENT).still_right("ada", SEED) is not None


def test_the_seed_is_that_of_a_verdict_not_of_a_file_beside_them(tmp_path: Path):
    course = course_of(tmp_path / "course", {})
    folder = course.root / "verdicts" / ASSIGNMENT
    folder.mkdir(parents=True)
    (folder / ".audit.json").write_text('{"seed": 5}')
    assert 0 <= course.seed() < 2**31
