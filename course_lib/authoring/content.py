"""Finds what is wrong with an assignment's claims and mistakes before anything is run in a sandbox.

    for fault in content_faults("01_pendulum", root):
        print(fault)

    assignments/01_pendulum/period.py, line 12: the claims about period share out 2 of 3 points
        next: make the points of its claims add up

Inputs are drawn and the claims are tried on their own truths, which takes about a second.
"""

from __future__ import annotations

import importlib.machinery
import importlib.util
import sys
import tomllib
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from course_lib.authoring.build import read_twin, twins
from course_lib.claims.assignment import Assignment
from course_lib.claims.bank import changed, read_bank, unchanged
from course_lib.claims.faults import as_known, fault_of
from course_lib.claims.loading import SETTINGS, load
from course_lib.claims.sampling import SamplingPlan
from course_lib.claims.truth import Made, Truth
from course_lib.errors import AuthorFault
from course_lib.feedback import probe_inputs
from course_lib.notebook.cell import CHECK_PREFIX
from course_lib.notebook.reading import cells_of
from course_lib.protocol.questions import Answer, Question

SEED = 2018  # of the inputs that are drawn to see whether they can be
SHARE = 0.1  # of the usual number of inputs: what fails always fails on one
MODULES = ("closed", "imports")  # settings of course.toml that are lists of modules
WORDS = {"question": str, "afterwards": str, "minutes": int}  # those for the map of the course
KEYS = (*MODULES, *WORDS)


def content_faults(assignment: str, root: Path) -> list[AuthorFault]:
    """Every fault in `assignments/ASSIGNMENT`; none where there is no such folder.

    Raises AuthoringError where the notebook's source cannot be read.
    """
    try:
        content = load(assignment, root)
    except LookupError:
        return []
    cells = [cell for twin in twins(assignment, root) for cell in cells_of(read_twin(twin))]
    solutions = {c.grade_id: c.source for c in cells if c.grade_id and c.role == "solution"}
    tested = {c.exercise for c in cells if c.exercise and c.role == "test"}
    found = [
        *content.faults(),
        *settings_faults(content.folder / SETTINGS),
        *cells_faults(content, {*solutions, *tested}),
        *truth_faults(content),
        *probes_faults(content),
        *bank_faults(content, solutions),
    ]
    return list({str(fault): fault for fault in found}.values())


def settings_faults(path: Path) -> Iterator[AuthorFault]:
    """Unknown keys in course.toml, values of another kind, and modules that do not exist."""
    try:
        text = path.read_text("utf-8")
        settings = tomllib.loads(text)
    except (OSError, ValueError):  # the loader has said why
        return
    file = as_known(str(path))
    for key, value in settings.items():
        if key not in KEYS:
            close = get_close_matches(key, KEYS, n=1)
            step = f"did you mean {close[0]}?" if close else f"it may have {', '.join(KEYS)}"
            yield AuthorFault(file, _line_of(text, key), f"there is no setting {key!r}", step)
            continue
        if key in WORDS:
            if not isinstance(value, WORDS[key]):
                problem = f"{key} is of type {type(value).__name__}"
                step = "write minutes = 75" if key == "minutes" else f'write {key} = "…"'
                yield AuthorFault(file, _line_of(text, key), problem, step)
            continue
        if not isinstance(value, list):
            step = f'write {key} = ["{value}"]'
            yield AuthorFault(file, _line_of(text, key), f"{key} is not a list of modules", step)
            continue
        for module in map(str, value):
            if not exists(module):
                problem = f"{key} names {module!r}, and there is no such module here"
                step = "correct the name, or install what brings it"
                yield AuthorFault(file, _line_of(text, module), problem, step)


def _line_of(text: str, word: str) -> int:
    return next((n for n, line in enumerate(text.splitlines(), 1) if word in line), 0)


def exists(module: str) -> bool:
    """Whether a module can be found, without importing anything.

    >>> exists("xml.dom"), exists("xml.dim")
    (True, False)
    """
    first, *rest = module.split(".")
    if first in sys.builtin_module_names:
        return not rest
    try:
        spec = importlib.util.find_spec(first)
    except (ImportError, ValueError):
        return False
    for name in rest:
        if spec is None or spec.submodule_search_locations is None:
            return False
        places = list(spec.submodule_search_locations)
        spec = importlib.machinery.PathFinder.find_spec(f"{spec.name}.{name}", places)
    return spec is not None


def cells_faults(content: Assignment, cells: Collection[str]) -> Iterator[AuthorFault]:
    """Exercises that have no cells in the notebook; `cells`: the names of those that have."""
    for name, exercise in content.exercises.items():
        if name not in cells:
            close = get_close_matches(name, set(cells) - set(content.exercises), n=1)
            step = f"add a solution cell {name} and a test cell {CHECK_PREFIX}{name}"
            yield exercise.place.fault(
                f"no cells in source/{content.name}/ belong to {name}",
                f"did you mean {close[0]}? Else {step}" if close else step,
            )


class _NotingObjects(Truth):
    """Right answers; notes exercises that are functions and answer with an object."""

    def __init__(self, assignment: Assignment) -> None:
        super().__init__(assignment)
        self._exercises = assignment.exercises
        self.made: dict[str, str] = {}

    def answer(self, question: Question) -> Answer | Made:
        """As `Truth.answer`."""
        answer = super().answer(question)
        exercise = self._exercises.get(question.function)
        if isinstance(answer, Made) and exercise is not None and not exercise.makes_objects:
            self.made.setdefault(exercise.name, _kind_of(exercise.truth, question))
        return answer


def _kind_of(truth: object, question: Question) -> str:
    """What kind of thing a truth returns."""
    try:
        made = truth(*question.arguments)  # type: ignore[operator]  # it was called a moment ago
    except Exception:  # for example for want of a callback
        return "an object"
    return type(made).__name__


def truth_faults(content: Assignment) -> Iterator[AuthorFault]:
    """Claims that cannot be drawn or tried on their own truth, and truths that return objects."""
    truth = _NotingObjects(content)
    plan = SamplingPlan.draw(content, SEED, SHARE, truth=truth)
    for name, kind in truth.made.items():
        yield content.exercises[name].place.fault(
            f"the truth {name} returns {kind}, which cannot be compared with a student's",
            "return numbers, text, arrays, or tuples, lists and dicts of these; or make it a class",
        )
    yield from (fault for name, fault in plan.faults.items() if name not in truth.made)


def probes_faults(content: Assignment) -> Iterator[AuthorFault]:
    """Exercises whose `probes` raise, or draw what cannot be put to a submission."""
    for name, exercise in content.exercises.items():
        if exercise.probes is not None:
            plan = SamplingPlan(content, SEED, SHARE, Truth(content))
            try:
                probe_inputs.drawn(plan, exercise, probe_inputs.SEED, probe_inputs.DRAWN)
            except Exception as error:
                yield fault_of(error, content.folder, f"the probes of {name} failed")


def bank_faults(content: Assignment, solutions: Mapping[str, str]) -> Iterator[AuthorFault]:
    """Mistakes that cannot be used, that are there twice, or that are the solution itself."""
    lines: set[str] = set()
    for name, exercise in content.exercises.items():
        lines |= {f"{name}/{mistake.slug}" for mistake in exercise.mistakes}
        if name in solutions:
            yield from changed(exercise, solutions[name])[1]
    known = {
        **content.exercises,
        **content.broken,
    }  # nothing is said twice of what cannot be loaded
    bank = read_bank(content.folder, known, may_be_empty=True)
    folder = as_known(str(content.folder))
    for said in bank.faults:
        path, _, problem = said.partition(": ")
        yield AuthorFault(f"{folder}/{path}", 0, problem, "correct the file, or delete it")
    for entry in bank.mistakes:
        if entry.name in lines:
            problem = f"there is a mistake {entry.slug} beside the claims too"
            yield _of_file(folder, entry.name, problem, "rename or delete one of them")
    for entry in unchanged(bank.mistakes, solutions):
        yield _of_file(
            folder, entry.name, "it is the solution: it changes nothing", "change it, or delete it"
        )


def _of_file(folder: str, name: str, problem: str, step: str) -> AuthorFault:
    return AuthorFault(f"{folder}/mistakes/{name}.py", 1, problem, step)
