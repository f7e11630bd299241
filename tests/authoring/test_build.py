"""A notebook is a function of its twin."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from course_lib.authoring import build, out_of_sync
from course_lib.authoring.build import assignments, notebook_path, read_twin, twins
from course_lib.errors import AuthoringError

TWIN = Path("source/00_worksheet/worksheet.nb.py")


def test_every_notebook_is_in_sync_with_its_twin(root: Path) -> None:
    assert out_of_sync(root) == []
    assert assignments(root)[0] == "00_worksheet"


def test_the_same_text_gives_the_same_bytes(course: Path) -> None:
    [notebook] = build("00_worksheet", course)
    first = notebook.read_bytes()
    notebook.unlink()
    build("00_worksheet", course)
    assert notebook.read_bytes() == first
    assert first.endswith(b"}\n") and not first.endswith(b"\n\n")


def test_an_edit_on_either_side_is_noticed(course: Path) -> None:
    notebook = notebook_path(course / TWIN)
    before = notebook.read_text()
    notebook.write_text(before.replace("np.random.seed(123)", "np.random.seed(124)"))
    assert out_of_sync(course) == [notebook]
    build("00_worksheet", course)
    assert out_of_sync(course) == []
    (course / TWIN).write_text((course / TWIN).read_text().replace("seed(123)", "seed(125)"))
    assert out_of_sync(course, "00_worksheet") == [notebook]
    stray = notebook.with_name("stray.ipynb")
    stray.write_text(before)
    assert stray in out_of_sync(course)


def test_nothing_of_a_run_is_in_a_built_notebook(root: Path) -> None:
    for name in assignments(root):
        for twin in twins(name, root):
            built = json.loads(notebook_path(twin).read_text())
            assert set(built["metadata"]) == {"kernelspec", "language_info"}
            assert built["metadata"]["kernelspec"]["name"] == "python3"
            code = [cell for cell in built["cells"] if cell["cell_type"] == "code"]
            assert all(cell["outputs"] == [] for cell in code)
            assert all(cell["execution_count"] is None for cell in code)


def test_ids_depend_on_nothing_but_the_cell(tmp_path: Path) -> None:
    twin = tmp_path / "ids.nb.py"
    twin.write_text("# %%\na = 1\n\n# %%\nb = 2\n\n# %%\nb = 2\n")
    before = [cell.id for cell in read_twin(twin).cells]
    twin.write_text("# %% [markdown]\n# New.\n\n" + twin.read_text())
    after = [cell.id for cell in read_twin(twin).cells]
    assert after[1:] == before
    assert len(set(after)) == 4, "two equal cells still need two ids"


def test_a_graded_cell_is_found_under_its_own_name(root: Path) -> None:
    notebook = nbformat.read(notebook_path(root / TWIN), as_version=4)
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            assert cell.id == cell.metadata.nbgrader.grade_id


def test_an_unknown_assignment_is_told_the_known_ones(course: Path) -> None:
    with pytest.raises(AuthoringError, match=r"source/00_workshet/.*00_worksheet") as error:
        build("00_workshet", course)
    assert "Next:" in str(error.value)


def test_a_twin_that_is_no_text_is_named(course: Path) -> None:
    (course / TWIN).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AuthoringError, match=r"worksheet\.nb\.py cannot be read.*UTF-8"):
        build("00_worksheet", course)
