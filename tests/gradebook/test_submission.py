"""Whatever is handed in becomes the instructor's notebook with the student's answers in it."""

from __future__ import annotations

import copy
import json
import os
from pathlib import Path

import pytest

from course_lib.grading.submission.collect import FILE_LIMIT, Submission, collect
from course_lib.notebook.align import restore
from course_lib.notebook.released_notebook import ReleasedNotebook

ANSWER = "def tf_log_like(x, y, m, b, s):\n    return 1.0\n"


def said(submission: Submission, words: str) -> bool:
    """Whether student and instructor are both told so."""
    return all(
        any(words in line for line in lines) for lines in (submission.notices, submission.remarks)
    )


def test_the_release_itself_comes_back_unchanged_and_without_a_word(course):
    submission = course.hand_in("ada", course.notebook())
    assert submission.notices == submission.remarks == ()
    assert [c.source for c in submission.cells] == [c.source for c in course.skeleton.cells]
    assert not any(c.changed or c.missing for c in submission.cells)


def test_the_skeleton_knows_points_and_roles(course):
    assert course.skeleton.possible == 18.0
    assert course.skeleton.points["tf_log_like"] == 3.0
    assert course.skeleton.cell("meaning_of_log_like").role == "manual"
    assert any(cell.demonstration for cell in course.skeleton.cells)


def test_an_answer_is_in_its_place(course):
    nb = course.notebook()
    course.cell(nb, "tf_log_like")["source"] = ANSWER.splitlines(keepends=True)
    cell = course.hand_in("ada", nb).cell("tf_log_like")
    assert (cell.source, cell.changed, cell.role) == (ANSWER, True, "solution")


def test_points_ids_and_tags_are_the_instructors(course):
    nb = course.notebook()
    check = course.cell(nb, "check_tf_log_like")
    check["metadata"]["nbgrader"]["points"] = 1000
    check["metadata"]["tags"] = ["skip-execution"]
    submission = course.hand_in("ada", nb)
    assert submission.cell("check_tf_log_like").points == 3.0
    assert said(submission, "skip-execution")
    assert any("1000" in line for line in submission.remarks)


def test_a_demonstration_is_what_the_instructor_calls_one(course):
    nb = course.notebook()
    course.cell(nb, "tf_log_like")["metadata"]["tags"] = ["demonstration"]
    assert not course.hand_in("ada", nb).cell("tf_log_like").demonstration


def test_a_changed_test_cell_is_the_original_one_and_never_runs(course):
    nb = course.notebook()
    course.cell(nb, "check_tf_log_like")["source"] = "print('full points')"
    submission = course.hand_in("ada", nb)
    cell = submission.cell("check_tf_log_like")
    assert cell.source == course.skeleton.cell("check_tf_log_like").source
    assert not cell.may_run
    assert said(submission, "'check_tf_log_like' was changed")


def test_a_deleted_test_cell_comes_back(course):
    nb = course.notebook()
    nb["cells"].remove(course.cell(nb, "check_fit_line"))
    submission = course.hand_in("ada", nb)
    assert submission.cell("check_fit_line").points == 3.0
    assert said(submission, "'check_fit_line' was not in the notebook")


def test_of_copies_all_that_were_worked_on_run_and_the_last_stands_for_the_cell(course):
    nb = course.notebook()
    original = course.cell(nb, "tf_log_like")
    place = nb["cells"].index(original)
    first, last, stub = (copy.deepcopy(original) for _ in range(3))
    for number, cell in enumerate((first, last, stub)):
        cell["id"] = f"copy-{number}"
    first["source"], last["source"] = "def helper(): ...", ANSWER
    nb["cells"][place : place + 1] = [first]
    nb["cells"] += [last, stub]
    submission = course.hand_in("ada", nb)
    ran = [c.source for c in submission.cells if c.source in ("def helper(): ...", ANSWER)]
    assert ran == ["def helper(): ...", ANSWER]
    assert submission.cell("tf_log_like").source == ANSWER
    assert not any(c.source == original["source"] for c in submission.cells)
    assert said(submission, "there 3 times")


def test_an_untouched_copy_does_not_undo_the_answer_even_with_a_comment_in_it(course):
    nb = course.notebook()
    original = course.cell(nb, "tf_log_like")
    spare = copy.deepcopy(original) | {"id": "spare"}
    spare["source"] = "# my spare copy\n\n" + "".join(original["source"])
    original["source"] = ANSWER
    nb["cells"].append(spare)
    assert course.hand_in("ada", nb).cell("tf_log_like").source == ANSWER


def test_a_missing_answer_leaves_no_stub_that_would_undo_one_elsewhere(course):
    nb = course.notebook()
    cell = course.cell(nb, "tf_log_like")
    cell["source"], cell["metadata"], cell["id"] = ANSWER, {}, "mine"
    nb["cells"].remove(cell)
    nb["cells"].append(cell)
    submission = course.hand_in("ada", nb)
    assert submission.cell("tf_log_like").source == ""
    assert [c.role for c in submission.cells if c.source == ANSWER] == ["extra"]
    assert said(submission, "If another cell defines tf_log_like")


def test_a_cell_that_lost_its_metadata_is_found_by_its_id(course):
    nb = course.notebook()
    cell = course.cell(nb, "tf_log_like")
    cell["source"], cell["metadata"] = ANSWER, {}
    assert course.hand_in("ada", nb).cell("tf_log_like").source == ANSWER


def test_cells_run_in_the_original_order(course):
    nb = course.notebook()
    nb["cells"].reverse()
    submission = course.hand_in("ada", nb)
    assert [c.id for c in submission.cells] == [c.id for c in course.skeleton.cells]
    assert said(submission, "another order")


def test_a_students_own_cells_run_where_they_were(course):
    nb = course.notebook()
    place = nb["cells"].index(course.cell(nb, "tf_log_like"))
    own = {"cell_type": "code", "metadata": {}, "source": "twice = 2", "outputs": []}
    nb["cells"].insert(place, own)
    nb["cells"].insert(0, own | {"source": "first = 1"})
    cells = course.hand_in("ada", nb).cells
    names = [c.grade_id or c.source for c in cells]
    assert names[0] == "first = 1"
    assert names[names.index("tf_log_like") - 1] == "twice = 2"


def test_what_follows_a_copy_at_the_end_still_runs_at_the_end(course):
    nb = course.notebook()
    spare = copy.deepcopy(course.cell(nb, "tf_log_like")) | {"id": "spare", "source": ANSWER}
    own = {"cell_type": "code", "metadata": {}, "source": "last = 1", "outputs": []}
    nb["cells"] += [spare, own]
    assert course.hand_in("ada", nb).cells[-1].source == "last = 1"


def test_a_given_cell_runs_as_the_student_left_it_and_comes_back_when_deleted(course):
    nb = course.notebook()
    given = [
        c for c in nb["cells"] if c["cell_type"] == "code" and not c["metadata"].get("nbgrader")
    ]
    given[0]["source"] = "edited = 1"
    nb["cells"].remove(given[1])
    submission = course.hand_in("ada", nb)
    by_id = {c.id: c for c in submission.cells}
    assert by_id[given[0]["id"]].source == "edited = 1"
    assert by_id[given[1]["id"]].source == "".join(given[1]["source"])
    assert said(submission, "was put back")


def test_a_cell_whose_type_changed_is_read_as_what_it_was(course):
    nb = course.notebook()
    cell = course.cell(nb, "tf_log_like")
    cell["cell_type"], cell["source"] = "markdown", ANSWER
    submission = course.hand_in("ada", nb)
    assert submission.cell("tf_log_like").kind == "code"
    assert said(submission, "had become markdown")


def test_another_assignments_notebook_is_named(course):
    nb = course.notebook()
    for number, cell in enumerate(nb["cells"]):
        cell["id"], cell["source"] = f"other-{number}", f"other = {number}"
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["grade_id"] = f"leapfrog_{number}"
    submission = course.hand_in("ada", nb)
    assert said(submission, "another assignment")
    assert all(submission.cell(name).missing for name in course.skeleton.exercises)


def test_a_renamed_kernel_is_said_and_has_no_effect(course):
    nb = course.notebook()
    nb["metadata"]["kernelspec"]["name"] = "my-\x1b[31menv"
    submission = course.hand_in("ada", nb)
    assert said(submission, "'my-env'")
    assert submission.content_hash == course.hand_in("bob", course.notebook()).content_hash


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty file"),
        (b"  \n", "empty file"),
        (b"no json", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[" * 5_000_000, "more data than can be read"),
        (b"1" * 10_000, "not JSON"),
        (b"[]", "no cells"),
        (b'{"cells": 3}', "no cells"),
        (b"null", "no cells"),
    ],
)
def test_what_is_no_notebook_is_a_submission_without_answers(course, data, words):
    submission = course.hand_in("ada", data)
    assert said(submission, words)
    assert not submission.readable
    assert "Your" not in submission.remarks[0] and "[cut" not in submission.remarks[0]
    assert len(submission.cells) == len(course.skeleton.cells)


@pytest.mark.parametrize(
    "cell",
    [
        None,
        3,
        {},
        {"cell_type": "code"},
        {"cell_type": [], "source": {"a": 1}, "metadata": []},
        {"cell_type": "code", "source": [1, None, "x = 1"], "metadata": {"nbgrader": 3}},
        {"cell_type": "code", "metadata": {"nbgrader": {"grade_id": ["a"]}, "tags": 5}, "id": {}},
        {"cell_type": "code", "source": "\ud800", "metadata": {}, "attachments": 7, "outputs": 7},
    ],
)
def test_malformed_cells_cost_nothing_else(course, cell):
    nb = course.notebook()
    course.cell(nb, "tf_log_like")["source"] = ANSWER
    nb["cells"].insert(3, cell)
    assert course.hand_in("ada", nb).cell("tf_log_like").source == ANSWER


def test_fifty_megabytes_of_output_are_dropped_and_the_code_is_graded(course):
    nb = course.notebook()
    cell = course.cell(nb, "tf_log_like")
    cell["source"] = ANSWER
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 50_000_000}]
    submission = course.hand_in("ada", nb)
    assert submission.cell("tf_log_like").source == ANSWER
    assert said(submission, "(48 MB) were not kept")


def test_too_large_a_file_and_too_large_a_cell_are_said(course):
    assert said(course.hand_in("ada", b" " * (FILE_LIMIT + 1)), "larger than 100 MB")
    nb = course.notebook()
    course.cell(nb, "log_prior")["source"] = "x" * 50_001
    submission = course.hand_in("bob", nb)
    assert said(submission, "longer than 50,000 characters")
    assert submission.cell("log_prior").missing


def test_too_many_cells_are_cut(course):
    nb = course.notebook()
    nb["cells"] += [{"cell_type": "code", "metadata": {}, "source": "pass"}] * 2000
    assert said(course.hand_in("ada", nb), "first 1000 cells")


def test_a_notebook_of_format_3_is_read(course):
    cell = {"cell_type": "code", "input": ["def tf_log_like():\n", "    return 1\n"], "outputs": []}
    old = {"nbformat": 3, "metadata": {}, "worksheets": [{"cells": [cell]}]}
    cells = course.hand_in("ada", old).cells
    assert any(c.source == "def tf_log_like():\n    return 1\n" and c.may_run for c in cells)


def test_no_notebook_is_said(course):
    (course.root / "submitted" / "ada" / "00_worksheet").mkdir(parents=True)
    assert said(collect(course.root, course.skeleton, "ada"), "no notebook")
    assert said(collect(course.root, course.skeleton, "nobody"), "no notebook")


def test_a_single_notebook_under_another_name_is_graded(course):
    nb = course.notebook()
    course.cell(nb, "tf_log_like")["source"] = ANSWER
    submission = course.hand_in("ada", nb, "My worksheet (2).ipynb")
    assert submission.cell("tf_log_like").source == ANSWER
    assert said(submission, "My worksheet (2).ipynb")


def test_links_and_pipes_are_not_opened(course):
    other = course.root / "secret.ipynb"
    other.write_text(json.dumps(course.notebook()))
    folder = course.root / "submitted" / "ada" / "00_worksheet"
    folder.mkdir(parents=True)
    (folder / "worksheet.ipynb").symlink_to(other)
    submission = collect(course.root, course.skeleton, "ada")
    assert not submission.readable
    assert said(submission, "it is a link")
    (folder / "worksheet.ipynb").unlink()
    os.mkfifo(folder / "worksheet.ipynb")
    assert said(collect(course.root, course.skeleton, "ada"), "ordinary file")


def test_the_hash_is_of_the_code_that_runs_and_of_nothing_else(course):
    plain = course.hand_in("ada", course.notebook()).content_hash
    nb = course.notebook()
    nb["metadata"]["whim"] = 1
    for cell in nb["cells"]:
        if cell["cell_type"] == "code":
            cell["execution_count"] = 7
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "hi"}]
    course.cell(nb, "check_tf_log_like")["source"] = "never run"
    course.cell(nb, "meaning_of_log_like")["source"] = "Because."
    assert course.hand_in("ada", nb).content_hash == plain
    course.cell(nb, "tf_log_like")["source"] = ANSWER
    assert course.hand_in("ada", nb).content_hash != plain


def test_only_a_demonstration_keeps_the_outputs_that_were_handed_in(course):
    nb = course.notebook()
    for cell in nb["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "\x1b[1mhi"}]
    for cell in course.hand_in("ada", nb).cells:
        texts = [output["text"] for output in cell.outputs]
        assert texts == (["hi"] if cell.demonstration else [])


def test_a_release_that_is_none_names_the_next_step(tmp_path: Path):
    with pytest.raises(FileNotFoundError, match="course release 00_worksheet"):
        ReleasedNotebook.load(tmp_path, "00_worksheet")
    folder = tmp_path / "release" / "00_worksheet"
    folder.mkdir(parents=True)
    (folder / "worksheet.ipynb").write_text("{}")
    with pytest.raises(ValueError, match="course release 00_worksheet"):
        ReleasedNotebook.load(tmp_path, "00_worksheet")


def test_bytes_that_change_after_reading_change_nothing(course):
    """What is read is graded: a submission holds no path."""
    data = json.dumps(course.notebook()).encode()
    before = restore(data, course.skeleton, "ada")
    course.hand_in("ada", b"something else")
    assert before.readable
    assert before.content_hash == restore(data, course.skeleton, "ada").content_hash
