"""Loads assignments from folders; nothing is listed by hand.

    names(root)                     # ["01_likelihood", "05_hamiltonian"]
    load("01_likelihood", root)     # root/assignments/01_likelihood/*.py

Without a root, the course folder above the current one is searched, then what a student has
installed (`course_assignments/`). Each `.py` file of the folder is a module of one package, so that
`from .inputs import LINES` works; those that declare exercises are the exercises. A file that
cannot be loaded breaks its own exercise alone.
"""

from __future__ import annotations

import atexit
import copyreg
import dataclasses
import difflib
import importlib.util
import inspect
import json
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from course_lib.claims.assignment import Assignment
from course_lib.claims.exercise import Exercise
from course_lib.claims.faults import as_known, fault_of
from course_lib.claims.record import RECORD, Record
from course_lib.digest import of_files
from course_lib.errors import AuthorFault, CourseError
from course_lib.notebook.dependencies import Names
from course_lib.notebook.reading import cells_of

FOLDER = "assignments"
INSTALLED = "course_assignments"  # the namespace package in which students have theirs
CONFIG = "nbgrader_config.py"
SETTINGS = "course.toml"
RELEASED = "released"  # the folder of a student's package that has the notebook in it
TRUTH = "truth"  # the module whose public functions are truth's helpers
NOT_CODE = ("mistakes", "alternatives", "cohort", "tests", "__pycache__")
_loaded: dict[tuple[str, str, tuple[str, ...], frozenset[str], Path | None], Assignment] = {}


def course_root(start: Path | None = None) -> Path | None:
    """The nearest folder upwards that is a course; None where there is none.

    A folder `assignments` alone is none: a student's own may be called so.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / CONFIG).is_file() or _has_claims(folder / FOLDER):
            return folder
    return None


def _has_claims(assignments: Path) -> bool:
    return any(b"course_lib" in path.read_bytes() for path in assignments.glob("*/*.py"))


def folders(root: Path | None = None) -> dict[str, Path]:
    """Assignment → folder: those of the course, then those that are installed."""
    root = root or course_root()
    found: dict[str, Path] = {}
    for place in [*([root / FOLDER] if root else []), *_installed()]:
        if place.is_dir():
            for folder in sorted(place.iterdir()):
                if folder.is_dir() and any(folder.glob("*.py")):
                    found.setdefault(folder.name, folder)
    return found


def _installed() -> list[Path]:
    try:
        spec = importlib.util.find_spec(INSTALLED)
    except (ImportError, ValueError):
        return []
    return [Path(p) for p in spec.submodule_search_locations or ()] if spec else []


def names(root: Path | None = None) -> list[str]:
    """The names of all assignments that have exercises, in order."""
    return sorted(folders(root))


def load(name: str, root: Path | None = None) -> Assignment:
    """An assignment. Raises LookupError where there is none of that name.

    What is wrong inside it is `assignment.faults()`; nothing of that is raised here.
    """
    known = folders(root)
    if name not in known:
        close = difflib.get_close_matches(name, known, n=1)
        said = f"those there are: {', '.join(sorted(known))}" if known else "there is none here"
        hint = f"did you mean {close[0]}?" if close else said
        raise LookupError(f"there is no assignment {name!r}: {hint}")
    return load_folder(name, known[name], root or course_root())


def load_folder(
    name: str,
    folder: Path,
    root: Path | None = None,
    order: Sequence[str] = (),
    given: Collection[str] = (),
) -> Assignment:
    """The assignment in `folder`, read again when a file in it has changed.

    Exercises come in the order of the notebook under `root`, its source or else its release; where
    there is neither, in `order`.
    """
    folder = folder.resolve()
    state = digest_of(folder)
    for notebook in [root / "source" / name, root / "release" / name] if root else []:
        if notebook.is_dir():
            order, given = _notebook(notebook)
            break
    released = _released(name, folder, root)
    key = (str(folder), state, tuple(order), frozenset(given), released)
    if key not in _loaded:
        plain = (str(folder), state, (), frozenset[str](), None)
        if plain not in _loaded:
            _loaded[plain] = _load(name, folder, state)
        assignment = _loaded[plain]
        if assignment.record is None:
            assignment = dataclasses.replace(assignment, given=frozenset(given), released=released)
            _sort(assignment, order)
        _loaded[key] = assignment
    return _loaded[key]


def _load(name: str, folder: Path, state: str) -> Assignment:
    # By content, not by place: what was pickled here is found again on another machine.
    package = f"course_assignment_{name}_{state[:12]}"
    _make_package(package, folder)
    assignment = Assignment(name, folder)
    _read_settings(assignment, folder / SETTINGS)
    modules: dict[str, ModuleType] = {}
    for path in sorted(folder.glob("*.py")):
        if path.stem == "__init__":
            continue
        try:
            modules[path.stem] = importlib.import_module(f"{package}.{path.stem}")
        except AuthorFault as fault:
            assignment.broken[path.stem] = fault
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            assignment.broken[path.stem] = fault_of(error, folder, f"{path.name} cannot be loaded")
    for module in modules.values():
        for exercise in vars(module).values():
            if isinstance(exercise, Exercise) and exercise.truth.__module__ == module.__name__:
                _add(assignment, exercise)
    if (folder / RECORD).is_file():
        assignment.record = Record((folder / RECORD).read_bytes(), as_known(str(folder / RECORD)))
        assignment.released = _released(name, folder, None)
        order = assignment.record.exercises
        assignment.given = assignment.record.given
        _sort(assignment, order)
    truth = modules.get(TRUTH)
    assignment.helpers = _public(truth) if truth is not None else {}
    return assignment


def _add(assignment: Assignment, exercise: Exercise) -> None:
    other = assignment.exercises.get(exercise.name)
    if other is not None and other is not exercise:
        assignment.broken[exercise.name] = exercise.place.fault(
            f"there are two exercises called {exercise.name}; the other one is in "
            f"{other.place.file}",
            "rename one of them, in its file and in the notebook",
        )
        return
    assignment.exercises[exercise.name] = exercise


def _public(module: ModuleType) -> Mapping[str, Callable[..., Any]]:
    return {
        name: value
        for name, value in vars(module).items()
        if callable(value) and not name.startswith("_") and not inspect.ismodule(value)
    }


def _make_package(package: str, folder: Path) -> None:
    spec = importlib.util.spec_from_loader(package, loader=None, is_package=True)
    assert spec is not None
    spec.submodule_search_locations = [str(folder)]
    sys.modules[package] = importlib.util.module_from_spec(spec)


def _read_settings(assignment: Assignment, path: Path) -> None:
    if not path.is_file():
        return
    try:
        settings = tomllib.loads(path.read_text("utf-8"))
        assignment.closed = _names_in(settings, "closed")
        assignment.imports = _names_in(settings, "imports") if "imports" in settings else None
        assignment.question = str(settings.get("question", ""))
        assignment.afterwards = str(settings.get("afterwards", ""))
        assignment.minutes = int(settings.get("minutes", 0))
    except (OSError, ValueError, TypeError) as error:
        fault = AuthorFault(
            as_known(str(path)), 0, f"it cannot be read: {error}", "see docs/author.md"
        )
        assignment.broken[SETTINGS] = fault


def _names_in(settings: dict[str, Any], key: str) -> tuple[str, ...]:
    names = settings.get(key, [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise TypeError(f'{key} is no list of names, such as ["emcee"]')
    return tuple(names)


def _notebook(folder: Path) -> tuple[list[str], set[str]]:
    """The names of solution cells in their order, and what the notebook's own cells bind."""
    order: list[str] = []
    given: set[str] = set()
    for path in sorted(folder.glob("*.ipynb")):
        try:
            cells = cells_of(json.loads(path.read_text("utf-8")))
        except (OSError, ValueError):  # what is wrong with it, `authoring.scan` says
            continue
        order += [cell.grade_id or "" for cell in cells if cell.is_answer]
        for cell in cells:
            if cell.is_code and cell.role == "given":
                given |= Names.of(cell.source).binds
    return order, given


def _released(name: str, folder: Path, root: Path | None) -> Path | None:
    """The released notebook: the course's, else the one in a student's package."""
    places = [root / "release" / name] if root else []
    for place in [*places, folder / RELEASED]:
        found = sorted(place.glob("*.ipynb"))
        if len(found) == 1:
            return found[0]
    return None


def _sort(assignment: Assignment, order: Sequence[str]) -> None:
    place = {name: number for number, name in enumerate(order)}
    last = len(place)
    named = sorted(assignment.exercises.items(), key=lambda pair: place.get(pair[0], last))
    assignment.exercises = dict(named)


def files_of(folder: Path) -> dict[str, bytes]:
    """The files that make an assignment, code and data, by their names from its folder on."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.suffix != ".md"  # what its authors tell each other
        and not any(
            part in NOT_CODE or part.startswith(".") for part in path.relative_to(folder).parts
        )
    }


def digest_of(folder: Path) -> str:
    """Changes when any file of the assignment does."""
    return of_files(files_of(folder))


def load_files(
    name: str,
    folder: str,
    files: Mapping[str, bytes],
    order: Sequence[str],
    given: Collection[str],
) -> Assignment:
    """An assignment from its files' bytes, as another process had them in `folder`."""
    here = Path(folder)
    if here.is_dir() and files_of(here) == files:
        return load_folder(name, here, order=order, given=given)
    place = tempfile.mkdtemp(prefix="course-")
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    copy = Path(place) / FOLDER / name
    for relative, data in files.items():
        path = copy / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return load_folder(name, copy, order=order, given=given)


def load_or_refuse(name: str, root: Path) -> Assignment:
    """As `load`. Raises CourseError where there is none of that name."""
    try:
        return load(name, root)
    except LookupError as error:
        raise CourseError(f"{error}") from None


def _reduce(assignment: Assignment) -> tuple[Any, ...]:
    """For another process of the grader, perhaps on another machine: its files travel along."""
    files = files_of(assignment.folder)
    order = list(assignment.exercises)
    return load_files, (assignment.name, str(assignment.folder), files, order, assignment.given)


copyreg.pickle(Assignment, _reduce)
