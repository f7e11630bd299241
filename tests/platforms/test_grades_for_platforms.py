"""`course export`: each platform's own columns and numbers, from a real gradebook."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook
from rich.console import Console

from course_lib.authoring.release import tools_on_path
from course_lib.errors import CourseError
from course_lib.platforms.collected import Collected, write_collected
from course_lib.platforms.outgoing import Request, export_grades
from tests.platforms.conftest import ASSIGNMENT

HOSTILE = "=HYPERLINK(1)"
WORKSHEET = """\
\ufeffIdentifier,Full name,ID number,Email address,Status,Grade,Maximum Grade,Grade can be changed,\
Last modified (submission),Last modified (grade),Feedback comments
Participant 101,Ada Lovelace,ada,ada@x.org,Submitted,,3.00,Yes,"Monday, 1 June 2026, 2:14 PM",-,
Participant 102,=HYPERLINK(1),boli,bo@x.org,Submitted,1.00,3.00,No,-,-,a comment
Participant 103,Zoe Young,zoe,zoe@x.org,No submission,,3.00,Yes,-,-,
"""
CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Other (11),Energy (12),Final Score
    Points Possible,,,,,5,3,(read only)
"Lovelace, Ada",101,s1,ada,A,4,,88
"=HYPERLINK(1)",102,s2,boli,A,4,1,88
"Young, Zoe",103,s3,zoe,A,,,88
"Student, Test",104,,,A,,,
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gradebook; making one takes seconds: once."""
    course = tmp_path_factory.mktemp("gradebook")
    with tools_on_path(), Gradebook(f"sqlite:///{course}/gradebook.db", "tiny") as book:
        book.add_assignment(ASSIGNMENT)
        book.add_notebook("energy", ASSIGNMENT)
        about = ("energy", ASSIGNMENT)
        book.add_grade_cell("check_energy", *about, max_score=3.0, cell_type="code")
        names = {"ada": "Lovelace", "boli": HOSTILE, "zoe": "Young"}
        for student, name in names.items():
            book.add_student(student, last_name=name, first_name="A")
        book.db.commit()
        for student, points in {"ada": 2.5, "boli": 1.0}.items():
            book.add_submission(ASSIGNMENT, student)
            book.find_grade("check_energy", *about, student).auto_score = points
        ada = book.find_submission(ASSIGNMENT, "ada")
        ada.notebooks[0].late_submission_penalty = 0.25
        for student in ("ada", "boli"):
            grade = book.find_grade("check_energy", *about, student)
            grade.needs_manual_grade = student == "boli"
        book.db.commit()
    return course / "gradebook.db"


@pytest.fixture
def graded(course: Path, made: Path) -> Path:
    """Ada has 2.5 of 3 and was late; Bo waits for a person; Zoe handed in nothing."""
    shutil.copy(made, course)
    return course


def export(course: Path, wanted: str, roster: str = "", **options: Any) -> tuple[int, str]:
    """The exit code, and what was printed."""
    path = course.parent / "roster.csv"
    path.write_text(roster, "utf-8")
    heard = io.StringIO()
    request = Request(course, ASSIGNMENT, wanted, path if roster else None, **options)
    code = export_grades(request, Console(file=heard, width=200, highlight=False))
    return code, heard.getvalue()


def table(course: Path, name: str) -> list[dict[str, str]]:
    """A table that was written."""
    with (course / "exports" / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_moodles_worksheet_comes_back_with_its_numbers_and_the_points(graded: Path) -> None:
    _, printed = export(graded, "moodle", WORKSHEET)
    rows = {row["Identifier"]: row for row in table(graded, f"{ASSIGNMENT}.moodle.csv")}
    assert {name: row["Grade"] for name, row in rows.items()} == {
        "Participant 101": "2.25",
        "Participant 102": "1.00",  # Moodle lets nobody change it
        "Participant 103": "",
    }
    assert "lets nobody change the grade of boli" in printed
    assert "Last modified (grade)" in rows["Participant 101"]
    assert "Feedback comments" not in rows["Participant 101"]  # what is not there stays in Moodle


def test_a_worksheet_of_another_maximum_is_refused_and_says_what_to_do(graded: Path) -> None:
    with pytest.raises(CourseError, match=r"maximum grade is 100\.00.*Next: set it to 3 in Moodle"):
        export(graded, "moodle", WORKSHEET.replace("3.00", "100.00"))
    assert not (graded / "exports").exists()


def test_canvas_gets_its_ids_and_the_column_of_the_assignment(graded: Path) -> None:
    export(graded, "canvas", CANVAS)
    points, *rows = table(graded, f"{ASSIGNMENT}.canvas.csv")
    assert list(points) == [
        "Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Energy (12)",
    ]  # fmt: skip
    assert points["Student"] == "    Points Possible" and points["Energy (12)"] == "3"
    assert [(row["ID"], row["Energy (12)"]) for row in rows] == [
        ("101", "2.25"),
        ("102", "1"),
        ("103", ""),
    ]


def test_canvas_is_told_when_the_import_would_make_a_new_assignment(graded: Path) -> None:
    _, printed = export(graded, "canvas", CANVAS.replace("Energy", "Lab 2"))
    assert f"no column {ASSIGNMENT}" in printed
    _, printed = export(graded, "canvas", CANVAS.replace("Energy", "Lab 2"), column="Lab 2 (12)")
    assert "no column" not in printed


def test_a_student_with_another_name_is_found_by_the_platforms_number(graded: Path) -> None:
    """Collected without a roster, Canvas's students are called as in the names of files."""
    known = {"ada": Collected("canvas", "x", "x", keys=(("canvas", "777"),))}
    write_collected(graded, ASSIGNMENT, known)
    export(graded, "canvas", CANVAS.replace("101,s1,ada", "777,s1,somebody"))
    rows = table(graded, f"{ASSIGNMENT}.canvas.csv")
    assert next(row for row in rows if row["ID"] == "777")["Energy (12)"] == "2.25"


def test_who_is_graded_and_not_on_the_roster_is_named(graded: Path) -> None:
    code, printed = export(graded, "canvas", CANVAS.replace("102,s2,boli", "102,s2,other"))
    assert code == 1
    assert "Graded, and not on the roster:\n  boli" in printed


def test_gradescope_has_its_own_columns(graded: Path) -> None:
    export(graded, "gradescope")
    ada, bo = table(graded, f"{ASSIGNMENT}.gradescope.csv")
    assert (ada["SID"], ada["Total Score"], ada["Max Points"]) == ("ada", "2.25", "3")
    assert (ada["Status"], bo["Status"]) == ("Graded", "Ungraded")


def test_json_has_the_parts_and_who_waits(graded: Path) -> None:
    code, printed = export(graded, "json")
    assert code == 0 and "Waiting for points given by hand" in printed
    data = json.loads((graded / "exports" / f"{ASSIGNMENT}.json").read_text("utf-8"))
    ada, bo = data["students"]
    assert (ada["raw_score"], ada["score"], bo["waits_for_a_person"]) == (2.5, 2.25, True)
    assert ada["cells"] == {"check_energy": {"score": 2.5, "max_score": 3.0}}


@pytest.mark.parametrize("wanted", ["csv", "canvas", "moodle", "gradescope"])
def test_no_cell_is_a_formula(graded: Path, wanted: str) -> None:
    export(graded, wanted, {"canvas": CANVAS, "moodle": WORKSHEET}.get(wanted, ""))
    (path,) = (graded / "exports").glob("*.csv")
    with path.open(newline="", encoding="utf-8") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert any(HOSTILE in cell for cell in cells)
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "@", "|", "%"))]


@pytest.mark.parametrize(
    ("wanted", "roster", "words"),
    [
        ("moodle", "", "Next: download it in Moodle"),
        ("canvas", "", "Next: in Canvas open Grades, Export"),
        ("moodle", CANVAS, "not Moodle's grading worksheet"),
        ("canvas", WORKSHEET, "not Canvas's gradebook"),
    ],
)
def test_the_table_of_another_platform_is_refused(
    graded: Path, wanted: str, roster: str, words: str
) -> None:
    with pytest.raises(CourseError, match=words):
        export(graded, wanted, roster)


def test_without_grades_it_says_so_and_makes_no_gradebook(course: Path) -> None:
    with pytest.raises(CourseError, match=f"Next: course grade {ASSIGNMENT}"):
        export(course, "csv")
    assert not (course / "gradebook.db").exists()


def test_who_has_no_feedback_page_is_named_and_there_is_no_empty_zip(graded: Path) -> None:
    code, printed = export(graded, "canvas", CANVAS)
    assert code == 1
    assert "ada: was not collected from canvas" in printed
    assert not list((graded / "exports").glob("*.zip"))


def test_an_export_of_the_same_grades_has_the_same_bytes(graded: Path) -> None:
    export(graded, "csv")
    first = (graded / "exports" / f"{ASSIGNMENT}.csv").read_bytes()
    export(graded, "csv")
    assert (graded / "exports" / f"{ASSIGNMENT}.csv").read_bytes() == first
