"""What a bank's mistakes answer, worked out in the process that runs submissions.

    mistakes = course.mistakes()
    mistakes.prepare(plan, fork_server)          # before anything is judged
    known = mistakes.known(plan, "leapfrog")     # KnownMistakes
    mistakes.shipped                             # the bytes of mistakes/answers.npz

The questions are few and fixed (`feedback.probe_inputs`), so the answers depend on the bank and the
solutions alone. They lie beside the bank, written by `course audit` and `course release`. Where a
file of the bank or the solutions have changed since, the answers are worked out before the next
cohort is graded, and kept with the verdicts for the next run. Of a mistake whose sentence alone has
changed, the answers stay.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from course_lib.claims.bank import Entry
from course_lib.claims.exercise import Exercise
from course_lib.claims.sampling import SamplingPlan
from course_lib.feedback.mistake_archive import Answered, dump, load
from course_lib.feedback.mistake_matching import KnownMistake, KnownMistakes
from course_lib.feedback.probe_inputs import candidates, choose, count, reminders
from course_lib.grading.fork_server import ForkServer
from course_lib.grading.student_process import StudentProcess
from course_lib.grading.time_limits import TimeLimits
from course_lib.grading.verdict import write_whole
from course_lib.notebook import magics
from course_lib.notebook.cell import Cell
from course_lib.notebook.dependencies import choose as choose_cells
from course_lib.notebook.submission import Submission
from course_lib.protocol.questions import Answer, Question

# How questions are put and answers kept: another way makes stored answers stale.
ASKED = "chosen, alone, reminded, without a constant"
LIFETIME = 600.0  # seconds that one process may take for an exercise's mistakes: 40 took 10


@dataclass
class MistakeStore:
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

    def prepare(self, plan: SamplingPlan, fork_server: ForkServer | None = None) -> bool:
        """Bring `shipped` up to date, so that it serves in any process; whether it is.

        Without a fork server nothing is worked out. With one, which must have no fork at the
        time, a bank takes about a minute.
        """
        if not self.stale(plan):
            return True
        exercises = [each for each in plan.assignment.exercises.values() if self._of(each)]
        answered = [self._answered(plan, each, fork_server) for each in exercises]
        there = [each for each in answered if each is not None]
        if len(there) == len(exercises):
            self.shipped = dump(there)
        return len(there) == len(exercises)

    def known(self, plan: SamplingPlan, exercise: str) -> KnownMistakes | None:
        """The mistakes of `exercise` with their answers; None where there are none, or not yet."""
        answered = self._answered(plan, plan.assignment.exercises[exercise], None)
        return answered.known if answered is not None else None

    def groups(self, plan: SamplingPlan) -> dict[str, str]:
        """For each mistake, by `exercise/slug`, the one that speaks for all that behave like it."""
        speakers: dict[str, str] = {}
        for exercise in plan.assignment.exercises:
            known = self.known(plan, exercise)
            if known is not None:
                for mistake, speaker in zip(known.mistakes, known.groups, strict=True):
                    speaks = known.mistakes[speaker].slug
                    speakers[f"{exercise}/{mistake.slug}"] = f"{exercise}/{speaks}"
        return speakers

    def stale(self, plan: SamplingPlan) -> list[str]:
        """The exercises whose answers in the bank's own file are not those of this bank."""
        shipped = load(self.shipped, plan.assignment)
        return [
            name
            for name, exercise in plan.assignment.exercises.items()
            if (shipped[name].digest if name in shipped else "") != self._digest(plan, exercise)
            or (name in shipped and self._worded(shipped[name]) is not shipped[name])
        ]

    def digest(self, plan: SamplingPlan) -> str:
        """Of all that the answers depend on."""
        return " ".join(
            self._digest(plan, exercise) for exercise in plan.assignment.exercises.values()
        )

    def _answered(
        self, plan: SamplingPlan, exercise: Exercise, fork_server: ForkServer | None
    ) -> Answered | None:
        """From memory, the bank's file or the folder; else worked out, and put into the folder."""
        digest = self._digest(plan, exercise)
        if not digest:
            return None
        if self._read is None:
            read = load(self.shipped, plan.assignment)
            self._read = {name: self._worded(each) for name, each in read.items()}
        found = self._read.get(exercise.name)
        if found is None or found.digest != digest:
            found = self._stored(plan, exercise, digest, fork_server)
            if found is not None:
                found = self._read[exercise.name] = self._worded(found)
        return found

    def _worded(self, answered: Answered) -> Answered:
        """The same answers with the sentences that the bank has now; itself if nothing changed."""
        now = {entry.slug: entry.sentence for entry in self._of(answered.known.exercise)}
        mistakes = [
            replace(each, sentence=now.get(each.slug, each.sentence))
            for each in answered.known.mistakes
        ]
        if mistakes == list(answered.known.mistakes):
            return answered
        return replace(answered, known=replace(answered.known, mistakes=mistakes))

    def _stored(
        self, plan: SamplingPlan, exercise: Exercise, digest: str, fork_server: ForkServer | None
    ) -> Answered | None:
        path = self.folder / f"{exercise.name}.npz"
        with contextlib.ExitStack() as stack:
            with contextlib.suppress(OSError):  # a folder that is read-only: each works by itself
                self.folder.mkdir(parents=True, exist_ok=True)
                stack.enter_context(_alone(self.folder / f"{exercise.name}.lock"))
            stored = load(path.read_bytes() if path.is_file() else b"", plan.assignment)
            found = stored.get(exercise.name)
            if (found is None or found.digest != digest) and fork_server is not None:
                found = Answered(digest, self._work_out(plan, exercise, fork_server))
                with contextlib.suppress(OSError):
                    write_whole(path, dump([found]))
            return found if found is not None and found.digest == digest else None

    def _of(self, exercise: Exercise) -> list[Entry]:
        return [entry for entry in self.entries if entry.exercise == exercise.name]

    def _cells(self, plan: SamplingPlan) -> list[Cell]:
        """The cells that a mistake runs among: none that judges it."""
        chosen = choose_cells(self.solutions.cells, set(plan.assignment.exercises)).run
        return [cell for cell in chosen if cell.role != "test"]

    def _digest(self, plan: SamplingPlan, exercise: Exercise) -> str:
        """Of the code that runs and the mistakes in its place; empty where there are none."""
        entries = self._of(exercise)
        if not entries:
            return ""
        digest = hashlib.sha256(f"{ASKED} {exercise.arguments} {exercise.takes}\n".encode())
        for cell in self._cells(plan):
            digest.update(f"{cell.source}\0".encode())
        for entry in entries:
            digest.update(f"{entry.slug}\0{entry.source}\0".encode())
        return digest.hexdigest()

    def _work_out(
        self, plan: SamplingPlan, exercise: Exercise, fork_server: ForkServer
    ) -> KnownMistakes:
        """The mistakes' answers to those of many questions that tell most of them apart.

        What was chosen is asked again, of cells that were run anew: a function that remembers
        answers as it is asked, and a submission is asked these questions alone, in this order. A
        mistake that is right then is one of the memory: it is asked what made it wrong, too.
        """
        entries = self._of(exercise)
        questions = candidates(plan.assignment, exercise, plan.truth)
        own = self.solutions.cell(exercise.name).source
        cells = self._cells(plan)
        modules = self.solutions.modules
        mistakes = [
            KnownMistake(entry.slug, entry.sentence, len(entry.source)) for entry in entries
        ]

        def compared(asked: Sequence[Question]) -> KnownMistakes:
            with contextlib.closing(Asked(fork_server, cells, own, asked, modules)) as process:
                answers = [
                    process.of(source) for source in (own, *(each.source for each in entries))
                ]
            return KnownMistakes.compare(exercise, asked, answers, mistakes, plan.truth)

        among_all = compared(questions)
        extra: set[int] = set()
        while True:
            some = choose(among_all, count(among_all) - len(extra))
            chosen = [*(at for at in some if at not in extra), *sorted(extra)]
            alone = compared([questions[at] for at in chosen])
            more = reminders(among_all, alone) - extra
            if not more or len(extra | more) > count(among_all) // 2:
                return alone
            extra |= more


class Asked:
    """A process in which one solution cell after another is run and asked the same questions.

    modules: the Python files beside the notebook, which its cells may import.
    """

    def __init__(
        self,
        fork_server: ForkServer,
        cells: Collection[Cell],
        own: str,
        questions: Collection[Question],
        modules: Mapping[str, str],
    ) -> None:
        self._fork_server, self._own, self._calls = fork_server, own, list(questions)
        self._cells = [(name, magics.writing(name, text)) for name, text in modules.items()]
        self._cells += [(cell.id, cell.source) for cell in cells]
        self._process: StudentProcess | None = None

    def of(self, source: str) -> list[Answer]:
        """The answers with `source` in place of the solution."""
        if self._process is None or not self._process.alive:
            self.close()
            self._process = self._fork_server.spawn(budget=replace(TimeLimits(), notebook=LIFETIME))
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
