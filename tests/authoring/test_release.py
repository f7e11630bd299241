"""What students get is stripped, repeatable, and refused where it would leak. Real nbgrader."""

from __future__ import annotations

import base64
import hashlib
import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from packaging.requirements import Requirement

from course_lib.authoring import Released, build, release
from course_lib.authoring.archive import pythons, write_archive
from course_lib.authoring.build import read_twin
from course_lib.authoring.leaks import leaks
from course_lib.authoring.release import generate
from course_lib.authoring.wheel import assignment_wheel, engine_wheel
from course_lib.claims.loading import load
from course_lib.errors import AuthoringError
from course_lib.notebook.markers import BEGIN_HIDDEN, BEGIN_SOLUTION

WORKSHEET = "00_worksheet"
APPENDIX = "appendix_graph_mode"
TINY = Path(__file__).parents[1] / "courses" / "tiny"
TWIN = Path(f"source/{WORKSHEET}/worksheet.nb.py")


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".ipynb_checkpoints" not in path.parts
    }


def nbgrader(course: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """nbgrader as an instructor calls it."""
    command = [sys.executable, "-m", "nbgrader", *arguments]
    environment = {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "HOME": str(course),
        "PYTHONPATH": str(course),
    }
    return subprocess.run(
        command, cwd=course, env=environment, capture_output=True, text=True, timeout=600
    )


def test_the_worksheets_release_reproduces_byte_for_byte(root: Path, released: Released) -> None:
    expected = files(root / "release" / WORKSHEET)
    assert files(released.folder) == expected, f"next: course release {WORKSHEET}"


def test_a_release_and_its_archive_reproduce_byte_for_byte(packed: Released) -> None:
    assert packed.archive is not None
    folder, archive = files(packed.folder), packed.archive.read_bytes()
    again = release("01_basics", packed.folder.parents[1])
    assert files(again.folder) == folder
    assert again.archive is not None and again.archive.read_bytes() == archive


def test_the_appendixs_release_reproduces_byte_for_byte(root: Path, course: Path) -> None:
    released = release(APPENDIX, course)
    expected = files(root / "release" / APPENDIX)
    assert files(released.folder) == expected, f"next: course release {APPENDIX}"
    assert (released.automatic_points, released.manual_points) == (0, 0)


def test_plain_nbgrader_makes_the_same_release(root: Path, course: Path) -> None:
    done = nbgrader(course, "generate_assignment", WORKSHEET)
    assert done.returncode == 0, done.stderr
    assert files(course / "release" / WORKSHEET) == files(root / "release" / WORKSHEET)


def test_every_exercise_is_unsolved_and_nothing_held_back_is_shown(root: Path) -> None:
    source = read_twin(root / TWIN)
    text = (root / "release" / WORKSHEET / "worksheet.ipynb").read_text()
    released = nbformat.reads(text, as_version=4)
    assert leaks(source, released, "worksheet.ipynb") == []
    solutions = [c for c in released.cells if c.metadata.get("nbgrader", {}).get("solution")]
    code = [cell for cell in solutions if cell.cell_type == "code"]
    assert len(code) == 8
    for cell in code:
        names: dict[str, object] = {}
        exec(cell.source, names)
        function = names[cell.metadata.nbgrader.grade_id]
        arguments = function.__code__.co_argcount  # type: ignore[attr-defined]
        with pytest.raises(NotImplementedError):
            function(*[1.0] * arguments)
    assert [c.source for c in solutions if c.cell_type == "markdown"] == ["YOUR ANSWER HERE"]


def test_the_twin_with_its_solutions_is_not_handed_out(root: Path) -> None:
    handed_out = [path for path in (root / "release").rglob("*") if path.is_file()]
    assert not [path for path in handed_out if path.name.endswith(".nb.py")]
    # Beside a notebook: its data, its pictures, and modules that its cells import.
    assert {path.suffix for path in handed_out} <= {".ipynb", ".csv", ".png", ".py"}


def test_the_gradebook_knows_every_cell_and_its_points(released: Released) -> None:
    course = released.folder.parents[1]
    assert (released.automatic_points, released.manual_points) == (18, 2)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "inference") as gradebook:
        assignment = gradebook.find_assignment(WORKSHEET)
        assert assignment.max_score == 20
        cells = {cell.name for cell in assignment.notebooks[0].grade_cells}
    assert "meaning_of_log_like" in cells
    assert "check_fit_line" in cells


def test_a_release_with_a_fault_is_refused(course: Path) -> None:
    twin = course / TWIN
    twin.write_text(twin.read_text().replace(BEGIN_SOLUTION, "### BEGIN SOLUTON", 1))
    with pytest.raises(AuthoringError) as error:
        release(WORKSHEET, course)
    said = str(error.value)
    assert f"{TWIN}, cell tf_log_like" in said
    assert "is not a marker" in said
    assert f"next: write exactly '{BEGIN_SOLUTION}'" in said
    assert not (course / "release").exists()


def test_plain_nbgrader_refuses_as_well(course: Path) -> None:
    twin = course / TWIN
    twin.write_text(twin.read_text().replace(BEGIN_SOLUTION, "### BEGIN SOLUTON", 1))
    build(WORKSHEET, course)
    refused = nbgrader(course, "generate_assignment", WORKSHEET)
    assert refused.returncode != 0
    assert "is not a marker" in refused.stderr
    assert not (course / "release" / WORKSHEET).exists()


def test_a_notebook_that_is_not_what_its_twin_says_is_refused(course: Path) -> None:
    twin = course / TWIN
    twin.write_text(twin.read_text().replace("seed(123)", "seed(321)"))
    with pytest.raises(AuthoringError, match=f"Next: course build {WORKSHEET}"):
        generate(WORKSHEET, course)
    assert not (course / "release" / WORKSHEET).exists()


def test_an_unstripped_notebook_is_all_leaks(root: Path) -> None:
    source = read_twin(root / TWIN)
    found = {fault.cell for fault in leaks(source, read_twin(root / TWIN), "worksheet.ipynb")}
    secret = {"cell tf_log_like", "cell fit_line", "cell meaning_of_log_like"}
    assert secret <= found
    assert "cell check_log_prob" not in found


def test_one_line_of_a_solution_anywhere_is_a_leak(root: Path) -> None:
    source = read_twin(root / TWIN)
    released = nbformat.read(root / "release" / WORKSHEET / "worksheet.ipynb", as_version=4)
    [shown] = [cell for cell in released.cells if "closed_form = " in cell.source]
    shown.source += "\nreturn -1.5 * tf.math.log(1.0 + m**2)"
    [fault] = leaks(source, released, "worksheet.ipynb")
    assert "a line of cell log_prior" in fault.problem
    assert "closed_form" in fault.cell


def test_without_the_guards_the_hidden_tests_would_be_handed_out(course: Path) -> None:
    """The tests above have power: what the guards refuse does leak without them."""
    config = course / "nbgrader_config.py"
    text = config.read_text()
    config.write_text(text.replace("    RefuseFaults,\n", "").replace("    RefuseLeaks,\n", ""))
    twin = course / TWIN
    hidden = "check(fit_line)\n### BEGIN HIDDEN TEST\nassert fit_line is not None\n### END"
    twin.write_text(twin.read_text().replace("check(fit_line)", hidden, 1))
    build(WORKSHEET, course)
    generate(WORKSHEET, course)
    text = (course / "release" / WORKSHEET / "worksheet.ipynb").read_text()
    assert "assert fit_line is not None" in text


def test_no_course_here_is_said(tmp_path: Path) -> None:
    with pytest.raises(AuthoringError, match=r"source/00_worksheet/ has no \.nb\.py file"):
        release(WORKSHEET, tmp_path)


def test_the_archive_is_all_that_a_student_needs_and_no_more(root: Path, course: Path) -> None:
    folder = shutil.copytree(root / "release" / WORKSHEET, course / "release" / WORKSHEET)
    (folder / "data").mkdir()
    (folder / "data" / "points.csv").write_text("x,y\n0,1\n")
    imports = ["numpy", "tensorflow", "emcee", "corner"]
    archive = write_archive(folder, course, "worksheet", load("01_basics", TINY), imports)
    with zipfile.ZipFile(archive) as packed:
        names = {name.removeprefix(f"{WORKSHEET}/"): name for name in packed.namelist()}
        requirements = packed.read(names["requirements.txt"]).decode()
        readme = packed.read(names["README.md"]).decode()
    wheels = [name for name in names if name.endswith(".whl")]
    rest = {"worksheet.ipynb", "data/points.csv", "README.md", "requirements.txt"}
    assert set(names) == {*rest, *wheels}
    assert sorted(name.partition("-")[0] for name in wheels) == [
        "course_assignment_01_basics",
        "course_lib",
    ]
    assert "jupyter lab worksheet.ipynb" in readme
    lines = requirements.splitlines()
    assert sorted(lines[:2]) == sorted(f"./{wheel}" for wheel in wheels)
    packages = {Requirement(line).name for line in lines[2:]}
    assert packages == {"jupyterlab", "ipywidgets", "tensorflow", "tensorflow-cpu"}
    assert "450 MB" in readme and "Intel processor are not supported" in readme


def test_the_wheels_have_the_students_rooms_and_work(packed: Released, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert packed.archive is not None
    with zipfile.ZipFile(packed.archive) as archive:
        for name in archive.namelist():
            if name.endswith(".whl"):
                zipfile.ZipFile(io.BytesIO(archive.read(name))).extractall(site)
    rooms = {path.name for path in (site / "course_lib").iterdir()}
    assert {"__init__.py", "protocol", "claims", "feedback", "inference", "student"} <= rooms
    assert not {"grading", "authoring", "report", "demo", "reference", "checks"} & rooms
    code = (
        "import course_lib, course_lib.cli;"
        "from course_lib.claims.loading import load;"
        f"assert course_lib.__file__.startswith({str(site)!r}), course_lib.__file__;"
        "print(len(load('01_basics').exercises))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.stdout.strip() == "10", done.stderr


def test_a_wheel_records_every_file_with_its_hash() -> None:
    for made in (engine_wheel(), assignment_wheel(load("01_basics", TINY), ["numpy"])):
        wheel = zipfile.ZipFile(io.BytesIO(made.data))
        [record] = [name for name in wheel.namelist() if name.endswith("RECORD")]
        rows = [line.rsplit(",", 2) for line in wheel.read(record).decode().splitlines()]
        assert [name for name, *_ in rows] == wheel.namelist()
        for name, hashed, size in rows[:-1]:
            content = wheel.read(name)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
            assert (hashed, size) == (f"sha256={digest}", str(len(content)))


def test_the_pythons_that_students_may_have_are_said_in_words() -> None:
    assert pythons(">=3.11,<3.14") == "3.11 to 3.13"


def test_markers_are_what_nbgrader_looks_for() -> None:
    """Our four markers contain nbgrader's delimiters: the two cannot drift apart."""
    from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions

    assert ClearSolutions().begin_solution_delimeter in BEGIN_SOLUTION
    assert ClearHiddenTests().begin_test_delimeter in BEGIN_HIDDEN
