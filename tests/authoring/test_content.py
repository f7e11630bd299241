"""Each fault of an author's is found by a build, and named with file, line and next step."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from course_lib.authoring import release, scan_assignment
from course_lib.authoring.content import content_faults, exists
from course_lib.authoring.release import generate
from course_lib.errors import AuthoringError

NAME = "01_pendulum"
EXERCISE = f"assignments/{NAME}/weighted_mean.py"
TWIN = f"source/{NAME}/pendulum.nb.py"
MISTAKE = f"assignments/{NAME}/mistakes/weighted_mean/one.py"
SOLUTION = """
def weighted_mean(values, errors):
    weights = 1/errors**2  # the same program, laid out in another way
    return np.sum(weights*values)/np.sum(weights)
"""


def edited(old: str, new: str, file: str = EXERCISE) -> Callable[[Path], None]:
    def edit(course: Path) -> None:
        text = (course / file).read_text()
        assert old in text, f"{old!r} is not in {file}"
        (course / file).write_text(text.replace(old, new))

    return edit


def written(file: str, text: str) -> Callable[[Path], None]:
    def write(course: Path) -> None:
        (course / file).parent.mkdir(parents=True, exist_ok=True)
        (course / file).write_text(text)

    return write


TWO = """
from course_lib.claims import exercise
from .weighted_mean import DATA

@exercise(points=3)
def weighted_mean(values, errors):
    \"\"\"Another of the same name.\"\"\"
    return 1.0

@weighted_mean.claim(points=3, data=DATA)
def holds(student, truth, data):
    \"\"\"It holds.\"\"\"
"""
OTHER = TWO.replace("def weighted_mean", "def other").replace("@weighted_mean", "@other")

# what is done to a good assignment: (edit, file, a word on the line that is named, what is said)
FAULTS = {
    "points that do not add up": (
        edited("@exercise(points=3)", "@exercise(points=4)"),
        EXERCISE, "@exercise(points=4)", "share out 3 of 4 points",
    ),
    "a file that cannot be loaded": (
        edited("VALUES = st.integers", "VALUES = st.integer"),
        EXERCISE, "VALUES =", "cannot be loaded: AttributeError",
    ),
    "a change that is not in the solution": (
        edited('"1 / errors**2",', '"1 / error**2",'),
        EXERCISE, '"errors_not_squared"', "'1 / error**2' is not in the solution",
    ),
    "a change that is there twice": (
        edited('"1 / errors**2",', '"weights",'),
        EXERCISE, '"errors_not_squared"', "'weights' stands 3 times in the solution",
    ),
    "a change to what is not Python": (
        edited('"1 / errors",', '"1 / (errors",'),
        EXERCISE, '"errors_not_squared"', "the cell is not Python",
    ),
    "a change to the same program": (
        edited('"1 / errors",', '"1 / (errors**2)",'),
        EXERCISE, '"errors_not_squared"', "it is the solution",
    ),
    "a mistake's file that is the solution": (
        written(MISTAKE, f'"""Seen."""\n{SOLUTION}'), MISTAKE, "Seen", "it is the solution",
    ),
    "a mistake's file that is not Python": (
        written(MISTAKE, '"""Seen."""\ndef (:\n'), MISTAKE, "", "cannot be read as Python",
    ),
    "a mistake that is there twice": (
        written(MISTAKE.replace("one", "sum_not_divided"), '"""Seen."""\nx = 1\n'),
        MISTAKE.replace("one", "sum_not_divided"), "Seen", "beside the claims too",
    ),
    "two exercises of one name": (
        written(f"assignments/{NAME}/zz.py", TWO),
        f"assignments/{NAME}/zz.py", "@exercise", "two exercises called weighted_mean",
    ),
    "an exercise without cells": (
        written(f"assignments/{NAME}/other.py", OTHER),
        f"assignments/{NAME}/other.py", "@exercise", "no cells in source/01_pendulum/ belong to",
    ),
    "cells without an exercise": (
        edited("weighted_mean", "mean_of_all", TWIN),
        TWIN, '"check_mean_of_all"', "there are no claims about it",
    ),
    "a strategy that filters everything": (
        edited("ROWS.map(", "ROWS.filter(lambda rows: False).map("),
        EXERCISE, "@weighted_mean.claim(points=1, gate=True", "passes its strategy's own filters",
    ),
    "a claim that its own truth fails": (
        edited("<= mean <=", "> mean >"),
        EXERCISE, "@weighted_mean.claim(points=1, gate=True", "fails on its own truth",
    ),
    "an answer that cannot cross": (
        edited("return float(fit[0][0])", "return Path(str(fit))"),
        EXERCISE, "@exercise", "returns PosixPath, which cannot be compared",
    ),
    "probes that raise": (
        lambda course: (course / EXERCISE).write_text(
            (course / EXERCISE).read_text() + "\n\nweighted_mean.probes = lambda rng: rng.nomal()\n"
        ),
        EXERCISE, "rng.nomal()", "the probes of weighted_mean failed: AttributeError",
    ),
    "a setting that does not exist": (
        written(f"assignments/{NAME}/course.toml", '# closed\nclose = ["emcee"]\n'),
        f"assignments/{NAME}/course.toml", "close = ", "there is no setting 'close'",
    ),
    "a closed module that does not exist": (
        written(f"assignments/{NAME}/course.toml", '\nclosed = [\n  "scipy",\n  "emcea",\n]\n'),
        f"assignments/{NAME}/course.toml", '"emcea"', "closed names 'emcea', and there is no such",
    ),
    "modules that are not a list": (
        written(f"assignments/{NAME}/course.toml", 'imports = "scipy"\n'),
        f"assignments/{NAME}/course.toml", "imports", "imports is not a list",
    ),
}  # fmt: skip


@pytest.fixture
def broken(started: Path, request: pytest.FixtureRequest) -> Path:
    edited("import numpy as np", "from pathlib import Path\n\nimport numpy as np")(started)
    FAULTS[request.param][0](started)
    return started


@pytest.mark.parametrize(("broken", "name"), [(name, name) for name in FAULTS], indirect=["broken"])
def test_a_fault_is_named_with_file_line_and_next_step(broken: Path, name: str) -> None:
    _, file, word, said = FAULTS[name]
    found = list(map(str, scan_assignment(NAME, broken)))
    named = [fault for fault in found if said in fault]
    assert len(named) == 1, f"expected one fault with {said!r}, got {found}"
    assert named[0].startswith(file)
    assert re.search(r"\n    next: \w", named[0])
    if word:
        lines = (broken / file).read_text().splitlines()
        told = int(re.search(r"line (\d+)", named[0])[1])
        assert word in "\n".join(lines[told - 1 : told + 1]), lines[told - 1]


@pytest.mark.parametrize("broken", FAULTS, indirect=True)
def test_a_release_is_refused_with_the_same_list(broken: Path) -> None:
    found = scan_assignment(NAME, broken)
    with pytest.raises(AuthoringError) as refused:
        release(NAME, broken)
    assert list(map(str, refused.value.faults)) == list(map(str, found))
    assert not (broken / "release").exists()


def test_plain_nbgrader_refuses_too(started: Path) -> None:
    from course_lib.authoring import build

    FAULTS["a change that is there twice"][0](started)
    build(NAME, started)
    with pytest.raises(AuthoringError, match="stands 3 times in the solution"):
        generate(NAME, started)


def test_an_exercise_whose_file_cannot_be_loaded_is_told_once(started: Path) -> None:
    FAULTS["a file that cannot be loaded"][0](started)
    assert len(scan_assignment(NAME, started)) == 1


def test_the_worksheets_content_has_no_fault(root: Path) -> None:
    assert content_faults("00_worksheet", root) == []
    assert content_faults("appendix_graph_mode", root) == []


def test_modules_are_looked_for_without_being_imported() -> None:
    import sys

    for module in ("wave", "xml.dom.minidom", "sys", "course_lib.inference.compiled"):
        assert exists(module), module
    for module in ("no_such_module", "wave.part", "sys.part", "xml.no_such_part"):
        assert not exists(module), module
    assert "wave" not in sys.modules
