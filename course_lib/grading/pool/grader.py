"""One grader: a verifier and its fork server, in a process of their own.

    grader = Grader()
    grader.start(pack(plan, Options()))           # imports TensorFlow, in the other process
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

from course_lib.claims.sampling import SamplingPlan
from course_lib.errors import CourseError, ForkServerError
from course_lib.grading.fork_server import ForkServer
from course_lib.grading.sandbox import CORE, probe
from course_lib.grading.time_limits import TimeLimits
from course_lib.grading.verdict import CellResult, Verdict
from course_lib.grading.verifier import Verifier
from course_lib.notebook.submission import Submission
from course_lib.text import one_line
from course_lib.unexpected import told


class GraderError(RuntimeError):
    """The grader's process ended, or met a mistake of ours; the submission may be tried again."""


@dataclass(frozen=True)
class Options:
    """How to run: `without` names layers of isolation to leave off; `whole` runs every cell.

    shrinking: whether failing inputs are made smaller.
    """

    without: tuple[str, ...] = ()
    whole: bool = False
    budget: TimeLimits = field(default_factory=TimeLimits)
    insist: bool = True
    shrinking: bool = True

    def verifier(self, plan: SamplingPlan) -> Verifier:
        """A verifier with its fork server. Raises CourseError where a core layer is missing."""
        if self.insist:
            self._refuse([name for name in CORE if name in self.without or not probe()[name].on])
        closed = plan.assignment.closed
        fork_server = ForkServer(self.without, plan.imports, closed, plan.data, plan.hidden)
        if self.insist and fork_server.missing:
            fork_server.close()
            self._refuse(fork_server.missing)
        return Verifier(plan, fork_server, self.budget, self.whole, self.shrinking)

    def _refuse(self, missing: Collection[str]) -> None:
        if missing:
            raise CourseError(
                f"this machine cannot isolate submissions: {', '.join(missing)} missing. "
                "`course doctor` says why and what to do; `--unjailed` grades all the same"
            )


def pack(plan: SamplingPlan, options: Options) -> bytes:
    """What a grader is started with; made once for a cohort."""
    return pickle.dumps((plan, options))


class Grader:
    """The parent's side: asks, and waits for the answer."""

    def __init__(self) -> None:
        command = [sys.executable, "-P", "-m", "course_lib.grading.pool.grader"]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=0,  # Ctrl-C is this side's to handle
        )
        self.pid = self._process.pid

    def start(self, packed: bytes) -> None:
        """Wait until it can grade.

        Raises CourseError or ForkServerError where it cannot, GraderError where it ended before.
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
        """End the process, at once; the fork server and what it runs end with it."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with contextlib.suppress(OSError):  # a question that was not sent to its end
                pipe.close()


def main() -> None:
    """The child's side: answer until the parent closes the connection."""
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
        except (CourseError, ForkServerError) as trouble:  # nobody's submission
            error = trouble
        except Exception as mistake:  # ours, which this submission found
            error = GraderError(one_line(f"{type(mistake).__name__}: {mistake}"))
        pickle.dump((answer, error), answers)
        answers.flush()


def _read(pipe: BinaryIO, questions: queue.SimpleQueue[Any]) -> None:
    """Reads all the time, so that the end of the parent is noticed in the middle of a cell."""
    while True:
        try:
            questions.put(pickle.load(pipe))
        except (EOFError, pickle.UnpicklingError):
            os._exit(1)
        except Exception as error:  # a question that this side cannot read: nobody waits for ever
            print(told(error), file=sys.stderr)
            os._exit(1)


if __name__ == "__main__":
    from course_lib.grading.pool import grader

    grader.main()
