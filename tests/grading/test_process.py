"""The grader's hold on a submission's process: real forks, real cells, real clocks."""

from __future__ import annotations

import time

import numpy as np
import pytest

from course_lib.calls.answer import Call
from course_lib.grading.budget import Budget
from course_lib.grading.process import StudentProcess, Warm

SQUARE = "import tensorflow as tf\ndef f(x):\n    return x * x\n"
QUICK = Budget(cell=1.0, first_call=4.0, call=0.7, notebook=20.0)


def calls(*values: float, mode: str = "value") -> list[Call]:
    return [Call("f", mode, (value,), by=(0,)) for value in values]  # type: ignore[arg-type]


@pytest.fixture
def start(warm: Warm):
    """`start(source)`: a process in which one cell has run; closed when the test ends."""
    started: list[StudentProcess] = []

    def run(source: str) -> StudentProcess:
        process = warm.spawn(budget=QUICK)
        started.append(process)
        process.run([("cell", source)])
        return process

    yield run
    for process in started:
        process.close()


def values(answers) -> list[float | None]:
    return [None if answer.error else float(answer.parts[0].values) for answer in answers]


def kinds(answers) -> list[str]:
    return ["" if answer.error is None else answer.error.kind for answer in answers]


def test_every_call_is_answered_in_order(start):
    numbers = list(np.linspace(-3, 3, 200))
    assert values(start(SQUARE).ask(calls(*numbers))) == [x * x for x in numbers]


def test_a_gradient_is_taken_by_tensorflow(start):
    assert values(start(SQUARE).ask(calls(3.0, mode="gradient"))) == [6.0]


def test_an_exception_costs_its_own_call_alone(start):
    source = "def f(x):\n    if x == 2:\n        raise ValueError('two')\n    return x\n"
    answers = start(source).ask(calls(1, 2, 3))
    assert kinds(answers) == ["", "raised", ""]
    assert answers[1].error.message == "ValueError: two"
    assert answers[1].error.lines == "line 3 of f: raise ValueError('two')"


def test_a_late_answer_is_a_timeout_and_the_process_is_gone(start):
    process = start("def f(x):\n    while x == 2: pass\n    return x\n")
    began = time.monotonic()
    assert kinds(process.ask(calls(1, 2, 3))) == ["", "timeout", "timeout"]
    assert time.monotonic() - began < QUICK.first_call + 3
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
    ("returned", "kind"),
    [("None", "returned"), ("'38.04'", "returned"), ("object()", "returned"), ("1j", "returned")],
)
def test_what_is_not_numbers_is_described(start, returned, kind):
    assert kinds(start(f"def f(x):\n    return {returned}\n").ask(calls(1))) == [kind]


def test_a_missing_function_is_named_with_the_closest_one(start):
    (answer,) = start("def log_prob(x):\n    return x\n").ask([Call("log_prop", "value", (1.0,))])
    assert answer.error.message.endswith("did you mean log_prob?")


def test_an_endless_cell_is_stopped_and_the_next_one_runs(warm: Warm):
    process = warm.spawn(budget=QUICK)
    reports = process.run([("a", "while True: pass"), ("b", "print('still here')")])
    process.close()
    assert [report.status for report in reports] == ["timeout", "ok"]
    assert reports[1].outputs[0]["text"] == "still here\n"


def test_a_cell_that_ignores_its_clock_ends_its_process(warm: Warm):
    process = warm.spawn(budget=QUICK)
    stubborn = "import signal\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\nwhile True: pass\n"
    (report,) = process.run([("a", stubborn), ("b", "1")])
    assert (report.status, process.fate) == ("timeout", "timeout")


def test_what_a_cell_shows_is_kept(warm: Warm):
    process = warm.spawn(budget=QUICK)
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


def test_the_reference_and_the_claims_are_not_there(start):
    process = start(
        "def f(x):\n"
        "    found = 0.0\n"
        "    for name in ('reference', 'checks', 'grading.verifier'):\n"
        "        try: __import__('course_lib.' + name); found += 1\n"
        "        except ImportError: pass\n"
        "    return found\n"
    )
    assert values(process.ask(calls(1))) == [0.0]


def test_a_warm_process_that_died_is_started_again(warm: Warm):
    with Warm(without=("landlock",)) as other:
        other._process.kill()
        other._process.wait()
        process = other.spawn(budget=QUICK)
        process.run([("a", SQUARE)])
        assert values(process.ask(calls(3.0))) == [9.0]
        process.close()


def test_a_second_fork_at_a_time_is_refused_and_the_first_lives_on(warm):
    student = warm.spawn()
    with pytest.raises(RuntimeError, match="one fork at a time"):
        warm.spawn()
    assert [report.status for report in student.run([("a", "1 + 1")])] == ["ok"]
    student.close()
