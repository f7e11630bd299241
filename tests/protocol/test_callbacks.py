"""Functions that stay with the grader, asked from a real sandboxed process."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator

import numpy as np
import pytest

from course_lib.grading.callbacks import CALLBACK, MOST_KEPT
from course_lib.grading.fork_server import ForkServer
from course_lib.grading.student_process import StudentProcess
from course_lib.grading.time_limits import TimeLimits
from course_lib.protocol.perform import call_here
from course_lib.protocol.questions import Question
from course_lib.protocol.values import Callback, CannotCross, as_value

LIMITS = TimeLimits(cell=20.0, first_call=20.0, call=20.0, notebook=300.0)


@pytest.fixture(scope="module")
def plain_server() -> Iterator[ForkServer]:
    with ForkServer(imports=("numpy",)) as server:
        yield server


@pytest.fixture
def student(plain_server: ForkServer) -> Iterator[StudentProcess]:
    process = plain_server.spawn(budget=LIMITS)
    yield process
    process.close()


def defined(student: StudentProcess, source: str) -> None:
    (report,) = student.run([("a", f"import numpy as np\n{source}")])
    assert report.status == "ok", report.outputs


def question(function, *arguments) -> Question:
    return Question.call("f", (as_value(function), *arguments))


def double(x):
    return 2 * np.asarray(x)


def test_values_are_right_and_calls_are_counted(student):
    defined(student, "def f(g, x, n):\n    for _ in range(n):\n        x = g(x)\n    return x")
    x = np.array([1.0, -0.5])
    answers = student.ask([question(double, x, n) for n in (0, 1, 5)])
    for n, answer in zip((0, 1, 5), answers, strict=True):
        assert answer.value.values.tolist() == (2.0**n * x).tolist()
        assert answer.count == len(answer.asked) == n
    assert answers[-1].asked[-1][0].values.tolist() == (16.0 * x).tolist()


def test_two_callbacks_of_one_question_are_told_apart(student):
    defined(student, "def f(g, h):\n    return [g(1.0), h(1.0), g(2.0)]")

    def negative(x):
        return -x

    (answer,) = student.ask([question(lambda x: 10 * x, as_value(negative))])
    assert answer.value == [10.0, -1.0, 20.0]
    assert answer.count == 3


def test_a_callback_that_raises_raises_in_the_function_that_asked(student):
    def picky(x):
        raise ZeroDivisionError(f"not {x}")

    defined(
        student,
        "def f(g, catch):\n    try:\n        return g(3.0)\n    except ValueError as error:\n"
        "        if catch:\n            return str(error)\n        raise",
    )
    caught, raised = student.ask([question(picky, True), question(picky, False)])
    assert caught.value == "ZeroDivisionError: not 3.0"
    assert raised.error.message == "ValueError: ZeroDivisionError: not 3.0"
    assert "line 4 of f: return g(3.0)" in raised.error.lines
    assert (caught.count, raised.count) == (1, 1)


def test_threads_may_ask_at_the_same_time(student):
    defined(
        student,
        "from threading import Thread\n"
        "def f(g):\n"
        "    found = {}\n"
        "    def work(k):\n"
        "        found[k] = [float(g(float(k))) for _ in range(20)]\n"
        "    threads = [Thread(target=work, args=(k,)) for k in range(4)]\n"
        "    [t.start() for t in threads]\n"
        "    [t.join() for t in threads]\n"
        "    return found",
    )
    (answer,) = student.ask([question(double)])
    assert answer.value == {k: [2.0 * k] * 20 for k in range(4)}
    assert answer.count == 80


KEPT_FOR_LATER = (
    "kept = []\ndef f(g, late):\n    kept.append(g)\n"
    "    return float(kept[0](1.0)) if late else 0.0"
)


def test_a_callback_of_an_earlier_question_is_silent(student):
    defined(student, KEPT_FOR_LATER)
    first, second = student.ask([question(double, False), question(double, True)])
    assert first.value == 0.0
    assert "this function belongs to an" in second.error.message
    assert student.alive


@pytest.mark.slow
def test_a_hundred_thousand_asks_are_the_most(student):
    defined(
        student,
        "def f(g):\n    count = 0\n    try:\n        while True:\n            g()\n"
        "            count += 1\n"
        "    except Exception as error:\n        return [count, str(error)]",
    )
    student._budget = TimeLimits(cell=20.0, first_call=280.0, call=280.0, notebook=300.0)
    began = time.monotonic()
    (answer,) = student.ask([question(lambda: None)])
    assert answer.value == [100_000, "a function was called more than 100,000 times"], answer
    assert answer.count == 100_000
    print(f"{(time.monotonic() - began) / 100_000 * 1e3:.2f} ms an ask")


CHANNEL = (
    "import gc, socket\nfrom course_lib.protocol import wire\n"
    "channel = next(o for o in gc.get_objects() if isinstance(o, socket.socket))\n"
    "def send(body):\n    channel.sendall(wire.frame(wire.ASKED, body))\n"
)
ASKS_BY_NUMBER = (
    "from course_lib.grading.worker.serve import Frames\n"
    "frames = next(o for o in gc.get_objects() if isinstance(o, Frames))\n"
    "def f(g, which):\n    send(wire.encode_asked(which, (1.0,)))\n"
    "    problem, value = wire.decode_reply(frames.reply().body)\n"
    "    return problem or float(value.values)"
)


def test_the_grader_answers_for_the_question_s_own_callbacks_alone(student):
    defined(student, CHANNEL + ASKS_BY_NUMBER)
    own, earlier, later = student.ask([question(double, which) for which in (0, 0, 2)])
    assert own.value == later.value == 2.0
    assert earlier.value == "this function belongs to another call"


HOSTILE = {
    "a callback that is not there": "send(wire.encode_asked(7, ()))",
    "a negative callback": "send(wire.encode_asked(-1, ()))",
    "nonsense": "send(b'nonsense')",
    "a seed as an argument": (
        "from course_lib.protocol.values import Seed\n    send(wire.encode_asked(0, (Seed(3),)))"
    ),
    "more numbers than may be asked": (
        "from course_lib.protocol.encoding import ANSWER, encode\n"
        "    send(encode({'callback': 0}, (np.zeros(2**14),), ANSWER))"
    ),
    "a thousand asks at once": (
        "channel.sendall(wire.frame(wire.ASKED, wire.encode_asked(0, (1.0,))) * 1000)"
    ),
    "no end": "one = wire.frame(wire.ASKED, wire.encode_asked(0, (1.0,))) * 1000\n"
    "    while True:\n        channel.sendall(one)",
    "half a frame": "channel.sendall(wire.frame(wire.ASKED, wire.encode_asked(0, (1.0,)))[:-3])",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_asks_end_the_process_that_sent_them(plain_server, what):
    limits = TimeLimits(cell=5.0, first_call=1.5, call=1.5, notebook=10.0)
    student = plain_server.spawn(budget=limits)
    try:
        defined(student, f"{CHANNEL}def f(g):\n    {HOSTILE[what]}\n    return 1.0")
        answers = student.ask([question(double), question(double)])
        assert len(answers) == 2
        assert answers[1].error is not None
        assert answers[1].error.kind in ("garbled", "timeout", "crashed")
        assert not student.alive
    finally:
        student.close()
    fresh = plain_server.spawn(budget=LIMITS)  # the next submission notices nothing
    try:
        defined(fresh, "def f(g):\n    return float(g(2.0))")
        assert fresh.ask([question(double)])[0].value == 4.0
    finally:
        fresh.close()


WRONG_KINDS = {
    "nothing": "",
    "too many": "1.0, 2.0, 3.0",
    "text": "'a' * 1000",
    "None": "None",
    "a dict": "{'q': 1.0}",
    "a list of lists": "[[1.0], [2.0, [3.0]]]",
    "all that may be asked": "np.zeros(2**13)",
    "more than may be asked": "np.zeros(2**13 + 1)",
    "a huge array": "np.zeros(2**24)",
    "eight axes": "np.zeros((1,) * 8)",
    "a long number": "2**60000",
    "infinity": "float('inf')",
    "complex": "1j",
    "objects": "np.array([object()])",
    "itself": "g",
    "a generator": "(x for x in range(3))",
}


def outer(q):
    """An author's function that is quadratic in what it is given."""
    return np.outer(q, q).sum()


@pytest.mark.parametrize("what", WRONG_KINDS)
def test_what_a_callback_is_given_never_harms_the_grader(student, what):
    defined(student, f"def f(g):\n    return g({WRONG_KINDS[what]})")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (answer,) = student.ask([question(outer)])
    assert answer.error is None or answer.error.kind == "raised"
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown < 1100  # MB: 8192 squared float64 are 537, and their sum may need as much again
    defined(student, "def f(g):\n    return float(g(np.ones(2)))")
    assert student.ask([question(outer)])[0].value == 4.0


def test_a_callback_that_takes_for_ever_is_stopped(student):
    def slow(n):
        while n:
            n -= 1
        return n

    defined(student, "def f(g):\n    return g(10**30)")
    began = time.process_time()
    (answer,) = student.ask([question(slow)])
    assert "TimeoutError: it took more than 2 seconds" in answer.error.message
    assert CALLBACK <= time.process_time() - began < CALLBACK + 3.0


def test_what_is_kept_of_large_asks_is_bounded(student):
    defined(
        student,
        "def f(g):\n    x = np.zeros(2**13)\n"
        "    for _ in range(900):\n        g(x)\n    return 1.0",
    )
    answers = student.ask([question(lambda x: 0.0) for _ in range(3)])
    assert [answer.count for answer in answers] == [900] * 3
    kept = sum(asked[0].values.nbytes for answer in answers for asked in answer.asked)
    assert 0 < kept <= MOST_KEPT


def test_two_functions_of_one_name_are_refused():
    """Their answers would be taken for each other's."""
    as_value(lambda x: 2 * x)
    with pytest.raises(CannotCross, match="give each a name of its own"):
        as_value(lambda x: 3 * x)


def test_a_callbacks_problem_that_cannot_be_written_is_named_all_the_same(student):
    def of_table(x):
        return {}[x]

    defined(
        student,
        "def f(g):\n    try:\n        g(2**60000)\n"
        "    except ValueError as error:\n        return str(error)",
    )
    (answer,) = student.ask([question(of_table)])
    assert answer.value == "KeyError"


def square_of(x):
    return x**2


def test_a_callback_that_overflows_warns_nobody(recwarn):
    """A student's function may ask anywhere; what it gets there is judged."""
    value = call_here(Callback.of(square_of), (as_value(np.array([1e200])),))
    assert value.values.tolist() == [np.inf]
    assert [str(warning.message) for warning in recwarn] == []
