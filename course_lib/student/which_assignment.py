"""Which exercise `check(f)` is about: the function's name, and the notebook that it stands in.

Two assignments may both have a `leapfrog`. The name of the notebook's file tells which one is
meant, where Jupyter or an editor gives it; else the other exercises that the notebook defines.
"""

from __future__ import annotations

import difflib
import inspect
import json
import os
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

from course_lib.claims.assignment import Assignment
from course_lib.claims.loading import course_root, load, names
from course_lib.errors import CourseLibError
from course_lib.notebook.reading import cells_of
from course_lib.notebook.recognise import exercises_of

NONE_INSTALLED = (
    "No assignment is installed here. Next: pip install -r requirements.txt, in the folder that "
    "you were given."
)
PLACES = ("__vsc_ipynb_file__", "__session__")  # variables in which editors say the notebook's path


def of_exercise(name: str, assignment: str | None = None, function: Any = None) -> Assignment | str:
    """The assignment that has the exercise `name`, or a sentence that says why none is chosen."""
    path = notebook_path()
    root = (course_root(path.parent) if path is not None else None) or course_root()
    if assignment is not None:
        try:
            found = load(assignment, root)
        except LookupError as error:
            return f"{error}."
        return found if name in found.exercises else _unknown(name, [found])
    known = [load(each, root) for each in names(root)]
    having = [each for each in known if name in each.exercises]
    if not having:
        return _unknown(name, _mentioned(known, path) or known)
    if len(having) == 1:
        return having[0]
    likely = _mentioned(having, path)
    if len(likely) != 1 and function is not None:
        likely = [each for each in likely or having if _takes(function, each, name)]
    if len(likely) == 1:
        return likely[0]
    there = " and ".join(each.name for each in having)
    return (
        f"{there} both have an exercise {name}. Say which one you mean: "
        f'check({name}, assignment="{having[-1].name}").'
    )


def of_notebook(assignment: str | None = None) -> Assignment | str:
    """The assignment that the notebook is, or a sentence that says why none is chosen."""
    path = notebook_path()
    root = (course_root(path.parent) if path is not None else None) or course_root()
    if assignment is not None:
        try:
            return load(assignment, root)
        except LookupError as error:
            return f"{error}."
    known = [load(each, root) for each in names(root)]
    likely = _mentioned(known, path) or known
    if len(likely) == 1:
        return likely[0]
    if not known:
        return NONE_INSTALLED
    there = " and ".join(each.name for each in likely)
    return f'It may be one of {there}: say which one, check_all("{likely[0].name}").'


def _takes(function: Any, assignment: Assignment, name: str) -> bool:
    """Whether a function has the arguments of the assignment's exercise."""
    try:
        names = tuple(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return False
    return names == assignment.exercises[name].arguments


def _mentioned(known: Collection[Assignment], path: Path | None) -> list[Assignment]:
    """Those of `known` to which the notebook belongs, as far as can be told."""
    if path is not None:
        named = [a for a in known if a.name in path.parts or a.topic == path.stem]
        if len(named) == 1:
            return named
    every = {exercise for each in known for exercise in each.exercises}
    mine = _exercises_in(path, every) or set(vars(sys.modules["__main__"]))
    count = {each.name: len(mine & set(each.exercises)) for each in known}
    most = max(count.values(), default=0)
    return [each for each in known if most and count[each.name] == most]


def notebook_path() -> Path | None:
    """The notebook's file, where Jupyter or an editor says which it is."""
    main = vars(sys.modules["__main__"])
    said = [os.environ.get("JPY_SESSION_NAME"), *(main.get(name) for name in PLACES)]
    for text in said:
        if isinstance(text, str) and text.endswith(".ipynb"):
            return Path(text)
    return None


def _exercises_in(path: Path | None, among: Collection[str]) -> set[str]:
    """The exercises `among` these in the notebook's file; empty where it cannot be read."""
    try:
        cells = cells_of(json.loads(path.read_text("utf-8-sig"))) if path is not None else ()
    except (OSError, ValueError, RecursionError):
        return set()
    return exercises_of(cells, among)


def name_of(function: Any) -> str:
    """The exercise that a function is: by its own name, else by one that the notebook gave it.

    `log_prior = functools.partial(by_direction, 1.5)` has none of its own.
    """
    name = str(getattr(function, "__name__", ""))
    given = [n for n, value in vars(sys.modules["__main__"]).items() if value is function]
    every = _every_exercise()
    return name if name in every else next((n for n in given if n in every), name or "this")


def _every_exercise() -> set[str]:
    try:
        root = course_root()
        return {name for each in names(root) for name in load(each, root).exercises}
    except CourseLibError:
        return set()


def _unknown(name: str, known: Collection[Assignment]) -> str:
    exercises = [exercise for each in known for exercise in each.exercises]
    if not exercises:
        return f"There is no exercise called {name}. {NONE_INSTALLED}"
    close = difflib.get_close_matches(name, exercises, n=1)
    hint = f"Did you mean {close[0]}?" if close else f"The exercises are {', '.join(exercises)}."
    return f"There is no exercise called {name}. {hint} Keep the name that the cell came with."
