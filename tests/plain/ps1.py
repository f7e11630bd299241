"""The example of `nbgrader quickstart`, and a made-up class of thirty that hands it in.

root = quickstart(tmp_path / "course101", "ps1")     # as nbgrader makes it; also "ps1_autotest"
hand_in(root, "ps1")                                 # after its release
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

import nbgrader
from nbgrader.api import Gradebook

from .notebooks import Notebook, cell, copied, replaced, write

GUIDE = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide"
CONFIG = """\
c = get_config()
c.CourseDirectory.course_id = "course101"
c.IncludeHeaderFooter.header = "source/header.ipynb"
"""
STOPS = "copied"  # a cell that is there twice ends nbgrader's run, for everybody after it too

SQUARES = """def squares(n):
    if n < 1:
        raise ValueError("n must be at least 1")
    return [i ** 2 for i in range(1, n + 1)]"""
SUM = "def sum_of_squares(n):\n    return sum(squares(n))"
LOOP = """def squares(n):
    if n < 1:
        raise ValueError(n)
    found = []
    for i in range(n):
        found.append((i + 1) ** 2)
    return found"""
RECURSIVE = """def squares(n):
    if n < 1:
        raise ValueError(n)
    return (squares(n - 1) if n > 1 else []) + [n * n]"""
USE = "def pyramid(n):\n    return sum_of_squares(n)\npyramid(3)"
WRITTEN = {
    "sum_of_squares_equation": "$\\sum_{i=1}^{n} i^2$",
    "sum_of_squares_application": USE,
    "part-a": "It is the Fibonacci sequence, by recursion.",
    "part-b": "Below zero it does not end.",
}

# What each of the class wrote, by cell; a cell that is not named is as it was released.
CODE = {
    "right": {"squares": SQUARES, "sum_of_squares": SUM},
    "right_by_loop": {"squares": LOOP, "sum_of_squares": SUM},
    "right_by_recursion": {"squares": RECURSIVE, "sum_of_squares": SUM},
    "right_and_timed": {"squares": "%%time\n" + SQUARES, "sum_of_squares": SUM},
    "wrong_from_zero": {"squares": SQUARES.replace("(1, n + 1)", "(n)"), "sum_of_squares": SUM},
    "wrong_last_one_missing": {"squares": SQUARES.replace("n + 1)]", "n)]"), "sum_of_squares": SUM},
    "wrong_kind": {
        "squares": SQUARES.replace("[i", "(i").replace(")]", "))"),
        "sum_of_squares": SUM,
    },
    "wrong_prints_it": {
        "squares": SQUARES.replace("return", "print(") + ")",
        "sum_of_squares": SUM,
    },
    "wrong_both": {
        "squares": "def squares(n):\n    return n",
        "sum_of_squares": "def sum_of_squares(n):\n    return n * n",
    },
    "blank": {},
    "blank_first": {"sum_of_squares": SUM},
    "blank_second": {"squares": SQUARES},
    "empty_cells": {"squares": "", "sum_of_squares": ""},
    "part_no_error": {
        "squares": SQUARES.replace('raise ValueError("n must be at least 1")', "return []"),
        "sum_of_squares": SUM,
    },
    "part_other_error": {
        "squares": SQUARES.replace("ValueError", "TypeError"),
        "sum_of_squares": SUM,
    },
    "part_no_reuse": {
        "squares": SQUARES,
        "sum_of_squares": "def sum_of_squares(n):\n    return n * (n + 1) * (2 * n + 1) // 6",
    },
    "part_to_ten": {"squares": SQUARES.replace("n + 1)", "min(n, 10) + 1)"), "sum_of_squares": SUM},
    "raises_name": {"squares": SQUARES.replace("i **", "k **"), "sum_of_squares": SUM},
    "raises_after": {"squares": SQUARES + "\nsquares(0)", "sum_of_squares": SUM},
    "raises_without_end": {
        "squares": SQUARES,
        "sum_of_squares": "def sum_of_squares(n):\n    return n * n + sum_of_squares(n - 1)",
    },
    "raises_syntax": {"squares": SQUARES.replace("return [", "return "), "sum_of_squares": SUM},
    "prints": {"squares": SQUARES + "\nprint(squares(3))", "sum_of_squares": SUM + "\nprint('ok')"},
    "says_on_stderr": {
        "squares": SQUARES.replace(
            "    return", "    print('careful', file=sys.stderr)\n    return"
        ),
        "sum_of_squares": "import sys\n" + SUM,
    },
    "cheats": {"correct_squares": "assert True", "correct_sum_of_squares": "0.5"},
    "wrote_all": {"squares": SQUARES, "sum_of_squares": SUM, **WRITTEN},
    "wrote_words_only": {k: v for k, v in WRITTEN.items() if k != "sum_of_squares_application"},
    "wrote_a_use": {"squares": SQUARES, "sum_of_squares": SUM, "sum_of_squares_application": USE},
}
OTHERS = ("copied", "own_cells", "did_the_task")
STUDENTS = sorted((*CODE, *OTHERS))


def quickstart(root: Path, *assignments: str) -> Path:
    """A course as `nbgrader quickstart` makes it, with its examples of these names."""
    (root / "source").mkdir(parents=True)
    shutil.copy(GUIDE / "source" / "header.ipynb", root / "source")
    shutil.copy(GUIDE / "autotests.yml", root)
    for assignment in assignments:
        shutil.copytree(GUIDE / "source" / assignment, root / "source" / assignment)
    (root / "nbgrader_config.py").write_text(CONFIG)
    return root


def hand_in(root: Path, assignment: str, students: Iterable[str] = STUDENTS) -> None:
    """Hand in what these of the class wrote, in both notebooks of the assignment."""
    for path in sorted((root / "release" / assignment).glob("*.ipynb")):
        released = json.loads(path.read_text())
        for student in students:
            write(written(released, student), root / "submitted" / student / assignment / path.name)


def written(released: Notebook, student: str) -> Notebook:
    """A released notebook as this student hands it in."""
    nb = replaced(released, **CODE.get(student, CODE["right"]))
    if student == "copied" and "squares" in str(released):  # the first notebook
        return copied(nb, "squares")
    if student == "own_cells":
        nb["cells"].insert(0, cell("import math\nmath.pi"))
        nb["cells"].append(cell("A note of my own.", "markdown"))
    if student == "did_the_task":
        nb["cells"].append(cell("sum(range(11)) == 10 * 11 / 2"))
    return nb


Points = dict[tuple[str, str, str, str], tuple[float | None, bool]]


def points(root: Path) -> Points:
    """By assignment, notebook, student and cell: automatic points, and whether a person looks."""
    found: Points = {}
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        for assignment in gradebook.assignments:
            for one in assignment.submissions:
                for book in one.notebooks:
                    for grade in book.grades:
                        key = (assignment.name, book.name, one.student.id, grade.name)
                        found[key] = (grade.auto_score, grade.needs_manual_grade)
    return found
