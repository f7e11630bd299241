"""Claims as tests, for pytest: every claim of the assignments of a course folder is an item.

    pytest                                              # on the instructor's solutions
    pytest --submission worksheet.ipynb                 # on anyone's notebook, and claims alone
    pytest --assignment 05_hamiltonian                  # the claims of one assignment alone
    pytest assignments/05_hamiltonian/leapfrog.py::comes_back_when_time_is_reversed

The notebook is run and judged as for a grade, in the sandboxed process, on inputs that are drawn
anew; `--hypothesis-seed=N` repeats a run. pytest loads this module wherever course-lib is
installed, so it imports nothing but pytest until a claim is found.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from course_lib.claims.assignment import Assignment
    from course_lib.claims.exercise import Claim, Exercise
    from course_lib.grading.course import Course
    from course_lib.grading.fork_server import ForkServer

FOLDER = "assignments"  # as in `claims.loading`, which is imported only where there are some
SEED_BITS = 31


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the two options."""
    group = parser.getgroup("course", "claims about exercises")
    group.addoption(
        "--submission",
        metavar="FILE",
        type=Path,
        help="try the claims on this notebook (default: the instructor's), and run no other test",
    )
    group.addoption(
        "--assignment",
        metavar="NN_topic",
        help="try the claims of this assignment, and run no other test",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Keep what the claims of a run share."""
    config.stash[RUN] = Run(config)


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the processes."""
    if RUN in config.stash:
        config.stash[RUN].close()


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Refuse options that name no assignment of the course."""
    run = session.config.stash[RUN]
    if run.claims_alone:
        run.check_options()


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(
    file_path: Path, parent: pytest.Collector
) -> Iterator[None]:  # what a wrapper returns is what the hook gives
    """Collect claims from an assignment's files, which are modules of it and no test modules."""
    others = yield
    run = parent.config.stash[RUN]
    if run.is_assignments(file_path):
        return _claims_in(file_path, parent, run)  # type: ignore[return-value]
    return [] if run.claims_alone else others  # type: ignore[return-value]


@pytest.fixture(scope="session")
def fork_server(request: pytest.FixtureRequest) -> ForkServer:
    """The process that runs submissions, started once; it has imported what the notebooks do."""
    return request.config.stash[RUN].shared_server()


class Run:
    """What the claims of one run of pytest share: the options, and processes that are started once.

    Attributes: seed, from which inputs are drawn; submission, the notebook of `--submission`.
    """

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        submission = config.getoption("submission")
        self.submission: Path | None = submission and config.invocation_params.dir / submission
        self.assignment: str | None = config.getoption("assignment")
        self.seed = _seed(config)
        self._roots: set[Path] | None = None
        self._verdicts: dict[tuple[Path, str, str], dict[str, Any]] = {}
        self._courses: dict[tuple[Path, str], Course] = {}  # each reads its bank once
        self._shared: ForkServer | None = None
        self._latest: tuple[object, ForkServer] | None = None

    @property
    def claims_alone(self) -> bool:
        """Whether all other tests are left out."""
        return self.submission is not None or self.assignment is not None

    @property
    def roots(self) -> set[Path]:
        """The course folders above where pytest was started, and above what it was given."""
        if self._roots is None:
            from course_lib.claims.loading import course_root

            start = self._config.invocation_params.dir
            given = [start / argument.partition("::")[0] for argument in self._config.args]
            roots = (course_root(path) for path in (start, *given))
            self._roots = {root for root in roots if root is not None}
        return self._roots

    def check_options(self) -> None:
        """Raise UsageError unless the options name one assignment's claims, or all there are."""
        from course_lib.claims.loading import names

        known = sorted({name for root in self.roots for name in names(root)})
        listed = ", ".join(known) or "none"
        if self.submission is not None and not self.submission.is_file():
            raise pytest.UsageError(f"there is no file {self.submission}")
        if self.assignment is not None and self.assignment not in known:
            raise pytest.UsageError(
                f"there is no assignment {self.assignment}; there are: {listed}"
            )
        if self.submission is not None and self.assignment is None and len(known) != 1:
            raise pytest.UsageError(
                f"say of which assignment the notebook is: --assignment NN_topic, of: {listed}"
            )

    def is_assignments(self, path: Path) -> bool:
        """Whether it is a Python file of an assignment of the course, and not of its tests."""
        folder = path.parent
        return (
            path.suffix == ".py"
            and folder.parent.name == FOLDER
            and folder.parent.parent.resolve() in self.roots
        )

    def check(self, root: Path, assignment: str, exercise: str) -> dict[str, Any]:
        """The result of one exercise, as a verdict has it; "remarks" are for staff."""
        key = (root, assignment, exercise)
        if key not in self._verdicts:
            self._verdicts[key] = self._graded(*key)
        return self._verdicts[key]

    def _graded(self, root: Path, assignment: str, exercise: str) -> dict[str, Any]:
        from course_lib.claims.sampling import SamplingPlan
        from course_lib.grading.course import Course
        from course_lib.grading.submission.collect import read_submission
        from course_lib.grading.verifier import Verifier

        course = self._courses.setdefault((root, assignment), Course(root, assignment))
        submission = course.solutions
        if self.submission is not None:
            submission = read_submission(self.submission, course.released, "pytest")
            if not submission.readable:
                pytest.exit("; ".join(submission.notices), returncode=pytest.ExitCode.USAGE_ERROR)
        plan = SamplingPlan.draw(course.content, self.seed, only=(exercise,))
        plan.mistakes, plan.imports = course.mistakes(), course.imports
        server = self._server(course.imports, course.content.closed)
        verdict = Verifier(plan, server).grade(submission, only=(exercise,))
        return {**verdict["checks"][0], "remarks": verdict["remarks"]}

    def shared_server(self) -> ForkServer:
        """A process with the imports of all of the course's assignments, until the run ends."""
        if self._shared is None:
            from course_lib.claims.loading import names
            from course_lib.grading.course import Course

            courses = [Course(root, name) for root in sorted(self.roots) for name in names(root)]
            imports = dict.fromkeys(name for course in courses for name in course.imports)
            self._shared = self._server(tuple(imports), ())
        return self._shared

    def _server(self, imports: tuple[str, ...], closed: tuple[str, ...]) -> ForkServer:
        from course_lib.grading.fork_server import ForkServer

        key = (imports, closed)
        if self._latest is None or self._latest[0] != key:
            if self._latest is not None and self._latest[1] is not self._shared:
                self._latest[1].close()
            self._latest = key, ForkServer(imports=imports, closed=closed)
        return self._latest[1]

    def close(self) -> None:
        """End the processes that were started."""
        servers = {id(s): s for s in (self._shared, self._latest and self._latest[1]) if s}
        for server in servers.values():
            server.close()


RUN = pytest.StashKey[Run]()


def _seed(config: pytest.Config) -> int:
    """Hypothesis's own option, else a fresh seed."""
    given = config.getoption("--hypothesis-seed", default=None)
    return int(given) if str(given).isdigit() else secrets.randbits(SEED_BITS)


def _claims_in(path: Path, parent: pytest.Collector, run: Run) -> list[pytest.Collector]:
    from course_lib.claims.loading import load, names

    folder = path.parent
    root = folder.parent.parent.resolve()
    if folder.name not in names(root) or run.assignment not in (None, folder.name):
        return []
    found = ExerciseFile.from_parent(parent, path=path)
    found.assignment, found.root = load(folder.name, root), root
    return [found]


class ExerciseFile(pytest.File):
    """One file of an assignment that declares exercises, most often one."""

    assignment: Assignment
    root: Path

    @property
    def exercises(self) -> list[Exercise]:
        """Those that stand in it."""
        return [
            exercise
            for exercise in self.assignment.exercises.values()
            if exercise.truth.__module__.rpartition(".")[2] == self.path.stem
        ]

    def collect(self) -> Iterator[pytest.Item]:
        """An item for each claim; one that fails, where something is wrong with the file."""
        broken = self.assignment.broken.get(self.path.stem)
        faults = [*([broken] if broken else []), *(f for e in self.exercises for f in e.faults())]
        if faults:
            yield Declaration.from_parent(self, name="declaration", faults=faults)
        for exercise in self.exercises if not faults else ():
            for claim in exercise.claims:
                several = len(self.exercises) > 1
                name = f"{exercise.name}.{claim.name}" if several else claim.name
                yield ClaimItem.from_parent(self, name=name, claim=claim)


class Declaration(pytest.Item):
    """Fails with what is wrong with an exercise's declaration."""

    def __init__(self, *, faults: list[Exception], **given: Any) -> None:
        super().__init__(**given)
        self.faults = faults

    def runtest(self) -> None:
        """Raise the first fault."""
        raise self.faults[0]

    def repr_failure(self, excinfo: Any, style: Any = None) -> str:
        """All the faults."""
        return "\n".join(map(str, self.faults))


class DoesNotHold(Exception):
    """A claim does not hold; the message is what its author reads."""


class ClaimItem(pytest.Item):
    """One claim about one exercise."""

    parent: ExerciseFile

    def __init__(self, *, claim: Claim, **given: Any) -> None:
        super().__init__(**given)
        self.claim = claim
        self.extra_keyword_matches.add(claim.exercise.name)

    def runtest(self) -> None:
        """Raise DoesNotHold, with the sentence, the input, what was expected, and what came."""
        run, file, exercise = self.config.stash[RUN], self.parent, self.claim.exercise
        check = run.check(file.root, file.assignment.name, exercise.name)
        if check["status"] == "ungraded":
            raise DoesNotHold("\n".join(check["remarks"]))
        (claim,) = (each for each in check["claims"] if each["claim"] == self.claim.name)
        if not claim["passed"]:
            from course_lib.feedback import card

            whole = "" if "expected" in claim else check.get("message", "")
            shown = card.text(check | {"claims": [claim], "message": whole}).partition("\n")[2]
            repeat = f"drawn from the seed {run.seed}; again: --hypothesis-seed={run.seed}"
            raise DoesNotHold(f"{shown}\n\n{repeat}")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The message alone, where it is for people; else a traceback."""
        from course_lib.errors import CourseLibError

        if isinstance(excinfo.value, (DoesNotHold, CourseLibError)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the claim stands."""
        return self.path, self.claim.place.line - 1, f"{self.claim.exercise.name}: {self.name}"
