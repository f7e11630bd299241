"""What `course new` writes works at once, and nothing that exists is touched."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from course_lib.authoring import build, release, scan_assignment
from course_lib.authoring.build import read_twin
from course_lib.authoring.new import CONFIG, new, suggested
from course_lib.claims.loading import load
from course_lib.errors import AuthoringError
from course_lib.notebook.reading import cells_of

NAME = "01_pendulum"
FILES = [
    "nbgrader_config.py",
    "source/01_pendulum/pendulum.nb.py",
    "assignments/01_pendulum/weighted_mean.py",
    "assignments/01_pendulum/alternatives/weighted_mean/with_numpys_average.py",
]


def files(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): p.read_text() for p in folder.rglob("*") if p.is_file()}


def test_it_writes_a_lesson_claims_and_a_course(tmp_path: Path) -> None:
    written = new(NAME, tmp_path)
    assert [str(path.relative_to(tmp_path)) for path in written] == FILES
    assert sorted(files(tmp_path)) == sorted(FILES)
    assert not [name for name, text in files(tmp_path).items() if "{{" in text]


def test_the_lesson_has_prose_a_given_cell_an_exercise_and_a_written_question(
    started: Path,
) -> None:
    cells = cells_of(read_twin(started / "source" / NAME / "pendulum.nb.py"))
    assert cells[0].kind == "markdown" and cells[0].source.startswith("# Pendulum")
    assert [cell.role for cell in cells if cell.is_code] == ["given", "solution", "test"]
    assert [cell.role for cell in cells if cell.by_hand] == ["manual"]


def test_the_exercise_has_three_claims_one_of_them_a_gate_and_two_mistakes(started: Path) -> None:
    (exercise,) = load(NAME, started).exercises.values()
    assert [claim.gate for claim in exercise.claims] == [True, False, False]
    assert len(exercise.mistakes) == 2


def test_what_it_writes_has_no_fault_and_is_formatted(started: Path) -> None:
    assert scan_assignment(NAME, started) == []
    written = [started / CONFIG, started / FILES[2]]
    for command in (["check", "--isolated"], ["format", "--isolated", "--check"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--line-length", "100", *map(str, written)]
        done = subprocess.run(ruff, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout


def test_it_builds_and_releases_in_a_clean_folder(started: Path) -> None:
    (notebook,) = build(NAME, started)
    assert notebook.name == "pendulum.ipynb"
    released = release(NAME, started)
    assert (released.automatic_points, released.manual_points) == (3, 2)
    text = (released.folder / "pendulum.ipynb").read_text()
    assert "raise NotImplementedError()" in text and "np.sum(weights" not in text
    assert released.archive.is_file()


def test_a_second_assignment_leaves_the_courses_settings_alone(started: Path) -> None:
    (started / CONFIG).write_text("# mine\n" + (started / CONFIG).read_text())
    before = files(started)
    written = new("02_springs", started)
    assert started / CONFIG not in written
    assert before.items() <= files(started).items()


@pytest.mark.parametrize("there", ["source/01_pendulum", "assignments/01_pendulum"])
def test_an_assignment_that_exists_is_refused_and_nothing_is_written(
    there: str, tmp_path: Path
) -> None:
    (tmp_path / there).mkdir(parents=True)
    (tmp_path / there / "mine.txt").write_text("mine")
    with pytest.raises(AuthoringError, match=f"{there}/ exists.*Next"):
        new(NAME, tmp_path)
    assert files(tmp_path) == {f"{there}/mine.txt": "mine"}


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("pendulum", "01_pendulum"),
        ("1_pendulum", "01_pendulum"),
        ("01-Pendulum", "01_pendulum"),
        ("01_the pendulum", "01_the_pendulum"),
        ("01_péndulo", "01_p_ndulo"),
        ("../01_pendulum", "01_pendulum"),
        ("01_", "01_pendulum"),
        ("01_2018", "01_pendulum"),
        ("", "01_pendulum"),
    ],
)
def test_a_bad_name_is_refused_with_a_better_one(name: str, better: str, tmp_path: Path) -> None:
    with pytest.raises(AuthoringError, match=re.escape(f"such as {better}")):
        new(name, tmp_path)
    assert not list(tmp_path.iterdir())
    assert suggested(name) == better
    new(better, tmp_path)


def test_its_settings_name_the_plugins_that_this_course_names(root: Path, started: Path) -> None:
    def plugins(config: Path) -> set[str]:
        text = re.sub(r"#.*", "", config.read_text())
        return set(re.findall(r"course_lib[.\w]*|Refuse\w+|^c\.[\w.]+", text, re.MULTILINE))

    assert plugins(started / CONFIG) == plugins(root / CONFIG)
