"""A `student` for claims: a notebook, run as for a grade, whose functions can be called.

    pytest tests/claims                              # the instructor's solutions
    pytest tests/claims --submission worksheet.ipynb # anyone's notebook

The module that asks for it names its assignment's claims: `from … import CHECKS`.
"""

from __future__ import annotations

import signal
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SECONDS = 1800.0  # for all the calls of one assignment's claims; hypothesis draws them one by one


def pytest_configure() -> None:
    """Ctrl-C can be tested: a shell that starts a suite in the background lets it ignore that."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--submission",
        metavar="PATH.ipynb",
        type=Path,
        help="the notebook on which claims are tried (default: the instructor's solutions)",
    )


@pytest.fixture(scope="session")
def warm() -> Iterator:
    """The process that runs submissions, started once."""
    from course_lib.grading.process import Warm

    with Warm() as warm:
        yield warm


@pytest.fixture(scope="module")
def student(request: pytest.FixtureRequest, warm) -> Iterator:
    """The functions of `--submission`, answering from a jailed process."""
    from course_lib.checks.asking import Student
    from course_lib.checks.dependencies import choose
    from course_lib.grading.budget import Budget
    from course_lib.grading.skeleton import Skeleton
    from course_lib.grading.submission import read_submission
    from course_lib.grading.verifier import Session

    checks = request.module.CHECKS
    skeleton = Skeleton.load(ROOT, checks.assignment)
    default = ROOT / "source" / checks.assignment / f"{skeleton.notebook}.ipynb"
    submission = read_submission(
        request.config.getoption("--submission") or default, skeleton, "pytest"
    )
    if not submission.readable:
        pytest.exit("; ".join(submission.notices), returncode=pytest.ExitCode.USAGE_ERROR)
    cells = choose(submission.cells, set(checks.exercises)).run
    end = time.monotonic() + SECONDS
    session = Session(warm, cells, Budget(notebook=SECONDS), end)
    strikes: dict[str, list[str]] = defaultdict(list)  # a function that hangs is asked twice
    yield Student(checks, lambda call: session.ask([call], strikes[call.function])[0])
    session.close()
