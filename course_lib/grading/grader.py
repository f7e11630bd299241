"""One grader: a verifier and its warm process, in a process of their own.

    grader = Grader()
    grader.start(pack(plan, Options()))           # imports TensorFlow, on the far side
    verdict = grader.grade(submission)
    grader.close()

Whatever ends that process (no memory left, a fault of ours that one submission finds) ends no
other: here it is a GraderError. It leaves when this side closes its pipe, or is gone.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from course_lib.calls.text import one_line
from course_lib.checks.judging import SHRINKING, Plan
from course_lib.grading.budget import Budget
from course_lib.grading.cells import Submission
from course_lib.grading.course import CourseError
from course_lib.grading.jail import CORE, probe
from course_lib.grading.process import Warm, WarmError
from course_lib.grading.verdict import CellResult, Verdict
from course_lib.grading.verifier import Verifier


class GraderError(RuntimeError):
    """The grader's process ended, or met a mistake of ours; the submission may be tried again."""


@dataclass(frozen=True)
class Options:
    """How to run: `without` names layers of isolation to leave off; `whole` runs every cell.

    shrinking: seconds, per exercise, for making failing inputs smaller.
    """

    without: tuple[str, ...] = ()
    whole: bool = False
    budget: Budget = field(default_factory=Budget)
    insist: bool = True
    shrinking: float = SHRINKING

    def verifier(self, plan: Plan) -> Verifier:
        """A verifier with its warm process. Raises CourseError where a core layer is missing."""
        if self.insist:
            self._refuse([name for name in CORE if name in self.without or not probe()[name].on])
        warm = Warm(without=self.without)
        if self.insist and warm.missing:
            warm.close()
            self._refuse(warm.missing)
        return Verifier(plan, warm, self.budget, self.whole, self.shrinking)

    def _refuse(self, missing: Collection[str]) -> None:
        if missing:
            raise CourseError(
                f"this machine cannot isolate submissions: {', '.join(missing)} missing. "
                "`course doctor` says why and what to do; `--unjailed` grades all the same"
            )


def pack(plan: Plan, options: Options) -> bytes:
    """What a grader is started with; made once for a cohort."""
    return pickle.dumps((plan, options))


class Grader:
    """The near side: asks, and waits for the answer."""

    def __init__(self) -> None:
        command = [sys.executable, "-P", "-m", "course_lib.grading.grader"]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=0,  # Ctrl-C is this side's to handle
        )
        self.pid = self._process.pid

    def start(self, packed: bytes) -> None:
        """Wait until it can grade.

        Raises CourseError or WarmError where it cannot, GraderError where it ended before.
        """
        self._ask(packed)

    def grade(self, submission: Submission, only: Collection[str] | None = None) -> Verdict:
        """The verdict on `submission`, or on the exercises `only`. Raises as `start` does."""
        verdict: Verdict = self._ask(pickle.dumps(("grade", submission, only)))
        return verdict

    def demonstrate(self, submission: Submission) -> dict[str, CellResult]:
        """What its demonstrations show. Raises as `start` does."""
        cells: dict[str, CellResult] = self._ask(pickle.dumps(("demonstrate", submission)))
        return cells

    def _ask(self, question: bytes) -> Any:
        into, out = self._process.stdin, self._process.stdout
        assert into is not None and out is not None
        try:
            into.write(question)
            into.flush()
            answer, error = pickle.load(out)  # from our own process, as trusted as this one
        except (OSError, EOFError, ValueError, pickle.UnpicklingError) as gone:
            raise GraderError(f"its process ended: {one_line(gone) or 'killed'}") from None
        if error is not None:
            raise error
        return answer

    @property
    def alive(self) -> bool:
        """Whether its process is there."""
        return self._process.poll() is None

    def close(self) -> None:
        """End the process, at once; the warm process and what it runs go with it."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with contextlib.suppress(OSError):  # a question that was not sent to its end
                pipe.close()


def main() -> None:
    """The far side: answer until the near side hangs up."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what anything prints here must not get between the answers
    questions: queue.SimpleQueue[Any] = queue.SimpleQueue()
    reader = threading.Thread(target=_read, args=(sys.stdin.buffer, questions), daemon=True)
    reader.start()
    plan, options = questions.get()
    verifier: Verifier | None = None
    while True:
        answer: Any = None
        error: Exception | None = None
        try:
            if verifier is None:
                verifier = options.verifier(plan)
            else:
                what, *about = questions.get()
                answer = getattr(verifier, what)(*about)
        except (CourseError, WarmError) as trouble:  # nobody's submission
            error = trouble
        except Exception as mistake:  # ours, which this submission found
            error = GraderError(one_line(f"{type(mistake).__name__}: {mistake}"))
        pickle.dump((answer, error), answers)
        answers.flush()


def _read(pipe: BinaryIO, questions: queue.SimpleQueue[Any]) -> None:
    """Reads all the time, so that a near side that is gone is noticed in the middle of a cell."""
    while True:
        try:
            questions.put(pickle.load(pipe))
        except (EOFError, pickle.UnpicklingError):
            os._exit(1)


if __name__ == "__main__":
    from course_lib.grading import grader  # by its name, as the near side knows what is in it

    grader.main()
