"""What a bank's mistakes answer, worked out in the process that runs submissions.

    mistakes = course.mistakes()
    mistakes.prepare(checks, warm)               # before anything is judged
    known = mistakes.known(checks, "tf_log_like")             # a checks.mistakes.Known
    mistakes.shipped                             # the bytes of bank/…/mistakes/answers.npz

The questions are few and fixed (`checks.questions`), so the answers depend on the bank and the
solutions alone. They lie beside the bank, written by `course audit` and `course release`. Where a
file of the bank or the solutions have changed since, the answers are worked out before the next
cohort is graded, and kept with the verdicts for the next run.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from course_lib.calls.answer import Answer, Call
from course_lib.checks.answers import Answered, dump, load
from course_lib.checks.claims import Checks, Exercise
from course_lib.checks.dependencies import choose as choose_cells
from course_lib.checks.mistakes import Known, Mistake, Signature
from course_lib.checks.questions import COUNT, candidates, choose, chosen_of
from course_lib.grading.bank import Entry
from course_lib.grading.budget import Budget
from course_lib.grading.cells import Cell, Submission
from course_lib.grading.process import StudentProcess, Warm
from course_lib.grading.verdict import write_whole

LIFETIME = 600.0  # seconds that one process may take for an exercise's mistakes: 40 took 10


@dataclass
class Mistakes:
    """An assignment's mistakes, and where their answers are kept.

    solutions: the instructor's own submission. shipped: the bytes of the bank's own file of
    answers. folder: where answers are kept that are not in it.
    """

    entries: tuple[Entry, ...]
    solutions: Submission
    folder: Path
    shipped: bytes = field(default=b"", repr=False)
    _read: dict[str, Answered] | None = field(default=None, repr=False)

    def __getstate__(self) -> dict[str, object]:
        """For another process of the grader, which reads the answers there."""
        return self.__dict__ | {"_read": None}

    def prepare(self, checks: Checks, warm: Warm | None = None) -> bool:
        """Bring `shipped` up to date, so that it serves in any process; whether it is.

        Without a warm process nothing is worked out. With one, which must have no fork at the
        time, a bank takes about a minute.
        """
        if not self.stale(checks):
            return True
        exercises = [each for each in checks.exercises.values() if self._of(each)]
        answered = [self._answered(checks, each, warm) for each in exercises]
        there = [each for each in answered if each is not None]
        if len(there) == len(exercises):
            self.shipped = dump(there)
        return len(there) == len(exercises)

    def known(self, checks: Checks, exercise: str) -> Known | None:
        """The mistakes of `exercise` with their answers; None where there are none, or not yet."""
        answered = self._answered(checks, checks.exercises[exercise], None)
        return answered.known if answered is not None else None

    def groups(self, checks: Checks) -> dict[str, str]:
        """For each mistake, by `exercise/slug`, the one that speaks for all that behave like it."""
        speakers: dict[str, str] = {}
        for exercise in checks.exercises:
            known = self.known(checks, exercise)
            if known is not None:
                for mistake, speaker in zip(known.mistakes, known.groups, strict=True):
                    speaks = known.mistakes[speaker].slug
                    speakers[f"{exercise}/{mistake.slug}"] = f"{exercise}/{speaks}"
        return speakers

    def right(self, checks: Checks, exercise: str, slug: str) -> bool:
        """Whether a mistake's answers to all questions are those of the solution."""
        known = self.known(checks, exercise)
        if known is None:
            return False
        which = [mistake.slug for mistake in known.mistakes].index(slug)
        return known.same_as_solution(known.of[which])

    def stale(self, checks: Checks) -> list[str]:
        """The exercises whose answers in the bank's own file are not those of this bank."""
        shipped = load(self.shipped, checks)
        return [
            name
            for name, exercise in checks.exercises.items()
            if (shipped[name].digest if name in shipped else "") != self._digest(checks, exercise)
        ]

    def digest(self, checks: Checks) -> str:
        """Of all that the answers depend on."""
        return " ".join(self._digest(checks, exercise) for exercise in checks.exercises.values())

    def _answered(self, checks: Checks, exercise: Exercise, warm: Warm | None) -> Answered | None:
        """From memory, the bank's file or the folder; else worked out, and put into the folder."""
        digest = self._digest(checks, exercise)
        if not digest:
            return None
        if self._read is None:
            self._read = load(self.shipped, checks)
        found = self._read.get(exercise.name)
        if found is None or found.digest != digest:
            found = self._stored(checks, exercise, digest, warm)
            if found is not None:
                self._read[exercise.name] = found
        return found

    def _stored(
        self, checks: Checks, exercise: Exercise, digest: str, warm: Warm | None
    ) -> Answered | None:
        path = self.folder / f"{exercise.name}.npz"
        with contextlib.ExitStack() as stack:
            with contextlib.suppress(OSError):  # a folder that is read-only: each works by itself
                self.folder.mkdir(parents=True, exist_ok=True)
                stack.enter_context(_alone(self.folder / f"{exercise.name}.lock"))
            stored = load(path.read_bytes() if path.is_file() else b"", checks)
            found = stored.get(exercise.name)
            if (found is None or found.digest != digest) and warm is not None:
                found = Answered(digest, self._work_out(checks, exercise, warm))
                with contextlib.suppress(OSError):
                    write_whole(path, dump([found]))
            return found if found is not None and found.digest == digest else None

    def _of(self, exercise: Exercise) -> list[Entry]:
        return [entry for entry in self.entries if entry.exercise == exercise.name]

    def _digest(self, checks: Checks, exercise: Exercise) -> str:
        """Of the code that runs and the mistakes in its place; empty where there are none."""
        entries = self._of(exercise)
        if not entries:
            return ""
        digest = hashlib.sha256(f"{exercise.arguments} {exercise.returns}\n".encode())
        for cell in choose_cells(self.solutions.cells, set(checks.exercises)).run:
            digest.update(f"{cell.source}\0".encode())
        for entry in entries:
            digest.update(f"{entry.slug}\0{entry.source}\0".encode())
        return digest.hexdigest()

    def _work_out(self, checks: Checks, exercise: Exercise, warm: Warm) -> Known:
        """The mistakes' answers to those of many questions that tell most of them apart."""
        entries, calls = self._of(exercise), candidates(checks, exercise)
        own = self.solutions.cell(exercise.name).source
        cells = choose_cells(self.solutions.cells, set(checks.exercises)).run
        with contextlib.closing(Asked(warm, cells, own, calls)) as asked:
            sources = [own, *(entry.source for entry in entries)]
            signatures = [Signature.of(exercise, calls, asked.of(source)) for source in sources]
        mistakes = [Mistake(entry.slug, entry.sentence, len(entry.source)) for entry in entries]
        known = Known(exercise, calls, signatures[0], mistakes, signatures[1:])
        return chosen_of(known, choose(known, COUNT[exercise.takes]))


class Asked:
    """A process in which one solution cell after another is run and asked the same questions."""

    def __init__(
        self, warm: Warm, cells: Collection[Cell], own: str, calls: Collection[Call]
    ) -> None:
        self._warm, self._own, self._calls = warm, own, list(calls)
        self._cells = [(cell.id, cell.source) for cell in cells]
        self._process: StudentProcess | None = None

    def of(self, source: str) -> list[Answer]:
        """The answers with `source` in place of the solution."""
        if self._process is None or not self._process.alive:
            self.close()
            self._process = self._warm.spawn(budget=replace(Budget(), notebook=LIFETIME))
            self._process.run(self._cells)
        # The instructor's own first, so that a cell that fails leaves no earlier mistake behind.
        self._process.run([("solution", self._own), ("mistake", source)])
        return self._process.ask(self._calls)

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.close()
            self._process = None


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the lock file `path`: the first worker works, the others wait and read."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
