"""Releases an assignment: build, scan, strip with nbgrader, and pack what students download.

    released = release("05_hamiltonian", root)
    released.folder        # root/release/05_hamiltonian, for nbgrader's exchange
    released.archive       # root/dist/05_hamiltonian.zip, for a bare machine

The release is a function of the sources: made twice, it is the same bytes. Where it is refused, the
one that was there before stays as it was.
"""

from __future__ import annotations

import os
import re
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from course_lib.authoring.archive import write_archive
from course_lib.authoring.autotests import autotest_faults, stopped
from course_lib.authoring.beside import BesideExporter
from course_lib.authoring.build import build, lines_of_cells, notebook_path, read_twin, twins
from course_lib.authoring.content import content_faults
from course_lib.authoring.faults import Fault
from course_lib.authoring.gradebook import refuse_other_cells, refuse_other_schema
from course_lib.authoring.guard import points_of_claims
from course_lib.authoring.plain import plain_faults, plain_sources, read_plain
from course_lib.authoring.scan import scan
from course_lib.claims.loading import load
from course_lib.errors import AuthorFault, AuthoringError
from course_lib.notebook.cell import Cell
from course_lib.notebook.dependencies import imported
from course_lib.notebook.plain import HIDDEN_TESTS
from course_lib.notebook.reading import cells_of

CONFIG = "nbgrader_config.py"
RAISED = re.compile(r"^ *(?:\w+\.)*\w+(?:Error|Exception): ", re.MULTILINE)  # ends a traceback
OURS = "course_lib.errors.AuthoringError: "


@dataclass(frozen=True)
class Released:
    """What a release made, and what it is worth: points by check, points by hand.

    archive: None where none was asked for, and of a plain assignment, for which a student needs
    nothing of this course.
    """

    assignment: str
    folder: Path
    archive: Path | None
    automatic_points: float
    manual_points: float


def release(
    assignment: str,
    root: Path,
    audit: Callable[[], None] | None = None,
    *,
    packed: bool = True,
) -> Released:
    """Build, scan and release `assignment`; nbgrader's gradebook learns its cells and points.

    audit: called when nothing else is left that may refuse the release; it may raise.
    packed: make the students' archive too, for which all right answers are worked out.
    Raises AuthoringError with every fault that was found, or with nbgrader's reason where it
    refused, and GradebookError. What was released before is then still there.
    """
    root = root.resolve()
    if sources := plain_sources(assignment, root):
        return _release_plain(assignment, root, sources)
    if faults := scan_assignment(assignment, root):
        raise AuthoringError(f"{assignment} cannot be released:", faults)
    build(assignment, root)
    notebooks = {
        notebook_path(twin).stem: cells_of(read_twin(twin)) for twin in twins(assignment, root)
    }
    _ask_gradebook(assignment, root, notebooks)
    if audit is not None:
        audit()
    generate(assignment, root)
    cells = [cell for notebook in notebooks.values() for cell in notebook]
    archive = pack(assignment, root) if packed else None
    return _released(assignment, root, archive, cells)


def _release_plain(assignment: str, root: Path, sources: Sequence[Path]) -> Released:
    """Release notebooks without claims: nothing to build, to audit or to pack."""
    read = {path: read_plain(path) for path in sources}
    config, folders = settings(root), (root / "source" / assignment, root)
    faults: list[Fault] = []
    for path, (notebook, _) in read.items():
        file = f"source/{assignment}/{path.name}"
        faults += plain_faults(notebook, file)
        faults += autotest_faults(notebook, file, folders, config)
    if faults:
        raise AuthoringError(f"{assignment} cannot be released:", faults)
    notebooks = {path.stem: cells for path, (_, cells) in read.items()}
    _ask_gradebook(assignment, root, notebooks)
    generate(assignment, root)
    cells = [cell for notebook in notebooks.values() for cell in notebook]
    return _released(assignment, root, None, cells)


def _released(assignment: str, root: Path, archive: Path | None, cells: Sequence[Cell]) -> Released:
    return Released(
        assignment,
        root / "release" / assignment,
        archive,
        sum(cell.points for cell in cells if cell.role == "test"),
        sum(cell.points for cell in cells if cell.by_hand),
    )


def _ask_gradebook(assignment: str, root: Path, notebooks: Mapping[str, Sequence[Cell]]) -> None:
    """Raise GradebookError where nbgrader refuses these cells, or cannot read its gradebook."""
    course = CourseDirectory(config=settings(root))
    refuse_other_schema(course.db_url)
    with tools_on_path(), Gradebook(course.db_url, course.course_id) as gradebook:
        refuse_other_cells(gradebook, assignment, notebooks)


def pack(assignment: str, root: Path) -> Path:
    """Write `dist/ASSIGNMENT.zip` from what was released; again after an audit of its bank.

    Known mistakes are named by their answers, which an audit brings up to date.
    """
    try:
        content = load(assignment, root)
    except LookupError:
        content = None
    sources = [
        cell.source
        for twin in twins(assignment, root)
        for cell in cells_of(read_twin(twin))
        if cell.may_run
    ]
    modules = dict.fromkeys(name for source in sources for name in imported(source))
    folder = root / "release" / assignment
    return write_archive(folder, root, topic(assignment), content, modules)


def topic(assignment: str) -> str:
    """`05_hamiltonian` → `hamiltonian`; a name without a number is its own topic."""
    number, _, rest = assignment.partition("_")
    return rest if number.isdigit() and rest else assignment


def scan_assignment(assignment: str, root: Path) -> list[Fault | AuthorFault]:
    """Every fault in the twins of one assignment and in its claims, with file and line."""
    points = points_of_claims(assignment, root)
    found: list[Fault | AuthorFault] = []
    for twin in twins(assignment, root):
        file = f"source/{assignment}/{twin.name}"
        found += scan(read_twin(twin), file, points, lines_of_cells(twin))
    return found + content_faults(assignment, root)


def generate(assignment: str, root: Path) -> None:
    """nbgrader's generate_assignment, with the course's own settings, in this process."""
    config = settings(root)
    course = CourseDirectory(config=config)
    config.CourseDirectory.ignore = [*course.ignore, HIDDEN_TESTS]  # it is for grading alone
    config.GenerateAssignment.exporter_class = BesideExporter  # also where the settings are older
    with tools_on_path():
        result = NbGraderAPI(config=config).generate_assignment(assignment, force=True)
    if not result["success"]:
        raise AuthoringError(
            f"nbgrader could not release {assignment}: {_reason(result)}\nWhat was released before "
            "is as it was."
        )


def _reason(result: Mapping[str, str]) -> str:
    """What stopped nbgrader: the words of the last exception in its log, else of its own."""
    log, own = result.get("log", ""), result.get("error", "")
    if words := stopped(log):
        return words
    for told in (log, own):
        raised = list(RAISED.finditer(told))
        if raised:  # the next line of the log begins with [ERROR]
            said = told[raised[-1].start() :].partition("\n[")[0]
            return textwrap.dedent(said).strip().removeprefix(OURS)
    return (log or own or "it gave no reason").strip()


def settings(root: Path) -> Config:
    """The course's nbgrader_config.py, with `root` as the course's folder."""
    if not (root / CONFIG).is_file():
        raise AuthoringError(
            f"{root} has no {CONFIG}. Next: run this in the course's folder, or name it"
        )
    config = PyFileConfigLoader(CONFIG, path=str(root)).load_config()
    config.CourseDirectory.root = str(root)
    return config


@contextmanager
def tools_on_path() -> Iterator[None]:
    """nbgrader calls `alembic` by name: let it find the one of this environment."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), before])
    try:
        yield
    finally:
        os.environ["PATH"] = before
