"""A course folder, as grading sees it: one assignment, its plan, what is graded already.

course = Course(Path("."), "05_hamiltonian")
course.students()              # who handed in
course.seed()                  # the cohort's seed: stored, or fresh
course.current("ada", seed)    # her verdict, if it is still the right one

While an assignment is being written, `Course(root, name, from_source=True)` needs no release: the
instructor's notebook is made in memory from its `.nb.py`, and has the same cells, roles and points.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from course_lib.claims.assignment import Assignment
from course_lib.claims.bank import Bank, Entry, changed, read_bank
from course_lib.claims.loading import FOLDER, load_folder, load_or_refuse
from course_lib.claims.sampling import SamplingPlan
from course_lib.errors import BankError, CourseError
from course_lib.feedback.mistake_archive import FOLDER as MISTAKES
from course_lib.feedback.mistake_archive import NAME
from course_lib.feedback.results import ExerciseReport
from course_lib.grading.audit.mistake_store import MistakeStore
from course_lib.grading.cache_keys import CacheKeys
from course_lib.grading.hidden_tests import hidden_tests
from course_lib.grading.parts import name_in
from course_lib.grading.released import released_notebooks
from course_lib.grading.submission.collect import collect_all, read_submission
from course_lib.grading.submission.hand_in_folders import hand_in_folders
from course_lib.grading.submission.student_ids import shown_name
from course_lib.grading.verdict import Verdict, exercise_in, read_verdict
from course_lib.grading.worker.data import is_data
from course_lib.notebook.beside import modules_beside
from course_lib.notebook.cell import Cell
from course_lib.notebook.dependencies import Names, imported
from course_lib.notebook.plain import is_plain, with_tests
from course_lib.notebook.released_notebook import ReleasedNotebook
from course_lib.notebook.submission import Submission

SEED_BITS = 31


@dataclass(frozen=True)
class Course:
    """One assignment of the course in folder `root`.

    from_source: read `source/NN_topic/topic.nb.py` in place of what was built and released from it.
    """

    root: Path
    assignment: str
    from_source: bool = False

    @cached_property
    def content(self) -> Assignment:
        """The assignment's exercises. Raises CourseError where it has none, or the points differ.

        What is wrong inside one exercise is that exercise's: it is not graded, the others are.
        """
        if not self.folder.is_dir() and self._all_plain:
            return Assignment(self.assignment, self.folder)  # no claims, and none are needed
        content = load_or_refuse(self.assignment, self.root)
        if self.from_source:
            made = [c.source for c in self.released.cells if c.is_code and c.role == "given"]
            given = frozenset[str]().union(*(Names.of(source).binds for source in made))
            return load_folder(
                self.assignment, content.folder, order=self.released.exercises, given=given
            )
        declared = {name: exercise.points for name, exercise in content.exercises.items()}
        released = {
            cell.exercise: cell.points
            for notebook in self.notebooks
            for cell in notebook.cells
            if cell.role == "test" and cell.exercise and not is_plain(cell)
        }
        differing = sorted(
            name
            for name in {*declared, *released}
            if declared.get(name) != released.get(name) and name not in content.broken
        )
        if differing:
            raise CourseError(
                f"release/{self.assignment}/ and the claims differ in the points of "
                f"{', '.join(differing)}: make them agree, then `course release {self.assignment}`"
            )
        return content

    @property
    def order(self) -> list[str]:
        """The exercises in their order, also those whose file cannot be loaded."""
        found = list(self.content.exercises)
        if len(self.notebooks) == 1:
            return found + [name for name in self.released.points if name not in found]
        return [name_in(each.notebook, name) for each in self.notebooks for name in each.points]

    @property
    def folder(self) -> Path:
        """Where all that belongs to the assignment lies, beside its notebook."""
        return self.root / FOLDER / self.assignment

    @property
    def released(self) -> ReleasedNotebook:
        """The released notebook. Raises CourseError where there is none, or several."""
        if len(self.notebooks) > 1:
            names = ", ".join(f"{each.notebook}.ipynb" for each in self.notebooks)
            raise CourseError(
                f"{self.assignment} has several notebooks ({names}), and claims are about one. "
                "Next: move the exercises with claims to an assignment of their own"
            )
        return self.notebooks[0]

    @cached_property
    def notebooks(self) -> tuple[ReleasedNotebook, ...]:
        """The released notebooks, one or several, with what runs of their test cells.

        Raises CourseError where there is none, or one that cannot be graded.
        """
        if not self.from_source:
            return released_notebooks(self.root, self.assignment)
        name, text = self._source
        try:
            made = ReleasedNotebook.parse(text, self.assignment, name)
        except ValueError as error:
            raise CourseError(str(error)) from None
        return (with_tests(made, {c.grade_id: c.source for c in made.cells if c.grade_id}),)

    @property
    def _all_plain(self) -> bool:
        """Whether no test cell asks for claims."""
        tests = [c for each in self.notebooks for c in each.cells if c.role == "test"]
        return all(is_plain(cell) for cell in tests)

    @cached_property
    def _source(self) -> tuple[str, str]:
        """The name and the text of the notebook that `.nb.py` describes.

        Raises AuthoringError or CourseError.
        """
        from course_lib.authoring.build import notebook_path, notebook_text, twins  # seconds

        found = twins(self.assignment, self.root)
        if len(found) != 1:
            raise CourseError(
                f"source/{self.assignment}/ has {len(found)} .nb.py files, and claims are tried in "
                "an assignment with one. Next: move the others to a folder of their own"
            )
        return notebook_path(found[0]).stem, notebook_text(found[0])

    def students(self) -> list[str]:
        """The ids of those who have a folder for this assignment under `submitted/`, in order.

        `ambiguous` are left out. `misplaced_submissions` finds hand-ins elsewhere.
        """
        return sorted(self.names())

    def names(self) -> dict[str, str]:
        """For each of these ids, the name that people know: the folder's."""
        folders = hand_in_folders(self.root, self.assignment)
        return {s: shown_name(names[0]) for s, names in folders.items() if len(names) == 1}

    def ambiguous(self) -> dict[str, list[str]]:
        """The ids that several folders have, and the names of these: spellings of one name."""
        folders = hand_in_folders(self.root, self.assignment)
        return {student: names for student, names in folders.items() if len(names) > 1}

    def graded(self) -> list[str]:
        """Who has a verdict, in order, whether or not there is still a hand-in."""
        verdicts = self.root / "verdicts" / self.assignment
        return sorted(path.stem for path in verdicts.glob("[!.]*.json"))

    def submission(self, student: str) -> Submission:
        """What `student` handed in, read once."""
        return collect_all(self.root, self.notebooks, student)

    def seed(self) -> int:
        """The seed of the verdicts that are there, so that a regrade repeats them; else fresh."""
        for student in self.graded():
            verdict = read_verdict(self.root, self.assignment, student)
            if verdict is not None:
                return verdict["seed"]
        return secrets.randbits(SEED_BITS)

    def plan(self, seed: int) -> SamplingPlan:
        """The cohort's inputs and questions, drawn from `seed`, and the mistakes to be named."""
        plan = SamplingPlan.draw(self.content, seed)
        plan.mistakes = self.mistakes()
        plan.imports = self.imports
        plan.data, plan.hidden = self.data, self.hidden
        return plan

    def undrawn(self) -> SamplingPlan:
        """A plan without inputs, for what needs only the assignment's truths."""
        return SamplingPlan.draw(self.content, 0, only=())

    @cached_property
    def imports(self) -> tuple[str, ...]:
        """The modules that the instructor's notebook imports, or that `course.toml` names.

        Without `source/`, those that the released notebook imports.
        """
        if self.content.imports is not None:
            return self.content.imports
        cells: Sequence[Cell] = [cell for each in self.notebooks for cell in each.cells]
        with contextlib.suppress(CourseError):
            cells = self.solutions.cells
        found = dict.fromkeys(
            name for cell in cells if cell.may_run for name in imported(cell.code)
        )
        return tuple(name for name in found if not self.content.is_closed(name))

    @property
    def data(self) -> str:
        """The folder of what was released beside the notebooks; empty where that is nothing.

        Python files are not counted: a submission brings them (`notebook.beside`).
        """
        folder = self.root / "release" / self.assignment
        names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
        return str(folder.resolve()) if any(map(is_data, names)) else ""

    @property
    def hidden(self) -> str:
        """The folder that lies beside the notebooks only when they are graded; "" for none."""
        return hidden_tests(self.root, self.assignment)

    def bank(self, folder: Path | None = None) -> Bank:
        """The bank in `folder`, else the assignment's own, with mistakes that are one change.

        Raises BankError where `folder` holds no bank.
        """
        exercises = self.content.exercises
        if folder is not None:
            return read_bank(folder, exercises)
        bank = read_bank(self.folder, exercises, may_be_empty=True)
        mistakes: list[Entry] = []
        faults: list[str] = []
        for name, exercise in exercises.items():
            try:
                found, wrong = changed(exercise, self.solutions.cell(name).source)
            except KeyError:
                continue
            mistakes += found
            faults += map(str, wrong)
        taken = {entry.name for entry in bank.mistakes}
        faults += [
            f"the mistake {entry.name} is there twice: as a file and as a change"
            for entry in mistakes
            if entry.name in taken
        ]
        return bank.joined([entry for entry in mistakes if entry.name not in taken], faults)

    @cached_property
    def solutions(self) -> Submission:
        """The instructor's own notebook as a submission. Raises CourseError where there is none."""
        path = self.root / "source" / self.assignment / f"{self.released.notebook}.ipynb"
        source = self._source[1].encode() if self.from_source else path
        solutions = read_submission(source, self.released, "solutions")
        if not solutions.readable:
            raise CourseError(
                f"source/{self.assignment}/{path.name} cannot be read: "
                f"run `course build {self.assignment}`"
            )
        return replace(solutions, modules=modules_beside(path.parent))

    def mistakes(self) -> MistakeStore | None:
        """The mistakes of the assignment's own bank, by which students' are named.

        They are read once; None without a bank or solutions.
        """
        return self._mistakes

    @cached_property
    def _mistakes(self) -> MistakeStore | None:
        try:
            return self.mistakes_among(self.bank().mistakes)
        except (BankError, CourseError, OSError):
            return None

    def mistakes_among(self, entries: Iterable[Entry]) -> MistakeStore:
        """These mistakes, ready to be compared with. Raises CourseError without solutions."""
        shipped = self.answers_path.read_bytes() if self.answers_path.is_file() else b""
        kept = self.root / "verdicts" / self.assignment / ".mistakes"
        return MistakeStore(tuple(entries), self.solutions, kept, shipped)

    @property
    def answers_path(self) -> Path:
        """Where the answers of the bank's mistakes lie, ready to be compared with."""
        return self.folder / MISTAKES / NAME

    @cached_property
    def keys(self) -> CacheKeys:
        """What the assignment's verdicts depend on."""
        return CacheKeys(
            self.content,
            [c for each in self.notebooks for c in each.cells],
            self.data,
            self.hidden,
        )

    @property
    def fingerprint(self) -> str:
        """The claims, the reference, the grader, the released notebook and the libraries."""
        return self.keys.fingerprint

    def key(self, submission: Submission, seed: int) -> str:
        """Changes when anything changes that a verdict depends on."""
        return self.keys.whole(submission.content_hash, seed)

    def current(self, submission: Submission, seed: int) -> Verdict | None:
        """The stored verdict on this submission, if grading it again would repeat it."""
        verdict = read_verdict(self.root, self.assignment, submission.student)
        if verdict is None or verdict.get("key") != self.key(submission, seed):
            return None
        return verdict

    def kept(self, submission: Submission, seed: int) -> dict[str, ExerciseReport]:
        """Those stored results, by exercise, that judging this submission again would repeat."""
        verdict = read_verdict(self.root, self.assignment, submission.student)
        if verdict is None or verdict.get("status") != "graded":
            return {}
        then, now = verdict.get("check_keys", {}), self.keys.of(submission.content_hash, seed)
        results = {check["exercise"]: check for check in verdict["checks"]}
        for line in verdict.get("remarks", []):
            about = results.get(exercise_in(line))
            if about is not None:
                about.setdefault("remarks", []).append(line)
        return {
            name: results[name] for name in now if now[name] == then.get(name) and name in results
        }
