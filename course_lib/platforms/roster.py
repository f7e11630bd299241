"""The people of a course, from the table that a platform gives.

    people = read_roster(Path("roster.csv"))
    people[0].student, people[0].email        # "ada", "ada@example.org"

Moodle's grading worksheet, Canvas's gradebook, Gradescope's roster and GitHub Classroom's can be
read as they are, and so can a table of your own with `student`, `name` and `email`. The columns are
known by their headings, in any order: those of files that people downloaded, compared with no live
platform.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from course_lib.errors import CourseError
from course_lib.platforms.formats import Key
from course_lib.platforms.names import name_key, run_together, spellings

LIMIT = 20 * 1024**2  # bytes: a gradebook of 1000 people and 200 columns has 4 MB
FIELDS = {  # what a column is, by its heading in small letters
    "student": "student", "student_id": "student", "student id": "sid",
    "username": "login", "user name": "login", "login": "login", "login id": "login",
    "sis login id": "login",
    "sid": "sid", "id number": "sid", "sis user id": "sid", "matriculation": "sid",
    "email": "email", "email address": "email", "e-mail": "email",
    "name": "name", "full name": "name", "full_name": "name",
    "first name": "first", "first_name": "first", "firstname": "first", "given name": "first",
    "last name": "last", "last_name": "last", "lastname": "last", "surname": "last",
    "family name": "last",
    "github_username": "github", "github username": "github",
}  # fmt: skip
AS_STUDENT = ("student", "login", "sid", "email", "name")  # what names a folder: the first that can


@dataclass(frozen=True)
class Person:
    """One row. student: what their folder under submitted/ is to be called. row: as it was."""

    student: str
    name: str = ""
    first: str = ""
    last: str = ""
    email: str = ""
    keys: frozenset[Key] = frozenset()
    row: Mapping[str, str] = field(default_factory=dict, compare=False, hash=False)

    def is_called(self, name: str) -> bool:
        """Whether a name is theirs, in any order, with or without spaces and accents."""
        if not name:
            return False
        whole = self.name or f"{self.first} {self.last}"
        if name_key(name) in (name_key(whole), name_key(f"{self.first} {self.last}")):
            return True
        return run_together(name) in spellings(self.first, self.last) | {run_together(whole)}


def read_roster(path: Path) -> list[Person]:
    """Everybody in a table. Raises CourseError where it is none, or does not tell who is who."""
    header, rows = read_table(path)
    known = _columns(header, rows)
    read = [
        {what: row[at].strip() for what, at in known.items() if row[at].strip()} for row in rows
    ]
    column = _as_student(read, path)
    people = []
    for found, row in zip(read, rows, strict=True):
        first, last = _parts(found)
        people.append(
            Person(
                found[column],
                found.get("name") or f"{first} {last}".strip(),
                first,
                last,
                found.get("email", ""),
                frozenset((kind, word.casefold()) for kind, word in found.items() if kind in KINDS),
                dict(zip(header, row, strict=True)),
            )
        )
    return people


KINDS = ("student", "login", "sid", "email", "github", "moodle", "canvas")


def read_table(path: Path) -> tuple[list[str], list[list[str]]]:
    """The headings and the rows of people; each row is as long as the headings.

    Raises CourseError where it is no table.
    """
    try:
        if path.stat().st_size > LIMIT:
            raise CourseError(f"{path.name} is larger than {LIMIT // 1024**2} MB: no roster is")
        text = path.read_text("utf-8-sig")  # Excel and Moodle begin with a mark of the encoding
    except OSError as error:
        raise CourseError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise CourseError(f"{path.name} is not UTF-8. Next: save it as CSV UTF-8") from None
    first = text.partition("\n")[0]
    sign = max(",;\t", key=first.count)
    table = [row for row in csv.reader(text.splitlines(keepends=True), delimiter=sign) if any(row)]
    if not table:
        raise CourseError(f"{path.name} is empty")
    header = [name.strip() for name in table[0]]
    rows = [(row + [""] * len(header))[: len(header)] for row in table[1:]]
    return header, [row for row in rows if not _nobody(header, row)]


def is_canvas(header: list[str]) -> bool:
    """Whether a table is Canvas's gradebook."""
    return header[:2] == ["Student", "ID"]


def _nobody(header: list[str], row: list[str]) -> bool:
    """The rows in which Canvas says something about columns, and its test student."""
    if not is_canvas(header):
        return False
    name = row[0].strip()
    return name in ("", "Points Possible", "Student, Test", "Test Student") or not row[1].strip()


def _columns(header: list[str], rows: list[list[str]]) -> dict[str, int]:
    """Where each thing that is known of a person stands."""
    names = [name.casefold() for name in header]
    if is_canvas(header):
        known = {"name": 0, "canvas": 1}
        names[:2] = ["", ""]
    else:
        known = {}
    for at, name in enumerate(names):
        if name in FIELDS:
            known.setdefault(FIELDS[name], at)
        if name == "identifier":
            # Moodle's is "Participant 123", in the site's language; GitHub Classroom's is anything
            moodle = all(re.fullmatch(r"\D+ \d+", row[at]) for row in rows)
            known.setdefault("moodle" if moodle and "full name" in names else "student", at)
    return known


def _as_student(read: list[dict[str, str]], path: Path) -> str:
    """What of a person names their folder: the first that all have, each another one.

    Takes a row's Moodle participant out of its sentence on the way.
    """
    for found in read:
        if "moodle" in found:
            found["moodle"] = found["moodle"].rpartition(" ")[2]
    for column in (*AS_STUDENT, "moodle"):
        words = [found.get(column, "") for found in read]
        if read and all(words) and len({word.casefold() for word in words}) == len(words):
            return column
    raise CourseError(
        f"{path.name} does not tell its {len(read)} people apart: no column is filled for all and "
        f"different for each. Next: give it a column `student` (known are: {', '.join(FIELDS)})"
    )


def _parts(found: Mapping[str, str]) -> tuple[str, str]:
    """First and last name; of one column, "Last, First" or the last word."""
    if "first" in found or "last" in found:
        return found.get("first", ""), found.get("last", "")
    name = found.get("name", "")
    if "," in name:
        last, _, first = name.partition(",")
        return first.strip(), last.strip()
    first, _, last = name.rpartition(" ")
    return first, last
