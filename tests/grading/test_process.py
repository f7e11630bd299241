"""The grader's hold on a submission's process: real forks, real cells, real clocks."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib.grading.fork_server import ForkServer
from course_lib.grading.student_process import StudentProcess
from course_lib.grading.time_limits import TimeLimits
from course_lib.protocol.questions import Do, Question, Step
from course_lib.protocol.values import numbers_of

SQUARE = "import tensorflow as tf\ndef f(x):\n    return x * x\n"
QUICK = TimeLimits(cell=1.0, first_call=4.0, call=0.7, notebook=20.0)


def calls(*values: float, do: Do = "call") -> list[Question]:
    by = (0,) if do == "gradient" else ()
    return [Question((Step(do, "f", (value,), by=by),), "tensors") for value in values]


@pytest.fixture
def start(fork_server: ForkServer):
    """`start(source)`: a process in which one cell has run; closed when the test ends."""
    started: list[StudentProcess] = []

    def run(source: str) -> StudentProcess:
        process = fork_server.spawn(budget=QUICK)
        started.append(process)
        process.run([("cell", source)])
        return process

    yield run
    for process in started:
        process.close()


def values(answers) -> list[float | None]:
    return [None if answer.error else numbers_of(answer.value).item() for answer in answers]


def kinds(answers) -> list[str]:
    return ["" if answer.error is None else answer.error.kind for answer in answers]


def test_every_call_is_answered_in_order(start):
    numbers = list(np.linspace(-3, 3, 200))
    assert values(start(SQUARE).ask(calls(*numbers))) == [x * x for x in numbers]


def test_a_gradient_is_taken_by_tensorflow(start):
    assert values(start(SQUARE).ask(calls(3.0, do="gradient"))) == [6.0]


def test_an_exception_costs_its_own_call_alone(start):
    source = "def f(x):\n    if x == 2:\n        raise ValueError('two')\n    return x\n"
    answers = start(source).ask(calls(1, 2, 3))
    assert kinds(answers) == ["", "raised", ""]
    assert answers[1].error.message == "ValueError: two"
    assert answers[1].error.lines == "line 3 of f: raise ValueError('two')"


def test_a_late_answer_is_a_timeout_and_the_process_is_gone(start):
    process = start("def f(x):\n    while x == 2: pass\n    return x\n")
    assert kinds(process.ask(calls(1, 2, 3))) == ["", "timeout", "timeout"]
    assert process.spent() < QUICK.first_call + QUICK.call + 1.0  # CPU seconds
    assert not process.alive


@pytest.mark.parametrize(
    "source",
    [
        "import os\ndef f(x):\n    os._exit(0)\n",
        "import ctypes\ndef f(x):\n    ctypes.string_at(0)\n",
    ],
    ids=["exit", "segfault"],
)
def test_a_process_that_ends_is_said_to_have_crashed(start, source):
    assert kinds(start(source).ask(calls(1, 2))) == ["crashed", "crashed"]


def test_words_that_are_no_answer_are_not_believed(start):
    process = start(
        "import os\n"
        "def f(x):\n"
        "    for fd in range(3, 64):\n"
        "        try: os.write(fd, b'\\x00\\x00\\x00\\x05Ajunk!')\n"
        "        except OSError: pass\n"
        "    return x\n"
    )
    assert set(kinds(process.ask(calls(1, 2)))) == {"garbled"}


@pytest.mark.parametrize(
    "returned", ["object()", "f", "[x, object()]", "{'x': 1, (1, 2): iter([])}", "b'38.04'"]
)
def test_what_does_not_cross_is_described(start, returned):
    (answer,) = start(f"def f(x):\n    return {returned}\n").ask(calls(1))
    assert answer.error.kind == "returned"
    assert answer.error.message


@pytest.mark.parametrize("returned", ["None", "'38.04'", "1j", "True", "{'a': [1, 2.0]}"])
def test_what_is_not_numbers_comes_back_as_it_was(start, returned):
    (answer,) = start(f"def f(x):\n    return {returned}\n").ask(calls(1))
    assert (answer.error, repr(answer.value)) == (None, returned)


def test_a_missing_function_is_named_with_the_closest_one(start):
    (answer,) = start("def log_prob(x):\n    return x\n").ask([Question.call("log_prop", (1.0,))])
    assert answer.error.message.endswith("did you mean log_prob?")


def test_an_endless_cell_is_stopped_and_the_next_one_runs(fork_server: ForkServer):
    process = fork_server.spawn(budget=QUICK)
    reports = process.run([("a", "while True: pass"), ("b", "print('still here')")])
    process.close()
    assert [report.status for report in reports] == ["timeout", "ok"]
    assert reports[1].outputs[0]["text"] == "still here\n"


def test_a_cell_that_ignores_its_clock_ends_its_process(fork_server: ForkServer):
    process = fork_server.spawn(budget=QUICK)
    stubborn = "import signal\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\nwhile True: pass\n"
    (report,) = process.run([("a", stubborn), ("b", "1")])
    assert (report.status, process.death_reason) == ("timeout", "timeout")


def test_what_a_cell_shows_is_kept(fork_server: ForkServer):
    process = fork_server.spawn(budget=QUICK)
    shows = (
        "import os, sys, matplotlib.pyplot as plt\n"
        "print('said'); print('warned', file=sys.stderr); os.write(1, b'past python')\n"
        "plt.plot([1, 2]); plt.show()\n"
        "6 * 7\n"
    )
    shown, failed = process.run([("a", shows), ("b", "1 / 0")])
    process.close()
    assert (shown.status, failed.status) == ("ok", "error")
    streams = {o["name"]: o["text"] for o in shown.outputs if o["output_type"] == "stream"}
    assert streams["stderr"] == "warned\n"
    data = [output["data"] for output in shown.outputs if "data" in output]
    assert any("image/png" in each for each in data)
    assert any(each.get("text/plain") == "42" for each in data)
    assert "past python" in "".join(o.get("text", "") for o in shown.outputs)
    assert failed.outputs[0]["ename"] == "ZeroDivisionError"


def test_one_submission_leaves_nothing_for_the_next(start):
    start("import builtins\nbuiltins.left = 1\nopen('/tmp/left', 'w').write('x')\n").close()
    process = start(
        "import builtins, os\n"
        "def f(x):\n    return float(hasattr(builtins, 'left') or os.path.exists('/tmp/left'))\n"
    )
    assert values(process.ask(calls(1))) == [0.0]


def test_the_claims_and_the_truths_are_not_there(start):
    process = start(
        "def f(x):\n"
        "    found = 0.0\n"
        "    for name in ('claims', 'feedback', 'grading.verifier'):\n"
        "        try: __import__('course_lib.' + name); found += 1\n"
        "        except ImportError: pass\n"
        "    return found\n"
    )
    assert values(process.ask(calls(1))) == [0.0]


def test_a_fork_server_that_died_is_started_again(fork_server: ForkServer):
    with ForkServer(without=("landlock",), imports=("numpy",)) as other:
        other._process.kill()
        other._process.wait()
        process = other.spawn(budget=QUICK)
        process.run([("a", "def f(x):\n    return x * x\n")])
        assert values(process.ask([Question.call("f", (3.0,))])) == [9.0]
        process.close()


def test_a_second_fork_at_a_time_is_refused_and_the_first_lives_on(fork_server):
    student = fork_server.spawn()
    with pytest.raises(RuntimeError, match="one fork at a time"):
        fork_server.spawn()
    assert [report.status for report in student.run([("a", "1 + 1")])] == ["ok"]
    student.close()


def test_a_module_that_an_assignment_closes_cannot_be_imported():
    with ForkServer(imports=("json",), closed=("emcee",)) as other:
        process = other.spawn()
        closed, within, open_ = process.run(
            [("a", "import emcee"), ("b", "import emcee.moves"), ("c", "import corner")]
        )
        process.close()
    assert (closed.status, within.status, open_.status) == ("error", "error", "ok")
    assert "here you write it yourself" in closed.outputs[0]["evalue"]


def test_a_closed_module_that_another_one_has_imported_is_closed_too():
    """scipy.optimize imports scipy.linalg before the submission runs."""
    with ForkServer(imports=("scipy.optimize",), closed=("scipy.linalg",)) as other:
        process = other.spawn()
        (cell,) = process.run([("a", "import scipy.linalg")])
    assert cell.status == "error"
    assert "scipy.linalg is closed in this assignment" in cell.outputs[0]["evalue"]
