"""The answers of a bank's mistakes to a cohort's questions, so that a mistake can be named.

    mistakes = Mistakes(bank.mistakes, solutions, folder=Path("verdicts/00_worksheet/.mistakes"))
    known = mistakes.known(plan, "tf_log_like", warm)      # a checks.mistakes.Known

They are worked out when the first submission fails an exercise, in the same kind of process that
runs submissions, and kept on disk for the other workers and for the next run: a cohort pays once,
and only for exercises at which somebody failed.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from course_lib.calls.answer import Answer, Call
from course_lib.checks.claims import Exercise
from course_lib.checks.dependencies import choose
from course_lib.checks.judging import Plan
from course_lib.checks.mistakes import Known, Mistake, Signature
from course_lib.grading.bank import Entry
from course_lib.grading.cells import Cell, Submission
from course_lib.grading.process import Budget, StudentProcess, Warm
from course_lib.grading.verdict import write_whole

LIFETIME = 600.0  # seconds that one process may take for an exercise's mistakes: 264 took 60 in all


@dataclass
class Mistakes:
    """An assignment's mistakes, and where their answers are kept.

    solutions: the instructor's own submission. key: changes with whatever the answers depend on.
    """

    entries: tuple[Entry, ...]
    solutions: Submission
    folder: Path
    key: str = ""
    _known: dict[str, Known] = field(default_factory=dict, repr=False)

    def groups(self, plan: Plan) -> dict[str, str]:
        """For each mistake, by `exercise/slug`, the one that speaks for all that behave like it."""
        speakers: dict[str, str] = {}
        for exercise in {entry.exercise: None for entry in self.entries}:
            known = self.known(plan, exercise, None)
            if known is not None:
                for mistake, speaker in zip(known.mistakes, known.groups, strict=True):
                    speaks = known.mistakes[speaker].slug
                    speakers[f"{exercise}/{mistake.slug}"] = f"{exercise}/{speaks}"
        return speakers

    def right(self, plan: Plan, exercise: str, slug: str) -> bool:
        """Whether a mistake's answers are those of the solution, on every input of the plan."""
        known = self.known(plan, exercise, None)
        if known is None:
            return False
        which = [mistake.slug for mistake in known.mistakes].index(slug)
        return known.same_as_solution(known.of[which])

    def __getstate__(self) -> dict[str, object]:
        """For another process of the grader, which reads the answers from the disk."""
        return self.__dict__ | {"_known": {}}

    def known(self, plan: Plan, exercise: str, warm: Warm | None) -> Known | None:
        """The mistakes of `exercise` with their answers; None where the bank has none.

        Without a warm process nothing is worked out: None where the answers are not there yet.
        """
        entries = [entry for entry in self.entries if entry.exercise == exercise]
        if not entries:
            return None
        if exercise not in self._known:
            signatures = self._stored(plan, exercise, entries, warm)
            if signatures is None:
                return None
            self._known[exercise] = Known(
                plan.checks.exercises[exercise],
                plan.calls[exercise],
                signatures[0],
                [Mistake(entry.slug, entry.sentence, len(entry.source)) for entry in entries],
                signatures[1:],
            )
        return self._known[exercise]

    def _stored(
        self, plan: Plan, exercise: str, entries: list[Entry], warm: Warm | None
    ) -> list[Signature] | None:
        """The solution's answers and each mistake's: from the disk, or worked out and put there."""
        path = self.folder / f"{exercise}-{self._digest(plan, entries)[:16]}.npz"
        with contextlib.ExitStack() as stack:
            with contextlib.suppress(OSError):  # a folder that is read-only: each works by itself
                self.folder.mkdir(parents=True, exist_ok=True)
                stack.enter_context(_alone(self.folder / f"{exercise}.lock"))
            signatures = _load(path, len(entries) + 1)
            if signatures is None and warm is not None:
                signatures = self._work_out(plan, exercise, entries, warm)
                with contextlib.suppress(OSError):
                    for old in self.folder.glob(f"{exercise}-*.npz"):
                        old.unlink(missing_ok=True)
                    write_whole(path, _dump(signatures))
            return signatures

    def _digest(self, plan: Plan, entries: list[Entry]) -> str:
        digest = hashlib.sha256(f"{self.key}\n{plan.seed}\n{plan.share}\n".encode())
        digest.update(self.solutions.content_hash.encode())
        for entry in entries:
            digest.update(f"{entry.slug}\0{entry.source}\0".encode())
        return digest.hexdigest()

    def _work_out(
        self, plan: Plan, exercise: str, entries: list[Entry], warm: Warm
    ) -> list[Signature]:
        calls, graded = plan.calls[exercise], set(plan.checks.exercises)
        cells = choose(self.solutions.cells, graded).run
        asked = Asked(warm, cells, self.solutions.cell(exercise).source, calls)
        described: Exercise = plan.checks.exercises[exercise]
        try:
            sources = [self.solutions.cell(exercise).source, *(entry.source for entry in entries)]
            return [Signature.of(described, calls, asked.of(source)) for source in sources]
        finally:
            asked.close()


class Asked:
    """A process in which one solution cell after another is run and asked the same questions."""

    def __init__(self, warm: Warm, cells: tuple[Cell, ...], own: str, calls: list[Call]) -> None:
        self._warm, self._cells, self._own, self._calls = warm, cells, own, calls
        self._process: StudentProcess | None = None

    def of(self, source: str) -> list[Answer]:
        """The answers with `source` in place of the solution."""
        if self._process is None or not self._process.alive:
            self.close()
            self._process = self._warm.spawn(budget=replace(Budget(), notebook=LIFETIME))
            self._process.run([(cell.id, cell.source) for cell in self._cells])
        # The instructor's own first, so that a cell that fails leaves no earlier mistake behind.
        self._process.run([("solution", self._own), ("mistake", source)])
        return self._process.ask(self._calls)

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.close()
            self._process = None


def _dump(signatures: list[Signature]) -> bytes:
    file = io.BytesIO()
    np.savez_compressed(
        file,
        numbers=np.stack([each.numbers for each in signatures]),
        labels=np.stack([each.labels for each in signatures]),
        kinds=np.stack([each.kinds for each in signatures]),
    )
    return file.getvalue()


def _load(path: Path, count: int) -> list[Signature] | None:
    """What `_dump` wrote; None where there is nothing usable, which is then made again."""
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = [file[name] for name in ("numbers", "labels", "kinds")]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    if any(len(array) != count for array in arrays):
        return None
    return [Signature(*parts) for parts in zip(*arrays, strict=True)]


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the lock file `path`: the first worker works, the others wait and read."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
