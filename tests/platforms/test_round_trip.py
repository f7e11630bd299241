"""From a platform's download to its own table and feedback: collect, grade, export, for real."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from course_lib.authoring.new import new
from course_lib.authoring.release import release
from tests.cli.conftest import run
from tests.platforms.downloads import pack

A = "01_pendulum"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of one assignment, as `course new` writes it, released."""
    root = tmp_path_factory.mktemp("course")
    new(A, root)
    release(A, root, packed=False)
    return root


def notebooks(root: Path) -> dict[str, bytes]:
    """What two people hand in: the solution, and the notebook as it was released."""
    return {
        "ada": (root / "source" / A / "pendulum.ipynb").read_bytes(),
        "bo": (root / "release" / A / "pendulum.ipynb").read_bytes(),
    }


def course(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run(*words, "--course", root, cwd=root)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def moodle_knows(path: str, participants: set[str]) -> tuple[str, str] | None:
    """Whom Moodle gives a file of a feedback zip to, and its name there (importziplib.php)."""
    parts = path.split("/")
    while parts:
        info = parts.pop(0).split("_", 4)
        if len(info) < 4 or not info[1].isdigit() or info[1] not in participants:
            continue
        if (info[2], info[3]) != ("assignsubmission", "file"):
            continue
        return info[1], "/".join(filter(None, [*info[4:], *parts]))
    return None


def canvas_knows(path: str) -> tuple[str, str]:
    """The user and the attachment to which Canvas gives a file: the first numbers between `_`."""
    user, attachment = [part for part in Path(path).name.split("_") if part.isdigit()][:2]
    return user, attachment


def test_moodle(written: Path, tmp_path: Path) -> None:
    names = {"ada": "Ada Lovelace_101", "bo": "Bo Li_102"}
    download = pack(
        tmp_path / "moodle.zip",
        {
            f"{names[who]}_assignsubmission_file/work.ipynb": data
            for who, data in notebooks(written).items()
        },
    )
    possible = sum(
        cell["metadata"]["nbgrader"].get("points", 0)
        for cell in json.loads(notebooks(written)["ada"])["cells"]
        if "nbgrader" in cell["metadata"] and cell["metadata"]["nbgrader"]["grade"]
    )
    sheet = tmp_path / "worksheet.csv"
    sheet.write_text(
        "Identifier,Full name,ID number,Grade,Maximum Grade,Grade can be changed,"
        "Last modified (submission),Last modified (grade)\n"
        f"Participant 101,Ada Lovelace,ada,,{possible:.2f},Yes,-,-\n"
        f"Participant 102,Bo Li,bo,,{possible:.2f},Yes,-,-\n"
    )
    done = course(written, "collect", str(download), A, "--roster", str(sheet), "--replace", "all")
    assert done.returncode == 0, done.stdout + done.stderr
    done = course(written, "grade", A)
    assert done.returncode == 0, done.stdout + done.stderr
    done = course(written, "export", A, "--format", "moodle", "--roster", str(sheet))
    assert done.returncode == 0, done.stdout + done.stderr
    ada, bo = rows(written / "exports" / f"{A}.moodle.csv")
    verdict = json.loads((written / "verdicts" / A / "ada.json").read_text("utf-8"))
    assert verdict["earned"] == verdict["possible"] > 0
    assert (float(ada["Grade"]), float(bo["Grade"])) == (verdict["earned"], 0)
    with zipfile.ZipFile(written / "exports" / f"{A}.moodle-feedback.zip") as feedback:
        taken = {moodle_knows(name, {"101", "102"}) for name in feedback.namelist()}
        assert taken == {("101", "pendulum.html"), ("102", "pendulum.html")}
        assert b"<html" in feedback.read(feedback.namelist()[0])


def test_canvas(written: Path, tmp_path: Path) -> None:
    files = {"ada": "lovelaceada_101_9001", "bo": "libo_LATE_102_9002"}
    download = pack(
        tmp_path / "canvas.zip",
        {f"{files[who]}_pendulum-1.ipynb": data for who, data in notebooks(written).items()},
    )
    book = tmp_path / "gradebook.csv"
    book.write_text(
        "Student,ID,SIS User ID,SIS Login ID,Section,Pendulum (55)\n"
        "    Points Possible,,,,,3\n"
        '"Lovelace, Ada",101,s1,ada,A,\n"Li, Bo",102,s2,bo,A,\n'
    )
    done = course(written, "collect", str(download), A, "--roster", str(book), "--replace", "all")
    assert done.returncode == 0, done.stdout + done.stderr
    assert course(written, "grade", A).returncode == 0
    done = course(written, "export", A, "--format", "canvas", "--roster", str(book))
    assert done.returncode == 0, done.stdout + done.stderr
    points, ada, bo = rows(written / "exports" / f"{A}.canvas.csv")
    assert ada["ID"] == "101" and float(ada["Pendulum (55)"]) > 0 == float(bo["Pendulum (55)"])
    assert float(points["Pendulum (55)"]) >= float(ada["Pendulum (55)"])
    with zipfile.ZipFile(written / "exports" / f"{A}.canvas-feedback.zip") as feedback:
        names = feedback.namelist()
        assert [canvas_knows(name) for name in names] == [("102", "9002"), ("101", "9001")]
        assert all(re.search(r"pendulum\.html$", name) for name in names)
