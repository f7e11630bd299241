"""The real way of one submission, with small clocks, between canaries.

    with Arena(folder) as arena:
        verdict = arena.grade(attack)

One fork server serves all, so that what one attack leaves would be met by the next. The plan has
a fifth of the usual draws: it is easier to be lucky with, so an attack that fails here fails there.
"""

from __future__ import annotations

import dataclasses
import json
import os
import re
import resource
import sys
import time
from pathlib import Path
from typing import Any, Self

from attack_bank import Attack, solved_notebook
from canaries import ASSIGNMENT, Canaries, namespace_of_children, processes_in

from course_lib.claims.sampling import SamplingPlan
from course_lib.grading.course import Course
from course_lib.grading.fork_server import ForkServer
from course_lib.grading.time_limits import TimeLimits
from course_lib.grading.verdict import Verdict, read_verdict, write_verdict
from course_lib.grading.verifier import Verifier
from course_lib.notebook.align import restore
from course_lib.notebook.released_notebook import ReleasedNotebook

SHARE = 0.2
SEED = 20260118
SECRET = "SECRET_OF_THE_GRADER"  # in its environment, which no submission should have
# Seconds. Right answers take a tenth of them; a loop without end takes all.
SMALL = TimeLimits(cell=2.0, first_call=2.0, call=1.0, notebook=8.0)
# Left behind by whoever was there before? Printed by a fresh fork, of whose code none is hostile.
PROBE = """
import builtins, os, sys, tempfile
import numpy as np, tensorflow as tf, emcee, corner
marks = [getattr(builtins, "breached", None), os.listdir("/tmp/home"), sorted(os.listdir("/tmp"))]
marks += [len([1, 2]), sum([1, 2]), np.pi == 3.141592653589793, "/tmp" in sys.path, os.getpid()]
print(marks, float(tf.reduce_sum(tf.constant([1.0, 2.0]))), tempfile.gettempdir())
"""
# A course that lies in /tmp is readable under its own name there, and nothing else is.
OWN = {Path(p).parts[2] for p in (__file__, sys.prefix, sys.base_prefix) if p.startswith("/tmp/")}
UNTOUCHED = f"[None, [], {sorted({'home', 'shm', *OWN})}, 2, 3, True, False, 1] 3.0 /tmp\n"


class Arena:
    """A course with canaries, and a verifier."""

    def __init__(self, folder: Path, without: tuple[str, ...] = ()) -> None:
        self.canaries = Canaries(folder)
        self.released = ReleasedNotebook.load(folder, ASSIGNMENT)
        self.solved = solved_notebook()
        os.environ[SECRET] = self.canaries.token
        course = Course(folder, ASSIGNMENT)
        self.fork_server = ForkServer(without=without, imports=course.imports)
        self.plan = SamplingPlan.draw(course.content, SEED, share=SHARE)
        self.patient = Verifier(self.plan, self.fork_server)

    def honest(self) -> dict[str, float]:
        """What a right submission earns now, exercise by exercise."""
        submission = restore(json.dumps(self.solved).encode(), self.released, "ada")
        verdict = self.patient.grade(submission)
        return {check["exercise"]: check["earned"] for check in verdict["checks"]}

    def grade(self, attack: Attack, budget: TimeLimits = SMALL) -> Verdict:
        """The verdict on an attack's hand-in, as it is read back from its file.

        Only the exercises that its code names are judged; what the others would earn is asked
        in `honest`.
        """
        student = f"m-{attack.slug}"
        data = attack.hand_in(self.solved, self.canaries.places)
        verifier = Verifier(self._part(attack), self.fork_server, budget)
        verdict = verifier.grade(restore(data, self.released, student))
        path = write_verdict(self.canaries.course, verdict)
        stored = read_verdict(self.canaries.course, ASSIGNMENT, student)
        path.unlink()
        assert stored is not None
        return stored

    def _part(self, attack: Attack) -> SamplingPlan:
        exercises = self.plan.assignment.exercises.items()
        words = {*re.findall(r"\w+", attack.text), attack.cell}
        named = {name: one for name, one in exercises if name in words}
        part = dataclasses.replace(self.plan.assignment, exercises=named)
        return dataclasses.replace(self.plan, assignment=part)

    def probe(self) -> str:
        """What a fresh fork finds of whoever was there before."""
        process = self.fork_server.spawn()
        (report,) = process.run([("probe", PROBE)])
        process.close()
        return "".join(output.get("text", "") for output in report.outputs) or repr(report.outputs)

    def left_over(self) -> list[int]:
        """Processes in the sandbox base besides the fork server."""
        if "pid" not in self.fork_server.layers:
            return []
        base = namespace_of_children(self.fork_server._process.pid)
        deadline = time.monotonic() + 2.0  # the kernel's own time to bury the dead
        while len(found := processes_in(base)) > 1 and time.monotonic() < deadline:
            time.sleep(0.02)
        return found[1:]

    def close(self) -> None:
        """End the fork server and take the canaries home."""
        self.fork_server.close()
        os.environ.pop(SECRET, None)
        self.canaries.__exit__()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def breaches(verdict: Verdict, secret: str) -> list[str]:
    """What a submission says that it reached, and whether a secret came out with it."""
    said = [
        line
        for cell in verdict.get("cells", {}).values()
        for output in cell["outputs"]
        for line in str(output.get("text", "")).splitlines()
        if line.startswith("BREACHED")
    ]
    return said + [word for word in ("the secret came out",) if secret in json.dumps(verdict)]


def peak_memory() -> int:
    """The most that this process has held so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def of(verdict: Verdict, exercise: str) -> dict[str, Any]:
    """The check of one exercise."""
    return next(dict(check) for check in verdict["checks"] if check["exercise"] == exercise)
