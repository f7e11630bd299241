"""A class of twelve, from release to feedback, as `make demo` does it; and what stops it halfway.

What each deserves, and why: an exercise has all of its points (+), some (~), none (-), stopped with
an error (!), took too long (T), or is not there (.).
"""

import json
import os
import re
import signal
import subprocess
import sys
import time

import pytest
from nbgrader.api import Gradebook

from course_lib.grading.verdict import read_verdict
from course_lib.report.table import MARKS, state
from tests.cli.conftest import ROOT, run

pytestmark = pytest.mark.slow

A = "00_worksheet"
# tf_log_like, grad_log_like, their log s forms, fit_line, log_prior, log_prob, sampling_efficiency
DESERVED = {
    "ada": "++++++++",  # the instructor's solutions
    "boris": "++++++++",  # other algebra, other tools, the same numbers
    "chen": "++++....",  # the second half was not written
    "dora": "~+~+++++",  # a constant for each point: no gradient, difference or optimum sees it
    "emil": "~-~-~+~+",  # right values; by s every derivative is wrong, so it does not go uphill
    "fatima": "+++~+-~~",  # d/dm and d/db are right; a prior upside down; time is divided well
    "george": "........",  # nothing was written
    "hana": "++++++++",  # the second of two copies is right, and it is the one that is defined
    "ivan": "++++++++",  # what was deleted or renamed was never a student's to decide
    "jule": "++++!+++",  # one function calls a name that is not there
    "kofi": "++++++++",  # noise costs nothing
    "lena": "++++T+++",  # one function never returns
}


FEW = ("ada", "boris", "chen", "emil", "george")  # who are graded in a second or two


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "course"
    done = run("demo", folder, "--course", ROOT, cwd=ROOT, timeout=1800)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder, done.stdout


@pytest.mark.parametrize("student", DESERVED)
def test_each_gets_what_they_deserve(demo, student):
    verdict = read_verdict(demo[0], A, student)
    marks = "".join(MARKS[state(check)][1] for check in verdict["checks"])
    assert marks == DESERVED[student]
    assert verdict["possible"] == 18


def test_the_gradebook_and_the_table_say_the_same(demo):
    folder, printed = demo
    with Gradebook(f"sqlite:///{folder}/gradebook.db", "inference") as gradebook:
        for student in DESERVED:
            earned = read_verdict(folder, A, student)["earned"]
            found = gradebook.find_submission_notebook("worksheet", A, student)
            assert sum(grade.auto_score or 0 for grade in found.grades) == pytest.approx(earned)
            assert f"{student:8}" in printed and f"{earned:g}/18" in printed


def test_there_is_feedback_for_everyone_with_their_points(demo):
    for student in DESERVED:
        page = (demo[0] / "feedback" / student / A / "worksheet.html").read_text()
        shown = re.findall(r'score">([\d.]+) of ([\d.]+) points?', page)
        earned = read_verdict(demo[0], A, student)["earned"]
        assert sum(float(one) for one, _ in shown) == pytest.approx(earned, abs=0.05)  # rounded
        assert sum(float(most) for _, most in shown) in (18, 20)  # with the blank answer in words


def test_everyone_was_isolated(demo):
    for student in DESERVED:
        layers = set(read_verdict(demo[0], A, student)["isolation"])
        assert {"user", "net", "pid", "mount", "seccomp", "rlimit"} <= layers


def test_the_same_command_again_grades_nobody(demo):
    done = run("grade", A, cwd=demo[0])
    assert done.returncode == 0
    assert "12 of them were graded before" in done.stdout


def test_one_student_can_be_graded_again(demo):
    before = read_verdict(demo[0], A, "dora")
    done = run("grade", A, "--student", "dora", "--again", cwd=demo[0])
    assert done.returncode == 0
    after = read_verdict(demo[0], A, "dora")
    assert (after["earned"], after["seed"]) == (before["earned"], before["seed"])
    assert judged(after) == judged(before)


def judged(verdict):
    """What must be the same again; how small a failing input is made depends on the time it has."""
    return [
        (check["exercise"], check["earned"], check["status"], claim["claim"], claim["passed"])
        for check in verdict["checks"]
        for claim in check["claims"]
    ]


def test_who_cannot_be_written_is_named_and_the_rest_are_written(demo):
    folder = demo[0]
    place = folder / "feedback" / "dora" / A
    page = place / "worksheet.html"
    page.unlink()
    place.rmdir()
    place.write_text("a file where a folder should be")
    done = run("grade", A, cwd=folder)
    assert done.returncode == 1
    assert "Not written down: dora" in done.stdout
    place.unlink()
    assert run("grade", A, cwd=folder).returncode == 0
    assert page.is_file()


def test_ctrl_c_loses_nothing_and_the_same_command_does_the_rest(demo):
    folder = demo[0]
    for verdict in (folder / "verdicts" / A).glob("[!.]*.json"):
        verdict.unlink()
    few = [word for student in FEW for word in ("--student", student)]
    command = [sys.executable, "-P", "-m", "course_lib.cli", "grade", A, "--seed", "7", *few]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    lines = iter(process.stdout.readline, "")
    line = next(line for line in lines if not line.startswith("waiting"))  # the first is written
    assert line.startswith("[1/5]")
    assert len(_alive(process.pid)) > 2, "the run, its workers, their fork servers"
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    rest, _ = process.communicate(timeout=600)
    assert process.returncode == 130
    assert "the same command does the rest" in rest
    stored = list((folder / "verdicts" / A).glob("[!.]*.json"))
    assert 1 <= len(stored) < len(FEW)
    for path in stored:
        json.loads(path.read_text())
    assert _soon_gone(process.pid)
    done = run("grade", A, "--seed", "7", *few, cwd=folder, timeout=1800)
    assert done.returncode == 0
    assert f"{len(stored)} of them were graded before" in done.stdout


def _alive(session):
    """The processes of a session, by their command."""
    command = ["ps", "-eo", "sid=,args="]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return [line for line in lines if line.split()[0] == str(session)]


def _soon_gone(session):
    """Whether a session has no process left, after a moment to leave."""
    for _ in range(600):
        if not _alive(session):
            return True
        time.sleep(0.1)
    return False
