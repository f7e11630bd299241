"""`course check`: the student's side, in plain Python, on real notebooks."""

import os
import shutil

import pytest

from tests.cli.conftest import RELEASED, SOLVED, handed_in, run

EDITS = """
# %% grad_log_like_log_s
def grad_log_like_log_s(x, y, m, b, log_s):
    return grad_log_like(x, y, m, b, tf.exp(log_s))

# %% fit_line
def fit_line(x, y, theta0):
    while True:
        try:
            theta0 = theta0 + 0.0
        except:
            pass

# %% log_prior
@tf.function
def log_prior(m, b, log_s):
    if m > 0.0:  # a tensor: without AutoGraph, `if` would raise
        value = -1.5 * tf.math.log(1.0 + m**2)
    else:
        value = -1.5 * tf.math.log1p(m**2)
    return value

# %% after log_prob
%matplotlib inline
odds = 1 / 0
"""


@pytest.fixture(scope="module")
def checked(tmp_path_factory, installed):
    """A notebook with several things the matter, checked once."""
    folder = tmp_path_factory.mktemp("student")
    return run("check", handed_in(EDITS, folder), cwd=folder, env=installed)


def test_the_total_and_what_is_left(checked):
    assert checked.returncode == 1
    assert "Left: grad_log_like_log_s, fit_line\n" in checked.stdout


def test_a_mistake_is_shown_with_its_smallest_input(checked):
    card = checked.stdout.partition("grad_log_like_log_s: ")[2].partition("fit_line:")[0]
    assert "with x" in card and "expected" in card and "got" in card


def test_a_fit_that_never_ends_leaves_only_itself(checked):
    assert "fit_line: 0 of 3 points" in checked.stdout
    assert "Is there a loop that does not end? Your function gave no ans" in checked.stdout
    assert "sampling_efficiency: 3 of 3 points, every claim holds" in checked.stdout


def test_a_cell_that_stops_is_named_and_costs_nothing(checked):
    assert "The cell that begins “%matplotlib inline” stopped: " in checked.stdout
    assert "stopped: ZeroDivisionError" in checked.stdout
    assert "line 2 of <module>: odds = 1 / 0" in checked.stdout
    assert "log_prob: 1 of 1 point, every claim holds" in checked.stdout


def test_autograph_finds_the_source_of_a_cell(checked):
    assert "log_prior: 2 of 2 points, every claim holds" in checked.stdout


def test_the_released_notebook_leaves_everything(course, installed, tmp_path):
    done = course("check", shutil.copy(RELEASED, tmp_path), env=installed)
    assert done.returncode == 1
    assert "0 of 18 points" in done.stdout
    assert done.stdout.count("not written yet") == 8
    assert "Next: write the cell of tf_log_like." in done.stdout


ENDS = """
# %% log_prob
import os
def log_prob(x, y, m, b, log_s):
    os._exit(0)

# %% after fit_line
import os
os._exit(0)
"""


@pytest.mark.slow
def test_what_ends_its_process_costs_no_more_than_in_grading(course, installed, tmp_path):
    done = course("check", handed_in(ENDS, tmp_path), env=installed)
    assert done.returncode == 1
    assert "ended while the cell that begins “import os” was running" in done.stdout
    assert "ended while log_prob was tried" in done.stdout
    assert "17 of 18 points" in done.stdout and "\nLeft: log_prob\n" in done.stdout


BLOCK = """
import sys
class Absent:
    names = ("nbgrader", "jupytext", "PIL", "nh3", "course_lib.grading",
             "course_lib.authoring", "course_lib.report", "course_lib.demo")
    def find_spec(self, name, path=None, target=None):
        if name.startswith(self.names):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Absent())
"""


@pytest.fixture
def students_install(tmp_path, installed):
    """An environment that has only what a student's has."""
    place = tmp_path / "site"
    place.mkdir()
    (place / "sitecustomize.py").write_text(BLOCK)
    return installed | {"PYTHONPATH": os.pathsep.join([str(place), installed["PYTHONPATH"]])}


def test_the_solutions_leave_nothing_with_no_more_than_a_student_has(
    course, students_install, tmp_path
):
    done = course("check", shutil.copy(SOLVED, tmp_path), env=students_install)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "18 of 18 points" in done.stdout
    assert "Left" not in done.stdout


@pytest.mark.parametrize("command", [["grade", "00_worksheet"], ["doctor"]])
def test_an_instructors_command_says_what_to_install(course, students_install, tmp_path, command):
    (tmp_path / "nbgrader_config.py").touch()
    done = course(*command, env=students_install)
    assert done.returncode == 2
    assert "course-lib[grading]" in done.stderr
    assert "Traceback" not in done.stderr


SLIPS = """
# %% tf_log_like
def tf_log_like(x, y, m, b):
    return tf.reduce_sum(x)

# %% grad_log_like
def grad_log_like(x, y, m, b, s):
    z = x / s

# %% tf_log_like_log_s
def tf_loglike_log_s(x, y, m, b, log_s):
    return x

# %% log_prior
def log_prior(m, b, log_s):
    return -1.5 * (tf.math.log(1 + m**2)
"""


@pytest.fixture(scope="module")
def slips(tmp_path_factory, installed):
    """A notebook with the slips that are made at one in the morning."""
    folder = tmp_path_factory.mktemp("student")
    done = run("check", handed_in(SLIPS, folder), cwd=folder, env=installed)
    assert "Traceback" not in done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "sentence",
    [
        "It takes 4 arguments, (x, y, m, b), and it is called with (x, y, m, b, s), in this order.",
        "There is no `return` with a value in it, so what it computes is lost.\n",
        "There is no function tf_log_like_log_s in the notebook; did you mean tf_loglike_log_s?",
        "This cell stopped with SyntaxError: '(' was never closed, so there is no function to try.",
        "The cell of log_prior stopped: SyntaxError: '(' was never closed\n  line 2: return -1.5",
        "It builds on tf_log_like_log_s, which is not there: fix that one first.",
    ],
)
def test_each_slip_has_one_friendly_sentence(slips, sentence):
    assert slips.count(sentence) == (3 if "builds on" in sentence else 1)  # three build on it


STEEP = """
# %% log_prior
def log_prior(m, b, log_s):
    return -2.5 * tf.math.log(1.0 + m**2)
"""


@pytest.mark.slow
def test_what_is_built_on_something_wrong_says_what_to_fix_first(course, installed, tmp_path):
    said = course("check", handed_in(STEEP, tmp_path), env=installed).stdout
    hint = "It is built on log_prior, which is not right yet: fix that first"
    assert hint in said.partition("log_prob: ")[2]
    assert said.count("It is built on") == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{}", "is not a Jupyter notebook: it has no cells. Save the notebook in Jupyter"),
        ("[]", "is not a Jupyter notebook: it has no cells"),
        ("", "notes.ipynb cannot be checked. Your notebook is an empty file."),
        ("print(1)", "it is not JSON (Expecting value: line 1 column 1 (char 0)). Open it in"),
        ('{"cells": [{"source": 3}]}', "has no exercise that can be checked"),
        ('{"cells": []}', "has no exercise that can be checked"),
    ],
)
def test_a_file_that_is_no_notebook_is_said_so(course, tmp_path, text, said):
    (tmp_path / "notes.ipynb").write_text(text)
    done = course("check", "notes.ipynb")
    assert done.returncode == 2
    assert said in done.stderr and "Traceback" not in done.stderr


def test_in_a_folder_the_notebook_is_named(course, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "worksheet.ipynb").touch()
    done = course("check", "mine")
    assert done.returncode == 2
    assert "is a folder, not a notebook. Next: `course check mine/worksheet.ipynb`" in done.stderr
