"""nbgrader's generated tests: what would stop it while it writes them, found before it begins.

    ### AUTOTEST squares(3)             # in an instructor's test cell; nbgrader runs the solution
    ### HASHED AUTOTEST squares(4)      # and writes asserts in the line's place when it releases

How an assert is made of a value's type stands in `autotests.yml`, beside the notebook or in the
course's folder. nbgrader stops with a traceback where that file, or a part of it, is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from nbgrader.preprocessors import InstantiateTests
from traitlets.config import Config

from course_lib.authoring.faults import Fault
from course_lib.notebook.plain import is_generated, language_of
from course_lib.notebook.reading import cells_of

PARTS = ("dispatch", "normalize", "check", "templates")  # what nbgrader reads whatever is tested
COPY = "copy the autotests.yml that `nbgrader quickstart NAME --autotest` makes in a new folder"
STOPPED = re.compile(r"Runtime error from the kernel: *\n(.*)\n(.*)")
CONVERTED = re.compile(r"Converting notebook .*?([^/\n]+\.ipynb)")


def autotest_faults(
    notebook: Mapping[str, Any], file: str, folders: Sequence[Path], config: Config
) -> list[Fault]:
    """Every reason for which nbgrader could not generate a notebook's tests.

    folders: where nbgrader looks for the templates; the first one that has them counts.
    config: the course's settings, in which their name may be another one.
    """
    step = InstantiateTests(config=config)
    cells = [c for c in cells_of(notebook) if c.is_code and is_generated(c.source)]
    if not cells or language_of(notebook.get("metadata", {}))[0] != "python":
        return []  # nothing to generate, or refused for its language
    faults = [
        Fault(file, cell.label, "has an AUTOTEST line and is not graded", "make it a test cell")
        for cell in cells
        if not cell.is_graded and step.enforce_metadata
    ]
    kernel = str(notebook.get("metadata", {}).get("kernelspec", {}).get("name", ""))
    lines = [line for cell in cells for line in cell.source.splitlines() if "AUTOTEST" in line]
    hashed = any("HASHED" in line for line in lines)
    templates = _templates(folders, step.autotest_filename, kernel, hashed)
    if kernel not in step.comment_strs or kernel not in step.sanitizers:
        problem = f"nbgrader generates no tests for the kernel {kernel!r}"
        templates = iter([(problem, "choose the kernel python3 in Jupyter and save the notebook")])
    return faults + [Fault(file, cells[0].label, *found) for found in templates]


def _templates(
    folders: Sequence[Path], name: str, kernel: str, hashed: bool
) -> Iterator[tuple[str, str]]:
    """What is wrong with the file of templates, and the next step."""
    path = next((folder / name for folder in folders if (folder / name).is_file()), None)
    if path is None:
        yield f"has an AUTOTEST line, and there is no {name}", f"{COPY}, into the course's"
        return
    try:
        found = yaml.safe_load(path.read_text("utf-8"))
    except (yaml.YAMLError, ValueError) as error:
        said = " ".join(str(error).split())
        yield f"its tests are made by {name}, which is not YAML: {said}", "correct that line"
        return
    parts = found.get(kernel) if isinstance(found, dict) else None
    if not isinstance(parts, dict):
        problem = f"its kernel is {kernel!r}, and {name} has nothing under that name"
        yield problem, f"rename the first line of {name}, or choose another kernel in Jupyter"
        return
    needed = [*PARTS, "hash"] if hashed else PARTS
    missing = [part for part in needed if not parts.get(part)]
    if not missing and "default" not in parts["templates"]:
        missing = ["templates: default"]
    if missing:
        yield f"{name} has no {', '.join(missing)} for {kernel!r}", COPY


def stopped(log: str) -> str:
    """In words, the exception with which a notebook stopped while its tests were generated; or "".

    log: what nbgrader said.
    """
    raised = STOPPED.search(log)
    if raised is None:
        return ""
    books = CONVERTED.findall(log[: raised.start()])
    where = books[-1] if books else "the notebook"
    return (
        f"{where} stopped with {raised[1].strip()}: {raised[2].strip()}, while nbgrader ran it to "
        "generate its tests. Next: run it from its first cell to its last in Jupyter, and what "
        "follows each AUTOTEST too"
    )
