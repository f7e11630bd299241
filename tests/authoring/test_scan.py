"""Each fault is found, and named with its file, its cell and the next step."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib.authoring.build import read_twin
from course_lib.authoring.faults import Fault
from course_lib.authoring.guard import points_of_claims
from course_lib.authoring.release import scan_assignment
from course_lib.authoring.scan import scan
from course_lib.notebook.markers import misspelt, unpaired

TWIN = Path("source/00_worksheet/worksheet.nb.py")
POINTS = {
    "tf_log_like": 3.0,
    "grad_log_like": 3.0,
    "tf_log_like_log_s": 1.0,
    "grad_log_like_log_s": 2.0,
    "fit_line": 3.0,
    "log_prior": 2.0,
    "log_prob": 1.0,
    "sampling_efficiency": 3.0,
}

FAULTS = {
    # name: (what stands in the text, what it is broken to, the cell named, what is said of it)
    "begin misspelt": ("### BEGIN SOLUTION", "### BEGIN SOLUTON", "tf_log_like", "is not a marker"),
    "begin in small letters": ("### BEGIN SOLUTION", "### Begin solution", "tf_log_like", "marker"),
    "end misspelt": ("### END SOLUTION", "### END SOLUTIONS", "tf_log_like", "is not a marker"),
    "hidden misspelt": (
        "check(fit_line)",
        "check(fit_line)\n### BEGIN HIDEN TESTS",
        "check_fit_line",
        "is not a marker",
    ),
    "hidden tests cut short": (
        "check(fit_line)",
        "check(fit_line)\n### BEGIN HIDDEN TESTS\nassert fit_line",
        "check_fit_line",
        "'### END HIDDEN TESTS' is missing",
    ),
    "hidden tests beside claims": (
        "check(fit_line)",
        "check(fit_line)\n### BEGIN HIDDEN TESTS\nassert fit_line\n### END HIDDEN TESTS",
        "check_fit_line",
        "has hidden tests beside check(fit_line), where they never count",
    ),
    "end missing": ("    ### END SOLUTION\n", "", "tf_log_like", "is missing"),
    "begin missing": ("    ### BEGIN SOLUTION\n", "", "tf_log_like", "closes nothing"),
    "function renamed": ("def log_prior(", "def the_prior(", "log_prior", "defines the_prior"),
    "cell renamed": (
        '"grade_id": "log_prob"',
        '"grade_id": "logprob"',
        "logprob",
        "no test cell is called check_logprob",
    ),
    "two cells with one name": (
        '"grade_id": "check_log_prob"',
        '"grade_id": "check_log_prior"',
        "check_log_prior",
        "2 cells have this grade_id",
    ),
    "not checked": ("check(log_prob)", "log_prob", "check_log_prob", "no check(log_prob)"),
    "worth nothing": ('"points": 1,', '"points": 0,', "check_tf_log_like_log_s", "is worth 0"),
    "worth something else": (
        '"points": 1,',
        '"points": 2,',
        "check_tf_log_like_log_s",
        "is worth 2 points, its claims 1",
    ),
    "unlocked": (
        '"grade_id": "check_fit_line", "locked": true',
        '"grade_id": "check_fit_line", "locked": false',
        "check_fit_line",
        "students could edit it",
    ),
    "a solution in an ordinary cell": (
        "closed_form = np.polyfit(x, y, 1)\n",
        "### BEGIN SOLUTION\nclosed_form = np.polyfit(x, y, 1)\n### END SOLUTION\n",
        "('### BEGIN SOLUTION')",
        "does not know it as a solution cell",
    ),
    "a graded cell needs a demonstration": (
        "closed_form = np.polyfit(x, y, 1)\n",
        "closed_form = np.polyfit(t, t, 1)\n",
        "closed_form = np.polyfit",
        "uses t, which comes from a demonstration",
    ),
    "not Python": ("def log_prior(m, b, log_s):", "def log_prior(m, b, log_s)", "log_prior", "not"),
    "a magic": ("closed_form = ", "%matplotlib inline\nclosed_form = ", "matplotlib", "not Python"),
}


def faults_of(text: str, folder: Path) -> list[Fault]:
    twin = folder / TWIN.name
    twin.write_text(text)
    return scan(read_twin(twin), str(TWIN), POINTS)


def test_the_worksheet_has_no_fault(root: Path, tmp_path: Path) -> None:
    assert faults_of((root / TWIN).read_text(), tmp_path) == []


def test_the_worksheet_is_worth_what_its_claims_say(root: Path) -> None:
    assert points_of_claims("00_worksheet", root) == POINTS
    assert sum(POINTS.values()) == 18
    assert points_of_claims("appendix_graph_mode", root) == {}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_and_named(name: str, root: Path, tmp_path: Path) -> None:
    old, new, cell, problem = FAULTS[name]
    text = (root / TWIN).read_text()
    assert old in text
    faults = faults_of(text.replace(old, new, 1), tmp_path)
    named = [fault for fault in faults if cell in fault.cell and problem in fault.problem]
    assert named, f"expected {problem!r} in {cell}, got {[str(fault) for fault in faults]}"
    assert named[0].file == str(TWIN)
    assert named[0].next_step


def test_graded_cells_without_claims_are_a_fault(root: Path, tmp_path: Path) -> None:
    twin = tmp_path / TWIN.name
    twin.write_text((root / TWIN).read_text())
    faults = scan(read_twin(twin), str(TWIN), {})
    assert {fault.problem for fault in faults} == {"there are no claims about it"}


def test_a_fault_says_on_which_line_its_cell_begins(started: Path) -> None:
    twin = started / "source" / "01_pendulum" / "pendulum.nb.py"
    twin.write_text(twin.read_text().replace('"points": 3,', '"points": 4,'))
    marker = next(
        n for n, line in enumerate(twin.read_text().splitlines(), 1) if '"points": 4' in line
    )
    (fault,) = scan_assignment("01_pendulum", started)
    where = f"source/01_pendulum/pendulum.nb.py, cell check_weighted_mean (line {marker}): "
    assert str(fault).startswith(where + "is worth 4 points, its claims 3")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("class pendulum:\n    ### BEGIN SOLUTION\n    pass\n    ### END SOLUTION", "pendulum"),
        ("### BEGIN SOLUTION\nperiod = 2.0\n### END SOLUTION", "period"),
        ("### BEGIN SOLUTION\nperiod: float = 2.0\n### END SOLUTION", "period"),
    ],
)
def test_a_class_or_a_variable_may_be_an_exercise(code: str, name: str, tmp_path: Path) -> None:
    meta = '"locked": {0}, "schema_version": 3, "task": false'
    solution = f'"grade": false, "solution": true, "grade_id": "{name}", {meta.format("false")}'
    test = f'"grade": true, "solution": false, "grade_id": "check_{name}", "points": 1, '
    twin = tmp_path / "one.nb.py"
    twin.write_text(
        f"# %% nbgrader={{{solution}}}\n{code}\n\n"
        f"# %% nbgrader={{{test}{meta.format('true')}}}\ncheck({name})\n"
    )
    assert scan(read_twin(twin), "one.nb.py") == []
    twin.write_text(twin.read_text().replace(name, "other", 1).replace(f'"{name}"', '"other"'))
    assert [fault.problem for fault in scan(read_twin(twin), "one.nb.py")][:1] == [
        f"defines {name}, not other"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "# begin with the sum",
        "# the end of the solution is near",
        "# solution by hand",
        "#",
        "begin_solution = 3",
        "# hidden units of y",
    ],
)
def test_an_ordinary_comment_is_no_marker(line: str) -> None:
    assert misspelt(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "###BEGIN SOLUTION",
        "# BEGIN SOLUTION",
        "### BEGIN  SOLUTION",
        "### BEING SOLUTION",
        "### END SOLUTOIN",
        "### BEGIN_SOLUTION",
        "### END HIDDEN TESTS.",
        "### BEGINN HIDDEN TESTS",
    ],
)
def test_nearly_a_marker_is_told_which(line: str) -> None:
    meant = misspelt(line)
    assert meant is not None
    assert meant.split()[1][:2] == line.strip("# ")[:2]


def test_markers_come_in_pairs() -> None:
    good = "### BEGIN SOLUTION\n1\n### END SOLUTION"
    assert unpaired(good) is None
    assert unpaired(good + "\n" + good) is None
    assert "before" in (unpaired("### BEGIN SOLUTION\n" + good) or "")
    assert "closes nothing" in (unpaired("### BEGIN SOLUTION\n### END HIDDEN TESTS") or "")
