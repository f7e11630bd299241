"""After a change, only that is judged again which depends on it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from course_lib.claims.loading import load
from course_lib.grading import cache_keys as keys
from course_lib.grading.cache_keys import CacheKeys
from course_lib.grading.course import Course
from course_lib.grading.pool.engine import grade_cohort
from course_lib.grading.verdict import read_verdict, write_verdict
from tests.course_folder import TINY, TINY_POINTS
from tests.grading.conftest import ASSIGNMENT, SEED, with_cells
from tests.scale.conftest import TINY_SOLVED, course_of, tiny_course

ENGINE = ["claims/judging.py", "feedback/explain.py", "protocol/wire.py", "grading/verifier.py"]


@dataclass
class Sources:
    """Copies of all that keys are made from: the package, and a course's claims and release."""

    package: Path
    root: Path

    @property
    def claims(self) -> Path:
        return self.root / "assignments" / ASSIGNMENT

    def keys(self, content: str = "content", seed: int = SEED) -> dict[str, str]:
        return CacheKeys(load(ASSIGNMENT, self.root)).of(content, seed)

    def changed(self, path: Path) -> set[str]:
        """The exercises that have other keys once a line is added to `path`."""
        before = self.keys()
        with path.open("a") as file:
            file.write("\n# changed\n")
        return {name for name, key in self.keys().items() if key != before[name]}


@pytest.fixture
def sources(tmp_path: Path, monkeypatch) -> Sources:
    course = course_of(tmp_path / "course", {})
    copied = Sources(tmp_path / "package", course.root)
    shutil.copytree(keys.PACKAGE, copied.package, ignore=shutil.ignore_patterns("__pycache__"))
    before = copied.keys()
    monkeypatch.setattr(keys, "PACKAGE", copied.package)
    assert copied.keys() == before
    assert {"tf_log_like", "log_prior", "fit_line"} < set(before)
    return copied


def test_claims_of_one_exercise_change_its_key_alone(sources: Sources):
    assert sources.changed(sources.claims / "sampling_efficiency.py") == {"sampling_efficiency"}


def test_claims_whose_truth_another_asks_change_the_keys_of_both(sources: Sources):
    """`truth.log_prior(…)` in log_prob's claims needs no import."""
    assert sources.changed(sources.claims / "log_prior.py") == {"log_prior", "log_prob"}


@pytest.mark.parametrize("name", ["catalogue.npz", "catalogue.csv"])
def test_data_that_the_claims_read_change_every_key(sources: Sources, name: str):
    (sources.claims / name).write_bytes(b"1,2\n")
    assert sources.changed(sources.claims / name) == set(sources.keys())


@pytest.mark.parametrize("path", ENGINE)
def test_what_the_engine_does_changes_every_key(sources: Sources, path: str):
    assert sources.changed(sources.package / path) == set(sources.keys())


@pytest.mark.parametrize("path", ["extremes.py", "truth.py", "reference/line.py"])
def test_what_all_depend_on_changes_every_key(sources: Sources, path: str):
    assert sources.changed(sources.claims / path) == set(sources.keys())


def test_claims_that_others_import_change_every_key(sources: Sources):
    with (sources.claims / "fit_line.py").open("a") as file:
        file.write("from .log_prior import log_prior as another\n")
    assert sources.changed(sources.claims / "log_prior.py") == set(sources.keys())


def test_content_and_seed_change_every_key(sources: Sources):
    for other in (sources.keys("another"), sources.keys(seed=SEED + 1)):
        assert set(other.values()).isdisjoint(sources.keys().values())


def test_a_version_changes_every_key(sources: Sources, monkeypatch):
    before = sources.keys()
    monkeypatch.setattr(keys.metadata, "version", lambda name: "0.0")
    assert set(sources.keys().values()).isdisjoint(before.values())


def test_one_changed_exercise_is_judged_again_and_the_others_are_not(tmp_path: Path):
    course = tiny_course(tmp_path / "course", {"ada": with_cells(TINY_SOLVED, {})})

    def grade() -> dict[str, float]:
        (outcome,) = grade_cohort(course, ["ada"], jobs=1, seed=SEED)
        assert not outcome.reused
        assert outcome.verdict == read_verdict(course.root, TINY, "ada")
        assert outcome.verdict["possible"] == TINY_POINTS
        assert outcome.verdict["earned"] == sum(c["earned"] for c in outcome.verdict["checks"])
        return {check["exercise"]: check["earned"] for check in outcome.verdict["checks"]}

    first = grade()
    verdict = read_verdict(course.root, TINY, "ada")
    assert verdict is not None
    verdict["key"] = "of earlier"
    verdict["check_keys"]["mean"] = "of claims that were others"
    for check in verdict["checks"]:
        check["earned"] = 0.5  # a mark that judging again would wipe off
    verdict["remarks"] = ["roots is shown without a picture", "mean is shown without one"]
    write_verdict(course.root, verdict)

    second = grade()
    assert list(second) == list(first)  # in their order
    assert second == dict.fromkeys(first, 0.5) | {"mean": first["mean"]}
    verdict = read_verdict(course.root, TINY, "ada")
    assert verdict is not None and verdict["remarks"] == ["roots is shown without a picture"]
    fresh = Course(course.root, TINY)
    assert fresh.current(fresh.submission("ada"), SEED) is not None


def test_the_seed_is_that_of_a_verdict_not_of_a_file_beside_them(tmp_path: Path):
    course = course_of(tmp_path / "course", {})
    folder = course.root / "verdicts" / ASSIGNMENT
    folder.mkdir(parents=True)
    (folder / ".audit.json").write_text('{"seed": 5}')
    assert 0 <= course.seed() < 2**31
