"""`nbgrader export`: nbgrader's table, in which nothing that a person is called acts."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from course_lib.authoring.release import tools_on_path

ROOT = Path(__file__).parent.parent.parent
NBGRADERS = "nbgrader.plugins.export.CsvExportPlugin"
OURS = "course_lib.grading.nbgrader.export.PlainCsv"
HOSTILE = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "|calc", "a,b", 'say "hi"', "two\nlines"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A course whose gradebook knows one assignment."""
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    with tools_on_path(), Gradebook(f"sqlite:///{tmp_path}/gradebook.db", "inference") as book:
        book.add_assignment("ws", duedate="2026-02-03 04:05:06")
        book.add_notebook("sheet", "ws")
        book.add_grade_cell("check_a", "sheet", "ws", max_score=3.0, cell_type="code")
        book.add_student("ada", first_name="Ada", last_name="Lovelace", email="a@example.org")
        book.add_submission("ws", "ada")
        book.find_grade("check_a", "sheet", "ws", "ada").auto_score = 1.5
        book.add_student("emmy")  # handed in nothing
        book.db.commit()
    return tmp_path


def exported(folder: Path, *options: str) -> str:
    """What `nbgrader export` writes in the course's folder, with the course's own settings."""
    command = [sys.executable, "-m", "nbgrader", "export", *options]
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return (folder / "grades.csv").read_text()


def test_the_table_of_plain_names_is_nbgraders_own(folder: Path) -> None:
    assert exported(folder) == exported(folder, f"--exporter={NBGRADERS}")
    assert "ws,2026-02-03 04:05:06,,ada,Lovelace,Ada,a@example.org,1.5,0.0,1.5,3.0" in exported(
        folder
    )


def test_no_cell_is_a_formula_and_every_name_keeps_to_its_cell(folder: Path) -> None:
    with Gradebook(f"sqlite:///{folder}/gradebook.db", "inference") as book:
        for number, name in enumerate(HOSTILE):
            book.add_student(f"s{number}", first_name=name, last_name=name, email=name)
        book.add_student("=1+1")
    text = exported(folder)
    header, *rows = csv.reader(text.splitlines(keepends=True))
    assert len(rows) == 2 + len(HOSTILE) + 1
    assert {len(row) for row in rows} == {len(header)}
    for row in rows:
        for cell in row:
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "|", "%")), cell
    (plain,) = (row for row in rows if row[3] == "ada")
    assert dict(zip(header, plain, strict=True))["score"] == "1.5"
