"""A plain test cell is judged by how it ends, after the student's cells, in their process."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from course_lib.claims.assignment import Assignment
from course_lib.claims.sampling import SamplingPlan
from course_lib.errors import CourseError
from course_lib.grading.pool.grader import Options
from course_lib.grading.released import refuse
from course_lib.grading.submission.collect import read_submission
from course_lib.grading.verdict import Verdict
from course_lib.grading.verifier import Verifier
from course_lib.notebook.plain import with_tests
from course_lib.notebook.released_notebook import ReleasedNotebook

from .notebooks import RIGHT, Notebook, graded_by, instructors, notebook, replaced

Grade = Callable[[Notebook, Notebook], Verdict]
BLANK = "def mean(values):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
VISIBLE = "assert mean([1, 3]) == 2"


def as_graded(nb: Notebook) -> ReleasedNotebook:
    """The instructor's notebook as students get it, with the instructor's tests."""
    tests = {
        cell["metadata"]["nbgrader"]["grade_id"]: cell["source"]
        for cell in nb["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade")
    }
    visible = {name: text.partition("\n### BEGIN HIDDEN")[0] for name, text in tests.items()}
    text = json.dumps(replaced(nb, mean=BLANK, **visible))
    return with_tests(ReleasedNotebook.parse(text, "ps1", "means"), tests)


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Verifier]:
    data = tmp_path_factory.mktemp("released")
    data.chmod(0o755)  # root's own folder is closed to the ordinary user that submissions run as
    (data / "stars.csv").write_text("1\n3\n")
    (data / "deep").mkdir()
    (data / "deep" / "more.csv").write_text("5\n")
    plan = SamplingPlan.draw(Assignment("ps1", data / "claims"), 7)
    plan.data = str(data)
    verifier = Options().verifier(plan)
    with verifier.fork_server:
        yield verifier


@pytest.fixture
def grade(verifier: Verifier) -> Grade:
    def grade(nb: Notebook, handed_in: Notebook) -> Verdict:
        data = json.dumps(handed_in).encode()
        return verifier.grade(read_submission(data, as_graded(nb), "ada"))

    return grade


def one(grade: Grade, test: str, code: str, points: float = 2.0) -> dict[str, Any]:
    """The check of a notebook with one test."""
    nb = notebook(instructors()["cells"][2], graded_by(test, "test_mean", points))
    (check,) = grade(nb, replaced(nb, mean=code))["checks"]
    return dict(check)


def test_a_right_answer_earns_all_and_the_verdict_says_where_it_was_judged(grade: Grade) -> None:
    checks = grade(instructors(), replaced(instructors(), mean=RIGHT))["checks"]
    assert [(c["exercise"], c["earned"], c["points"], c["judged"]) for c in checks] == [
        ("test_mean", 2.0, 2.0, "inside"),
        ("test_many", 2.0, 2.0, "inside"),
    ]


def test_a_wrong_answer_earns_nothing_and_is_told_the_assertions_words(grade: Grade) -> None:
    check = one(grade, 'assert mean([1, 3]) == 2, "it is 2"', "def mean(v): return 0")
    assert (check["earned"], check["status"]) == (0.0, "failed")
    assert "it is 2" in check["message"]
    assert 'assert mean([1, 3]) == 2, "it is 2"' in check["message"], "the line that failed"


def test_a_hidden_test_runs_and_its_line_is_not_shown(grade: Grade) -> None:
    hidden = f"{VISIBLE}\n### BEGIN HIDDEN TESTS\nassert mean([7]) == 7\n### END HIDDEN TESTS"
    check = one(grade, hidden, "def mean(v): return 2")
    assert check["earned"] == 0.0
    assert "mean([7])" not in check["message"]


def test_a_last_number_is_partial_credit(grade: Grade) -> None:
    check = one(grade, "0.5 * mean([1, 3])", "def mean(v): return 1")
    assert (check["earned"], check["status"]) == (0.5, "failed")


@pytest.mark.parametrize("last", ["'words'", "-1", "None", "float('nan')", "True"])
def test_any_other_last_value_is_full_credit_as_with_nbgrader(grade: Grade, last: str) -> None:
    assert one(grade, last, RIGHT)["earned"] == 2.0


def test_more_points_than_there_are_is_for_a_person_to_look_at(grade: Grade) -> None:
    nb = notebook(instructors()["cells"][2], graded_by("3", "test_mean", 2))
    verdict = grade(nb, replaced(nb, mean=RIGHT))
    assert (verdict["checks"][0]["status"], verdict["earned"]) == ("ungraded", 0.0)
    assert "worth 2 points" in verdict["remarks"][-1]


def test_a_number_behind_many_outputs_still_counts(grade: Grade) -> None:
    many = "import sys\nfor k in range(500): print(k, file=[sys.stdout, sys.stderr][k % 2])\n0.5"
    assert one(grade, many, RIGHT)["earned"] == 0.5


def test_stderr_costs_nothing(grade: Grade) -> None:
    code = RIGHT + "\nimport sys\nprint('careful', file=sys.stderr)"
    assert one(grade, VISIBLE, code)["earned"] == 2.0


def test_an_untouched_cell_is_called_so(grade: Grade) -> None:
    check = one(grade, VISIBLE, BLANK)
    assert check["status"] == "missing"
    assert "as it was released" in check["message"]


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("def mean(values):\n    return values.mean()", "error"),
        ("def mean(values):\n    import os\n    os._exit(0)", "crashed"),
        ("import os\nos._exit(0)", "error"),
    ],
)
def test_code_that_stops_earns_nothing(grade: Grade, code: str, status: str) -> None:
    check = one(grade, VISIBLE, code)
    assert (check["earned"], check["status"]) == (0.0, status)


def test_a_test_that_needs_a_network_stops_and_says_why(grade: Grade) -> None:
    test = "import urllib.request\nurllib.request.urlopen('http://example.org', timeout=5)"
    check = one(grade, test, RIGHT)
    assert check["earned"] == 0.0
    assert "URLError" in check["message"]


def test_data_beside_the_notebook_can_be_read_and_not_written(grade: Grade) -> None:
    code = "def mean(values):\n    return sum(map(float, open('stars.csv'))) / 2"
    assert one(grade, VISIBLE, code)["earned"] == 2.0
    assert one(grade, "assert open('deep/more.csv').read() == '5\\n'", RIGHT)["earned"] == 2.0
    check = one(grade, "open('stars.csv', 'w')", RIGHT)
    assert check["earned"] == 0.0


def test_a_test_may_use_what_an_earlier_test_made(grade: Grade) -> None:
    nb = notebook(
        instructors()["cells"][2],
        graded_by("two = 2", "first", 1),
        graded_by("assert mean([1, 3]) == two", "second", 1),
    )
    assert grade(nb, replaced(nb, mean=RIGHT))["earned"] == 2.0


def test_what_a_student_wrote_in_a_test_cell_does_not_run(grade: Grade) -> None:
    cheats = replaced(instructors(), test_mean="assert True", test_many="2", mean="mean = max")
    assert grade(instructors(), cheats)["earned"] == 0.0


@pytest.mark.parametrize(
    ("nb", "said"),
    [
        (
            notebook(metadata={"kernelspec": {"name": "ir", "language": "R"}}),
            "written in R, for the kernel 'ir'",
        ),
        (
            notebook(graded_by("1", "a", 1), graded_by("2", "a", 1)),
            "2 cells with the id 'a'",
        ),
        (
            notebook(graded_by("1", "a", 1), graded_by("2", "check_a", 1)),
            "would be one exercise",
        ),
    ],
)
def test_what_cannot_be_graded_is_refused_by_name(nb: Notebook, said: str) -> None:
    released = ReleasedNotebook.parse(json.dumps(nb), "ps1", "means")
    with pytest.raises(CourseError, match=r"means\.ipynb") as refused:
        refuse(released, "release/ps1/means.ipynb")
    assert said in str(refused.value)
    assert "Next: " in str(refused.value) or "cell" in str(refused.value)


def test_another_assignments_folder_is_not_in_the_sandbox(grade: Grade, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("x")
    check = one(grade, f"open({str(secret)!r})", RIGHT)
    assert "FileNotFoundError" in check["message"]
