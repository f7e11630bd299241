"""An assignment as the engine knows it: its exercises, and where they were loaded from.

assignment = load("05_hamiltonian", root)       # `loading`
assignment.exercises["leapfrog"].claims
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course_lib.claims.exercise import Exercise
from course_lib.errors import AuthorFault


@dataclass(eq=False)
class Assignment:
    """The exercises of one assignment, in the order of its notebook.

    folder: where its files lie. helpers: the public functions of its `truth.py`. broken: exercises
    whose file could not be loaded, each with the reason. closed: modules that its submissions
    cannot import. imports: modules to import before a submission runs; None: those of the notebook.
    question, afterwards, minutes: for the map of the course, the question that it answers, what one
    can do afterwards, and how long it takes.
    given: names that the notebook's own cells bind. record: what a student's package has in place
    of truths, else None. released: the notebook as students get it, where there is one.
    """

    name: str
    folder: Path
    exercises: dict[str, Exercise] = field(default_factory=dict)
    helpers: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    broken: dict[str, AuthorFault] = field(default_factory=dict)
    closed: tuple[str, ...] = ()
    imports: tuple[str, ...] | None = None
    question: str = ""
    afterwards: str = ""
    minutes: int = 0
    given: frozenset[str] = frozenset()
    record: Any = None
    released: Path | None = None

    @property
    def topic(self) -> str:
        """`05_hamiltonian` → `hamiltonian`."""
        number, _, rest = self.name.partition("_")
        return rest if number.isdigit() and rest else self.name

    def helper(self, name: str) -> Callable[..., Any]:
        """A public function of `truth.py`. Raises AttributeError where there is none."""
        if name not in self.helpers:
            known = ", ".join([*self.exercises, *self.helpers]) or "nothing"
            raise AttributeError(f"truth has no {name}; it has {known}")
        return self.helpers[name]

    def is_closed(self, module: str) -> bool:
        """Whether its submissions may not import this module."""
        return any(module == name or module.startswith(f"{name}.") for name in self.closed)

    def faults(self) -> list[AuthorFault]:
        """All that is wrong with it as far as can be told without trying anything."""
        return [*self.broken.values(), *(f for e in self.exercises.values() for f in e.faults())]

    @property
    def possible(self) -> float:
        """The points of all its exercises."""
        return float(sum(exercise.points for exercise in self.exercises.values()))
