"""Whatever goes wrong, a terminal shows a few lines that name a place and a next step."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from course_lib.cli import Commands, main
from course_lib.errors import CourseError
from tests.engine.conftest import copy_of_tiny

A = "02_energy"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = copy_of_tiny(tmp_path / "course")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where reports are written during a test."""
    place = tmp_path / "reports"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    return place


def words(done: Result, code: int = 2) -> str:
    assert isinstance(done.exception, SystemExit | None), done.exception
    assert done.exit_code == code, done.output
    assert "Traceback" not in done.output
    return " ".join(done.output.split())


def raising(error: BaseException) -> click.Group:
    """The `course` command with one that raises `error`."""
    group = Commands("course")

    @group.command()
    def it() -> None:
        raise error

    return group


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ValueError("3 is not a point"), "has no words for: ValueError: 3 is not a point"),
        (RecursionError("maximum depth"), "RecursionError: maximum depth"),
        (KeyError("mean"), "KeyError: 'mean'"),
        (AssertionError(), "AssertionError"),
        (MemoryError(), "The memory of this machine is used up"),
        (ModuleNotFoundError("No module named 'numpy'", name="numpy"), "No module named 'numpy'"),
        (PermissionError(13, "Permission denied", "verdicts/x"), "verdicts/x: Permission denied"),
        (OSError(28, "No space left on device", "verdicts/x"), "make room on that disk"),
        (BaseExceptionGroup("two", [ValueError("a"), ValueError("b")]), "two"),
    ],
)
def test_an_exception_is_a_few_lines_and_a_report(error: Exception, expected: str, reports: Path):
    done = CliRunner().invoke(raising(error), ["it"])
    said = words(done)
    assert expected in said and "Next: " in said and len(done.output.splitlines()) <= 4
    (report,) = reports.iterdir()
    assert str(report) in "".join(done.output.split("\n"))
    text = report.read_text()
    assert "Traceback (most recent call last)" in text and type(error).__name__ in text


def test_an_error_with_words_of_its_own_has_no_report(reports: Path):
    done = CliRunner().invoke(raising(CourseError("no release. Next: make one")), ["it"])
    assert words(done) == "Error: no release. Next: make one"
    assert list(reports.iterdir()) == []


def test_ctrl_c_is_no_fault():
    assert words(CliRunner().invoke(raising(KeyboardInterrupt()), ["it"]), 130) == "Stopped."


def test_a_report_that_cannot_be_written_costs_no_word(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tempfile.tempdir", "/nowhere")
    said = words(CliRunner().invoke(raising(ValueError("x")), ["it"]))
    assert "ValueError: x" in said and "could not be written" in said


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("c.CourseDirectory.course_id = ", "nbgrader_config.py, line 2: SyntaxError"),
        ("nothing_of_this_name", "nbgrader_config.py, line 2: NameError"),
        ("1 / 0", "nbgrader_config.py, line 2: ZeroDivisionError"),
    ],
)
@pytest.mark.parametrize("command", ["release", "grade"])
def test_a_mistake_in_the_settings_names_the_line(
    folder: Path, reports: Path, command: str, line: str, expected: str
):
    (folder / "submitted" / "ada" / A).mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(f"c = get_config()\n{line}\n")
    options = ["--force"] if command == "release" else []
    said = words(CliRunner().invoke(main, [command, A, *options]))
    assert expected in said and "Next: correct that line" in said


def a_file(path: Path) -> None:
    path.write_text("a file where a folder should be")


def claims_out_of_step(path: Path) -> None:
    file = path / A / "mean.py"
    text = re.sub(r"points=\d", "points=9", file.read_text(), count=1)
    file.write_text(text)


@pytest.mark.parametrize(
    ("command", "what", "change", "code"),
    [
        ("build", "source", a_file, 2),
        ("build", "assignments", a_file, 1),
        ("release", "source", a_file, 2),
        ("release", "dist", a_file, 2),
        ("release", "assignments", claims_out_of_step, 2),
        ("release", "gradebook.db", a_file, 2),
        ("grade", "release", a_file, 2),
        ("grade", "assignments", a_file, 2),
        ("grade", "submitted", a_file, 2),
        ("grade", "gradebook.db", a_file, 2),
        ("grade", "assignments", claims_out_of_step, 2),
        ("try", "source", a_file, 2),
        ("audit", "release", a_file, 2),
        ("new", "source", a_file, 2),
    ],
)
def test_no_command_shows_a_traceback(
    folder: Path, reports: Path, command: str, what: str, change: Callable[[Path], None], code: int
):
    for student in ("ada", "bo"):
        (folder / "submitted" / student / A).mkdir(parents=True)
    path = folder / what
    if change is a_file and path.is_dir():
        path.rename(folder.parent / what)
    change(path)
    name = "07_new" if command == "new" else A
    options = ["--force"] if command == "release" else []
    words(CliRunner().invoke(main, [command, name, *options]), code)
