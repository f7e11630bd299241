"""Grades as each platform's own table; no cell of any is a formula.

    table = canvas(grades, roster, collected, "01_pendulum", column=None)
    write_table(table, Path("exports/01_pendulum.canvas.csv"))
    table.remarks                     # what a person should know of it

A platform knows people by its own numbers, which its own table has: Moodle's grading worksheet and
Canvas's gradebook come in as `--roster`, get the points, and go back.

moodle: the worksheet's columns about people and grades; its import needs `Identifier`, `Grade` and
    `Last modified (grade)` (mod/assign/feedback/offline/importgradeslib.php)
canvas: Student, ID, SIS User ID, SIS Login ID, Section and one assignment, whose heading ends in
    its number; a row `Points Possible`, as exported gradebooks have them
gradescope: the columns of its own *Download Grades*; it takes no scores back
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course_lib.errors import CourseError
from course_lib.grading.nbgrader.export import COLUMNS
from course_lib.grading.submission.markup import csv_cell
from course_lib.grading.submission.student_ids import student_id
from course_lib.grading.verdict import write_whole
from course_lib.platforms.collected import Collected
from course_lib.platforms.grades import Grade
from course_lib.platforms.names import name_key
from course_lib.platforms.roster import Person, is_canvas

CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
GRADESCOPE = (
    "First Name", "Last Name", "SID", "Email", "Total Score", "Max Points", "Status",
    "Submission ID", "Submission Time", "Lateness (H:M:S)",
)  # fmt: skip
WORKSHEET = ("Identifier", "Grade", "Maximum Grade", "Last modified (grade)")
# Others, such as comments, are left out: Moodle leaves alone what a worksheet has no column for.
KEPT = ("full name", "id number", "email address", "status", "grade can be changed")


@dataclass
class Table:
    """Rows below a heading. remarks: sentences for whoever exports; without: who has no row."""

    header: Sequence[str]
    rows: list[list[Any]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)


def plain(grades: Sequence[Grade], assignment: str) -> Table:
    """The columns of `nbgrader export`, for one assignment."""
    table = Table(COLUMNS)
    for one in grades:
        points = (one.raw, one.penalty, one.score, one.possible)
        who = (one.student, one.last, one.first, one.email)
        table.rows.append([assignment, "", one.time or "", *who, *points])
    return table


def gradescope(grades: Sequence[Grade], known: Mapping[str, Person]) -> Table:
    """One row a student, as Gradescope writes its grades."""
    table = Table(GRADESCOPE)
    for one in grades:
        person = known.get(one.student)
        sid = next((word for kind, word in person.keys if kind == "sid"), "") if person else ""
        table.rows.append(
            [
                (person and person.first) or one.first,
                (person and person.last) or one.last,
                sid or one.student,
                (person and person.email) or one.email,
                _number(one.score),
                _number(one.possible),
                "Ungraded" if one.waiting else "Graded",
                "",
                f"{one.time:%Y-%m-%d %H:%M:%S} +0000" if one.time else "",
                "",
            ]
        )
    return table


def moodle(grades: Sequence[Grade], roster: Sequence[Person], known: Mapping[str, Person]) -> Table:
    """The grading worksheet with its grades filled in. Raises CourseError for another table."""
    header = list(roster[0].row) if roster else []
    columns = {name.casefold(): name for name in header}
    missing = [name for name in WORKSHEET if name.casefold() not in columns]
    if missing:
        raise CourseError(
            f"the roster is not Moodle's grading worksheet: it has no {', '.join(missing)}. Next: "
            "in Moodle open the assignment, download its grading worksheet (in English), and name "
            "it with --roster"
        )
    grade, most = columns["grade"], columns["maximum grade"]
    changeable = columns.get("grade can be changed", "")
    kept = {*(name.casefold() for name in WORKSHEET), *KEPT}
    table = Table([name for name in header if name.casefold() in kept])
    points = {known[one.student]: one for one in grades if one.student in known}
    locked = []
    for person in roster:
        row, one = dict(person.row), points.get(person)
        if one is not None:
            if _value(row[most]) != one.possible:
                raise CourseError(
                    f"Moodle's maximum grade is {row[most] or 'none'}, and the assignment has "
                    f"{one.possible:g} points. Next: set it to {one.possible:g} in Moodle, and "
                    "download the worksheet again"
                )
            if row.get(changeable, "").strip().casefold() == "no":
                locked.append(one.student)
            else:
                row[grade] = _number(one.score)
        table.rows.append([row[name] for name in table.header])
    if locked:
        table.remarks.append(f"Moodle lets nobody change the grade of {', '.join(locked)}")
    table.without = [one.student for one in grades if one.student not in known]
    return table


def canvas(
    grades: Sequence[Grade],
    roster: Sequence[Person],
    known: Mapping[str, Person],
    assignment: str,
    column: str | None = None,
) -> Table:
    """Canvas's gradebook with one assignment. Raises CourseError for another table.

    column: the heading of the assignment there, with its number; None: the one of the same name.
    """
    header = list(roster[0].row) if roster else []
    if not is_canvas(header):
        raise CourseError(
            "the roster is not Canvas's gradebook, which begins with Student and ID. Next: in "
            "Canvas open Grades, Export, and name that file with --roster"
        )
    heading = column or _canvas_column(header, assignment)
    people = [name for name in CANVAS if name in header]
    table = Table([*people, heading])
    possible = _number(grades[0].possible)
    table.rows.append(["    Points Possible", *[""] * (len(people) - 1), possible])
    points = {known[one.student]: one for one in grades if one.student in known}
    for person in roster:
        one = points.get(person)
        score = _number(one.score) if one else person.row.get(heading, "")
        table.rows.append([*(person.row[name] for name in people), score])
    if heading not in header:
        table.remarks.append(
            f"Canvas's gradebook has no column {heading}: the import makes a new assignment of it. "
            "Next: for one that is there, give its heading, --column 'Pendulum (12345)'"
        )
    table.without = [one.student for one in grades if one.student not in known]
    return table


def _canvas_column(header: Sequence[str], assignment: str) -> str:
    """The heading that means the assignment: its name, or topic, before the number."""
    wanted = {name_key(assignment), name_key(assignment.partition("_")[2])}
    found = [
        name
        for name in header
        if (parts := re.fullmatch(r"(.+) \(\d+\)", name)) and name_key(parts[1]) in wanted
    ]
    return found[0] if len(found) == 1 else assignment


def on_roster(
    grades: Sequence[Grade], roster: Sequence[Person], collected: Mapping[str, Collected]
) -> dict[str, Person]:
    """For each student who is graded, their row: by what they are called, or by the collection."""
    named: dict[str, list[Person]] = {}
    for person in roster:
        named.setdefault(student_id(person.student), []).append(person)
    known = {}
    for one in grades:
        people = named.get(one.student, [])
        if not people and one.student in collected:
            keys = {(kind, word.casefold()) for kind, word in collected[one.student].keys}
            people = [person for person in roster if person.keys & keys]
        if len(people) == 1:
            known[one.student] = people[0]
    return known


def as_json(grades: Sequence[Grade], assignment: str) -> dict[str, Any]:
    """All that the gradebook tells, for a program."""
    return {
        "format": 1,
        "assignment": assignment,
        "max_score": grades[0].possible,
        "students": [
            {
                "student": one.student,
                "first_name": one.first,
                "last_name": one.last,
                "email": one.email,
                "handed_in": f"{one.time:%Y-%m-%dT%H:%M:%SZ}" if one.time else None,
                "raw_score": one.raw,
                "late_submission_penalty": one.penalty,
                "score": one.score,
                "waits_for_a_person": one.waiting,
                "cells": {
                    name: {"score": score, "max_score": most}
                    for name, (score, most) in one.parts.items()
                },
            }
            for one in grades
        ],
    }


def write_table(table: Table, path: Path) -> None:
    """Write a table, whole or not at all; quoted where it has to be (RFC 4180)."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([csv_cell(name) for name in table.header])
    for row in table.rows:
        writer.writerow([csv_cell(item) for item in row])
    write(path, text.getvalue().encode())


def write_json(data: Mapping[str, Any], path: Path) -> None:
    """Write a table for programs."""
    write(path, (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode())


def write(path: Path, data: bytes) -> None:
    """Write a file, whole or not at all. Raises CourseError where the disk does not take it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
    except OSError as error:
        raise CourseError(f"{os.fspath(path)} is not written: {error.strerror}") from None


def _number(points: float) -> str:
    return f"{round(points, 4):g}"


def _value(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None
