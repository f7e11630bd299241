"""A course folder, as grading sees it: one assignment, its plan, what is graded already.

course = Course(Path("."), "00_worksheet")
course.students()              # who handed in
course.seed()                  # the cohort's seed: stored, or fresh
course.current("ada", seed)    # her verdict, if it is still the right one
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from course_lib.checks import load
from course_lib.checks.answers import NAME
from course_lib.checks.claims import Checks
from course_lib.checks.judging import Plan
from course_lib.grading.bank import Bank, BankError, read_bank
from course_lib.grading.cells import Submission
from course_lib.grading.keys import Keys
from course_lib.grading.known import Mistakes
from course_lib.grading.names import is_usable
from course_lib.grading.skeleton import Skeleton
from course_lib.grading.submission import collect, read_submission
from course_lib.grading.verdict import CheckResult, Verdict, read_verdict, verdict_path

SEED_BITS = 31


class CourseError(Exception):
    """The course folder cannot be graded as it is; the message says what to do."""


@dataclass(frozen=True)
class Course:
    """One assignment of the course in folder `root`."""

    root: Path
    assignment: str

    @cached_property
    def checks(self) -> Checks:
        """The assignment's claims. Raises CourseError where it has none, or the points differ."""
        try:
            checks = load(self.assignment)
        except LookupError as error:
            raise CourseError(str(error)) from None
        checks.validate()
        declared = {name: exercise.points for name, exercise in checks.exercises.items()}
        if declared != self.skeleton.points:
            differing = sorted(
                name
                for name in {*declared, *self.skeleton.points}
                if declared.get(name) != self.skeleton.points.get(name)
            )
            raise CourseError(
                f"release/{self.assignment}/ and the claims differ in the points of "
                f"{', '.join(differing)}: make them agree, then `course release {self.assignment}`"
            )
        return checks

    @cached_property
    def skeleton(self) -> Skeleton:
        """The released notebook. Raises CourseError where there is none."""
        try:
            return Skeleton.load(self.root, self.assignment)
        except (FileNotFoundError, ValueError) as error:
            raise CourseError(str(error)) from None

    def students(self) -> list[str]:
        """Who has a folder for this assignment under `submitted/`, in order; else see `strays`."""
        submitted = self.root / "submitted"
        folders = (entry for entry in submitted.iterdir()) if submitted.is_dir() else iter(())
        names = sorted(f.name for f in folders if (f / self.assignment).is_dir())
        return [name for name in names if is_usable(name)]

    def graded(self) -> list[str]:
        """Who has a verdict, in order, whether or not there is still a hand-in."""
        verdicts = self.root / "verdicts" / self.assignment
        return sorted(path.stem for path in verdicts.glob("[!.]*.json"))

    def submission(self, student: str) -> Submission:
        """What `student` handed in, read once."""
        return collect(self.root, self.skeleton, student)

    def seed(self) -> int:
        """The seed of the verdicts that are there, so that a regrade repeats them; else fresh."""
        for student in self.graded():
            verdict = read_verdict(self.root, self.assignment, student)
            if verdict is not None:
                return verdict["seed"]
        return secrets.randbits(SEED_BITS)

    def plan(self, seed: int) -> Plan:
        """The cohort's inputs and questions, drawn from `seed`, and the mistakes to be named."""
        plan = Plan.draw(self.checks, seed)
        plan.mistakes = self.mistakes()
        return plan

    def bank(self, folder: Path | None = None) -> Bank:
        """The bank in `folder`, or the assignment's own. Raises BankError where there is none."""
        return read_bank(folder or self.root / "bank" / self.assignment, self.skeleton.exercises)

    @cached_property
    def solutions(self) -> Submission:
        """The instructor's own notebook as a submission. Raises CourseError where there is none."""
        path = self.root / "source" / self.assignment / f"{self.skeleton.notebook}.ipynb"
        solutions = read_submission(path, self.skeleton, "solutions")
        if not solutions.readable:
            raise CourseError(
                f"source/{self.assignment}/{path.name} cannot be read: "
                f"run `course build {self.assignment}`"
            )
        return solutions

    def mistakes(self, folder: Path | None = None) -> Mistakes | None:
        """The bank's mistakes, ready to be compared with; None without a bank or solutions.

        The assignment's own are read once.
        """
        return self._mistakes if folder is None else self._mistakes_in(folder)

    @cached_property
    def _mistakes(self) -> Mistakes | None:
        return self._mistakes_in(None)

    def _mistakes_in(self, folder: Path | None) -> Mistakes | None:
        try:
            bank = self.bank(folder)
            shipped = self.answers_path.read_bytes() if self.answers_path.is_file() else b""
            kept = self.root / "verdicts" / self.assignment / ".mistakes"
            return Mistakes(bank.mistakes, self.solutions, kept, shipped)
        except (BankError, CourseError, OSError):
            return None

    @property
    def answers_path(self) -> Path:
        """Where the answers of the bank's mistakes lie, ready to be compared with."""
        return self.root / "bank" / self.assignment / "mistakes" / NAME

    @cached_property
    def keys(self) -> Keys:
        """What the assignment's verdicts depend on."""
        return Keys(self.root, self.assignment, tuple(self.checks.exercises))

    @property
    def fingerprint(self) -> str:
        """The claims, the reference, the grader, the released notebook and the libraries."""
        return self.keys.fingerprint

    def key(self, submission: Submission, seed: int) -> str:
        """Changes when anything changes that a verdict depends on."""
        return self.keys.whole(submission.content_hash, seed)

    def still_right(self, student: str, seed: int) -> Verdict | None:
        """As `current`, by name; without a verdict the hand-in is not even read."""
        if not verdict_path(self.root, self.assignment, student).exists():
            return None
        return self.current(self.submission(student), seed)

    def current(self, submission: Submission, seed: int) -> Verdict | None:
        """The stored verdict on this submission, if grading it again would repeat it."""
        verdict = read_verdict(self.root, self.assignment, submission.student)
        if verdict is None or verdict.get("key") != self.key(submission, seed):
            return None
        return verdict

    def kept(self, submission: Submission, seed: int) -> dict[str, CheckResult]:
        """Those stored results, by exercise, that judging this submission again would repeat."""
        verdict = read_verdict(self.root, self.assignment, submission.student)
        if verdict is None or verdict.get("status") != "graded":
            return {}
        then, now = verdict.get("check_keys", {}), self.keys.of(submission.content_hash, seed)
        results = {check["exercise"]: check for check in verdict["checks"]}
        return {
            name: results[name] for name in now if now[name] == then.get(name) and name in results
        }
