"""The worksheet as Otter-Grader would have it, for `stock.py`: one `otter run` for each hand-in.

    otter = Otter(Path("/path/to/python"), folder)
    otter.grade(Path("worksheet.ipynb"))            # CPU-s, wall s, points

That Python has otter-grader and what a student of the assignment installs, its two wheels; not
ours, since otter-grader asks for other versions of a library. The claims are its tests, one file
for each exercise, tried as a student's notebook tries them; the notebook's own test cells are taken
out.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import time
import zipfile
from pathlib import Path

from classroom import ASSIGNMENT, PROJECT

TEST = """OK_FORMAT = False
from otter.test_files import test_case

name = "{name}"
points = {points}


@test_case()
def test_claims({name}):
    from course_lib.claims.loading import load
    from course_lib.student.check import plan_of, tried
    from course_lib.student.timeouts import patient

    plan = plan_of(load("{assignment}"), "{name}", 7)
    found = tried(plan, "{name}", patient({{"{name}": {name}}}))
    assert found["earned"] == found["points"], found["earned"]
"""


class Otter:
    """An autograder's zip in `folder`, and the Python that runs it."""

    def __init__(self, python: Path, folder: Path) -> None:
        from course_lib.claims.loading import load

        self._python, self._folder = python, folder
        self._zip = folder / "autograder.zip"
        with zipfile.ZipFile(self._zip, "w") as file:
            file.writestr("otter_config.json", json.dumps({"pdf": False}))
            for name, exercise in load(ASSIGNMENT, PROJECT).exercises.items():
                test = TEST.format(name=name, points=exercise.points, assignment=ASSIGNMENT)
                file.writestr(f"tests/{name}.py", test)

    def grade(self, notebook: Path) -> tuple[float, float, float]:
        """CPU and wall seconds of `otter run`, and its points. Raises SystemExit where it fails."""
        document = json.loads(notebook.read_text("utf-8"))
        document["cells"] = [
            cell
            for cell in document["cells"]
            if cell["cell_type"] != "code" or not cell["metadata"].get("nbgrader", {}).get("grade")
        ]
        converted = self._folder / notebook.name
        converted.write_text(json.dumps(document), "utf-8")
        command = [self._python, "-m", "otter", "run", converted.name, "-a", self._zip, "--no-logo"]
        environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        before, began = children(), time.monotonic()
        done = subprocess.run(
            command, cwd=self._folder, env=environment, capture_output=True, text=True, check=False
        )
        used = children() - before, time.monotonic() - began
        results = self._folder / "results.json"
        if done.returncode or not results.is_file():
            raise SystemExit(f"otter run did not end well:\n{done.stdout}{done.stderr[-2000:]}")
        tests = json.loads(results.read_text("utf-8"))["tests"]
        results.unlink()
        return *used, sum(float(test.get("score", 0.0)) for test in tests)


def children() -> float:
    """CPU seconds of this process's ended children."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
