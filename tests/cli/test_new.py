"""`course new` starts a course in an empty folder, and says what comes next."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from course_lib.cli import main
from tests.cli.conftest import ROOT, run

NAME = "01_pendulum"


@pytest.fixture
def here(tmp_path, monkeypatch):
    """`course ARGUMENTS` in the test's folder and in this process, which is quicker."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, list(map(str, arguments)))


def test_an_empty_folder_becomes_a_course(course, tmp_path):
    done = course("new", NAME)
    assert done.returncode == 0, done.stderr
    *written, after = done.stdout.splitlines()
    assert all((tmp_path / name).is_file() for name in written)
    assert written[0] == "nbgrader_config.py"
    assert after == f"Next: course try {NAME}"
    built = course("build")
    assert (built.returncode, built.stdout) == (0, f"source/{NAME}/pendulum.ipynb\n"), built.stderr


def test_in_a_folder_of_a_course_it_writes_into_that_here(here, tmp_path, monkeypatch):
    here("new", NAME)
    monkeypatch.chdir(tmp_path / "source" / NAME)
    done = here("new", "02_springs")
    assert done.exit_code == 0, done.stderr
    assert (tmp_path / "source" / "02_springs" / "springs.nb.py").is_file()


def test_another_folder_may_be_named(here, tmp_path):
    assert here("new", NAME, "--course", tmp_path / "physics").exit_code == 0
    assert (tmp_path / "physics" / "nbgrader_config.py").is_file()


@pytest.mark.parametrize("name", ["pendulum", "01 pendulum", "01_Pendulum"])
def test_a_bad_name_leaves_the_folder_empty(name, here, tmp_path):
    done = here("new", name)
    assert done.exit_code == 2
    assert "such as 01_pendulum" in done.stderr
    assert not list(tmp_path.iterdir())


def test_an_assignment_that_exists_is_not_touched(here, tmp_path):
    here("new", NAME)
    twin = tmp_path / "source" / NAME / "pendulum.nb.py"
    twin.write_text("mine")
    done = here("new", NAME)
    assert done.exit_code == 2
    assert f"source/{NAME}/ and assignments/{NAME}/ exist, and nothing" in done.stderr
    assert twin.read_text() == "mine"


def test_build_lists_what_has_to_be_corrected_and_builds_all_the_same(here, tmp_path):
    here("new", NAME)
    file = tmp_path / "assignments" / NAME / "weighted_mean.py"
    file.write_text(file.read_text().replace("@exercise(points=3)", "@exercise(points=4)"))
    done = here("build", NAME)
    assert done.exit_code == 1
    assert done.stdout == f"source/{NAME}/pendulum.ipynb\n"
    assert "weighted_mean.py, line" in done.stderr
    assert "next: make the points of its claims add up" in done.stderr
    assert "Built, with 2 to correct" in done.stderr  # the test cell's points too
    assert here("build", "--check").exit_code == 0


@pytest.mark.slow
def test_an_installed_wheel_starts_tries_and_releases_a_course(tmp_path):
    """What `pip install` brings, and no clone: the templates are in it, one command releases."""
    wheels = tmp_path / "wheels"
    built = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet", "-w", wheels, ROOT],
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = wheels.iterdir()
    site, folder = tmp_path / "site", tmp_path / "physics"
    zipfile.ZipFile(wheel).extractall(site)
    folder.mkdir()
    env = {**os.environ, "PYTHONPATH": str(site)}
    where = "import course_lib.authoring.new as new; print(new.__file__)"
    found = subprocess.run([sys.executable, "-P", "-c", where], env=env, capture_output=True)
    assert Path(found.stdout.decode().strip()).is_relative_to(site)
    for arguments in (["new", NAME], ["try", NAME], ["build"], ["release", NAME]):
        done = run(*arguments, cwd=folder, env=env)
        assert done.returncode == 0, (arguments, done.stdout, done.stderr)
    assert (folder / "release" / NAME / "pendulum.ipynb").is_file()
    assert (folder / "dist" / f"{NAME}.zip").is_file()
