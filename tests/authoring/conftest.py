"""A course to break: a copy of this one's sources in an empty folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from course_lib.authoring import Released, release
from course_lib.authoring.new import new

ROOT = Path(__file__).resolve().parents[2]
TINY = ROOT / "tests" / "courses" / "tiny"
NEEDED = ("nbgrader_config.py", "requirements.lock", "source", "assignments")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


def copy_course(to: Path) -> Path:
    """What a release is made from, without anything that was released before."""
    ignore = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    for name in NEEDED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, to / name, ignore=ignore)
        else:
            shutil.copy(ROOT / name, to / name)
    return to


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course to break."""
    return copy_course(tmp_path)


@pytest.fixture
def started(tmp_path: Path) -> Path:
    """An empty folder in which an assignment was started, `01_pendulum`, to be broken."""
    new("01_pendulum", tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Released:
    """The worksheet, released once from a copy of the course; not to be changed."""
    return release("00_worksheet", copy_course(tmp_path_factory.mktemp("released")), packed=False)


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Released:
    """The small course's first assignment, released with its archive; not to be changed."""
    course = tmp_path_factory.mktemp("packed") / "course"
    shutil.copytree(TINY, course, ignore=shutil.ignore_patterns("__pycache__", "release"))
    shutil.copy(ROOT / "requirements.lock", course)
    return release("01_basics", course)
