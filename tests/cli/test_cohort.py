"""The made-up class: a small file for each student becomes what that student handed in."""

import json

import pytest

from course_lib.demo.cohort import CohortError, HandIn, read_cohort
from tests.cli.conftest import RELEASED, ROOT, SOLVED

released, solved = json.loads(RELEASED.read_text()), json.loads(SOLVED.read_text())
COHORT = read_cohort(ROOT, "00_worksheet")


def ids(notebook):
    found = [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in notebook["cells"]]
    return [grade_id for grade_id in found if grade_id]


def source(notebook, grade_id):
    (cell,) = (
        c
        for c in notebook["cells"]
        if c["metadata"].get("nbgrader", {}).get("grade_id") == grade_id
    )
    return "".join(cell["source"])


def test_twelve_students_with_a_story_each():
    assert len(COHORT) == 12
    assert len({work.story for work in COHORT.values() if work.story}) == 12


@pytest.mark.parametrize("name", COHORT)
def test_every_file_fits_the_notebook(name):
    notebook = COHORT[name].notebook(released, solved)
    assert "SOLUTION" not in json.dumps(notebook), "instructors' markers are not handed in"


def test_a_blank_hand_in_is_the_released_notebook():
    blank = COHORT["george"].notebook(released, solved)
    for mine, theirs in zip(blank["cells"], released["cells"], strict=True):
        assert "".join(mine["source"]) == "".join(theirs["source"])


def test_an_answer_takes_the_solutions_place():
    dora = COHORT["dora"].notebook(released, solved)
    assert "2 * np.pi" not in source(dora, "tf_log_like")
    assert "tape.watch" in source(dora, "grad_log_like")


def test_a_copied_cell_is_there_twice():
    notebook = COHORT["hana"].notebook(released, solved)
    assert ids(notebook).count("grad_log_like") == 2


def test_a_deleted_cell_is_gone_and_the_kernel_renamed():
    notebook = COHORT["ivan"].notebook(released, solved)
    assert set(ids(released)) - set(ids(notebook)) == {"check_fit_line"}
    assert notebook["metadata"]["kernelspec"]["name"] == "conda-env-astro-py"


def test_a_cell_that_does_not_exist_is_named():
    with pytest.raises(CohortError, match=r"test\.py: the notebook has no cell 'fit_lime'"):
        HandIn.parse("test", "# %% fit_lime\npass\n").notebook(released, solved)
