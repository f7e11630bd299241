"""Whatever bytes come back, they are an answer or `GarbledError`; and a verdict is made."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import select
import socket
import struct
import subprocess
import sys
import tempfile
import time
import tracemalloc
from typing import Any

import numpy as np
import pytest
from arena import SEED
from attack_bank import PROJECT, solved_notebook
from canaries import ASSIGNMENT
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.claims.loading import load
from course_lib.claims.sampling import SamplingPlan
from course_lib.deadline import Deadline
from course_lib.grading import callbacks as callbacks_module
from course_lib.grading.callbacks import MOST_KEPT, Callbacks
from course_lib.grading.fork_server import ForkServer
from course_lib.grading.student_process import GRACE, MOST_ANSWERED, StudentProcess, Usage
from course_lib.grading.submission import outputs
from course_lib.grading.time_limits import TimeLimits
from course_lib.grading.verifier import Verifier
from course_lib.notebook.align import restore
from course_lib.notebook.released_notebook import ReleasedNotebook
from course_lib.protocol import encoding, wire
from course_lib.protocol.figures import Figure
from course_lib.protocol.questions import Answer, Question
from course_lib.protocol.values import (
    Callback,
    Numbers,
    Table,
    Value,
    describe,
    key,
    natural,
)

FUZZ = settings(max_examples=200, deadline=None, database=None, derandomize=True)
# A frame of words of two letters: five bytes each there, some sixty once they are read.
MOST_MEMORY = 16 * wire.MAX_FRAME

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4)
    ),
    max_leaves=12,
)
NUMBERS = st.sampled_from([0, 1, 3, -1, 2**17, 2**31, 2**70, True, 1.5, "1", None, [1]])
WORDS = st.sampled_from(["", "a", "\ud800", "0x1", "-0xff", "nan", "inf", "x" * 9000, 7, None, [1]])
FLOATS = st.sampled_from(
    ["0x1.8p+0", "0x1.0p+9999", "0x1.0p-1074", "-inf", "nan", "nan\n", "1", 1.5]
)
ARRAYS = st.tuples(
    st.sampled_from(["tensor", "array", "number", "object"]),
    st.sampled_from(["float64", "float64\n", "O", "a" * 99, "", 7, None, ["float64"]]),
    st.sampled_from(["<f8", "|b1", "<c16", "<i8", "|O", ">f8", "<M8[s]", "", 7, None, ["<f8"]]),
    st.lists(NUMBERS, max_size=9) | JSON,
).map(list)
PLAIN = st.one_of(
    st.just(["none"]),
    st.tuples(st.just("bool"), NUMBERS).map(list),
    st.tuples(st.just("int"), WORDS).map(list),
    st.tuples(st.just("float"), FLOATS).map(list),
    st.tuples(st.just("complex"), FLOATS, FLOATS).map(list),
    st.tuples(st.just("text"), WORDS).map(list),
    st.tuples(st.sampled_from(["seed", "ref", "callback", "named", "pickle", 7, None]), WORDS).map(
        list
    ),
    ARRAYS,
    JSON,
)


def larger(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Values that are made of values: sequences, dicts, tables, figures."""
    pairs = st.lists(st.tuples(WORDS | inner, inner).map(list) | JSON, max_size=3)
    artists = st.lists(st.tuples(WORDS, WORDS, inner, inner).map(list) | JSON, max_size=2)
    words = st.lists(WORDS, min_size=4, max_size=6)
    axes = st.tuples(words, st.lists(WORDS, max_size=2), artists).map(list) | JSON
    return st.one_of(
        st.tuples(st.sampled_from(["tuple", "list"]), st.lists(inner, max_size=4)).map(list),
        st.tuples(st.sampled_from(["dict", "table"]), pairs).map(list),
        st.tuples(st.just("figure"), st.lists(axes, max_size=2)).map(list),
    )


VALUES = st.recursive(PLAIN, larger, max_leaves=8)
HEADS = st.fixed_dictionaries(
    {"number": NUMBERS, "value": VALUES},
    optional={
        "error": st.lists(st.sampled_from(["raised", "timeout", "a" * 5000, 7, [], {}]), max_size=4)
        | JSON,
    },
)


def body(head: object, values: bytes) -> bytes:
    """An answer's body with any head at all."""
    text = json.dumps(head).encode()
    return struct.pack(">I", len(text)) + text + values


def decoded(data: bytes) -> Answer | None:
    """The answer in a body; None where it is garbled. Nothing else may come out."""
    try:
        number, answer = wire.decode_answer(data)
    except wire.GarbledError:
        return None
    assert type(number) is int
    assert type(answer) is Answer
    assert answer.error is not None or is_plain(answer.value)
    describe(answer.value), key(answer.value), natural(answer.value)
    return answer


def is_plain(value: Value) -> bool:
    """Whether it is of a kind that may come back, down to its last part."""
    match value:
        case None | bool() | int() | float() | complex() | str():
            return type(value) in (type(None), bool, int, float, complex, str)
        case Numbers():
            return type(value.values) is np.ndarray and value.values.dtype.kind in "biufc"
        case tuple() | list():
            return all(map(is_plain, value))
        case dict():
            return all(is_plain(one) for pair in value.items() for one in pair)
        case Table():
            return all(type(column) in (list, np.ndarray) for column in value.columns.values())
    return isinstance(value, Figure)


@FUZZ
@given(st.binary(max_size=200))
def test_any_bytes_are_an_answer_or_garbled(data: bytes) -> None:
    decoded(data)


@FUZZ
@given(HEADS, st.binary(max_size=64))
def test_any_head_makes_an_answer_or_is_garbled(head: object, values: bytes) -> None:
    decoded(body(head, values))


@FUZZ
@given(JSON, st.binary(max_size=16))
def test_any_json_makes_an_answer_or_is_garbled(head: object, values: bytes) -> None:
    decoded(body(head, values))


@FUZZ
@given(st.data())
def test_a_damaged_answer_is_an_answer_or_garbled(data: st.DataObject) -> None:
    table = Table({"a": np.arange(2), "b": ["x", "y"]})
    value = (Numbers("tensor", "float64", np.arange(3.0)), None, {"n": [1, 2.5, 1j]}, table)
    whole = bytearray(wire.encode_answer(Answer(value), 3))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    decoded(bytes(whole[:cut]) if data.draw(st.booleans()) else bytes(whole))


@FUZZ
@given(VALUES, st.integers(-1, 3) | JSON, st.binary(max_size=64))
def test_any_question_of_a_callback_is_one_or_is_garbled(
    value: object, callback: object, numbers: bytes
) -> None:
    try:
        which, arguments = wire.decode_asked(body({"callback": callback, "value": value}, numbers))
    except wire.GarbledError:
        return
    assert type(which) is int
    assert type(arguments) is tuple and all(map(is_plain, arguments))


STRANGE: dict[str, Any] = {
    "an empty array that is too big": ["tensor", "float64", "<f8", [0, *[2**17] * 7]],
    "an array without its numbers": ["tensor", "float64", "<f8", [1]],
    "an array of objects": ["array", "object", "|O", [0]],
    "a number with an axis": ["number", "float64", "<f8", [0]],
    "no kind": [],
    "a kind that is none": ["pickle", "Y3Bvc2l4"],
    "a float beyond all floats": ["float", "0x1.0p+9999"],
    "an int in decimals": ["int", "9" * 5000],
    "an int that is too long": ["int", "0x" + "f" * 20_000],
    "a table with columns of two lengths": [
        "table", [["a", ["list", [["none"]]]], ["b", ["list", []]]]
    ],
    "a key that cannot be one": ["dict", [[["list", []], ["none"]]]],
    "a seed": ["seed", "0x1"],
    "a name": ["named", "os", "system"],
    "a reference": ["ref", 0],
    "a callback": ["callback", 0],
    "lists within lists": json.loads('["list", [' * 99 + '["none"]' + "]]" * 99),
    "more things than may be": ["list", [["none"]] * (encoding.ANSWER.items + 1)],
    "a figure of words": ["figure", [[["a"] * 5, [], [["line", "", ["text", "x"], ["none"]]]]]],
}  # fmt: skip


@pytest.mark.parametrize("form", STRANGE)
def test_what_nothing_could_be_made_of_is_garbled(form: str) -> None:
    assert decoded(body({"number": 0, "value": STRANGE[form]}, b"")) is None


def test_an_answer_has_few_numbers_also_where_a_question_has_many() -> None:
    many = np.zeros(encoding.ANSWER.numbers + 1)
    whole = encoding.encode({"number": 0}, many, encoding.QUESTION)
    with pytest.raises(wire.GarbledError, match=r"sizes|numbers"):
        wire.decode_answer(whole)
    question = Question.call("f", (np.zeros(encoding.QUESTION.numbers),))
    assert wire.decode_question(wire.encode_question(question, 3))[0] == 3


def test_a_true_answer_survives() -> None:
    values = np.array([1.0, -0.0, np.nan, np.inf])
    answer = decoded(wire.encode_answer(Answer(Numbers("array", "float64", values)), 3))
    assert answer is not None
    assert answer.value.values.tobytes() == values.tobytes()


@FUZZ
@given(st.lists(st.binary(max_size=40), max_size=8))
def test_any_stream_is_frames_or_garbled(chunks: list[bytes]) -> None:
    reader, taken = wire.FrameReader(limit=64), 0
    try:
        for chunk in chunks:
            reader.feed(chunk)
            while (frame := reader.next()) is not None:
                taken += 5 + len(frame.body)
                assert len(frame.body) <= 64
    except wire.GarbledError:
        return
    assert taken <= sum(map(len, chunks))


def test_a_frame_that_is_too_long_is_refused_before_it_is_read() -> None:
    reader = wire.FrameReader()
    reader.feed(struct.pack(">IB", wire.MAX_FRAME + 1, ord("A")))
    with pytest.raises(wire.GarbledError, match="limit"):
        reader.next()


HEAVY = {
    "empty lists": b"[" + b"[]," * (wire.MAX_FRAME // 3 - 2) + b"[]]",
    "objects": b"[" + b'{"":0},' * (wire.MAX_FRAME // 7 - 2) + b"0]",
    "nesting": b"[" * (wire.MAX_FRAME // 2) + b"]" * (wire.MAX_FRAME // 2),
    "one long number": b"1" * (wire.MAX_FRAME - 8),
    "short words": b"[" + b'"ab",' * (wire.MAX_FRAME // 5 - 2) + b"0]",
}


@pytest.mark.parametrize("kind", HEAVY)
def test_no_json_takes_more_memory_than_is_planned(kind: str) -> None:
    tracemalloc.start()
    with contextlib.suppress(wire.GarbledError):
        wire.parse_json(HEAVY[kind])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < MOST_MEMORY


KINDS = ["stream", "error", "display_data", "execute_result"]
TYPES = ["text/html", "text/plain", "image/png", "image/jpeg", "a"]


@FUZZ
@given(
    st.lists(
        st.fixed_dictionaries(
            {"output_type": st.sampled_from([*KINDS, 7])},
            optional={
                "name": JSON, "text": JSON, "ename": JSON, "evalue": JSON, "traceback": JSON,
                "metadata": JSON,
                "data": st.dictionaries(
                    st.sampled_from(TYPES), JSON
                ) | JSON,
            },
        )
        | JSON,
        max_size=4,
    )
    | JSON
)  # fmt: skip
def test_any_report_of_outputs_is_cleaned(raw: object) -> None:
    clean = outputs.clean_outputs(raw)
    allowed = {"output_type", "name", "text", "ename", "evalue", "traceback", "data", "metadata"}
    assert all(set(output) <= allowed | {"execution_count"} for output in clean)


# A student's process that is none of ours: it says READY, and to whatever it is sent, one thing.
BABBLER = """
import socket, struct, sys
channel = socket.socket(fileno=int(sys.argv[1]))
channel.sendall(struct.pack(">IB", 14, ord("K")) + b'{"layers": []}')
while channel.recv(1 << 16):
    channel.sendall(sys.stdin.buffer.read())
    if sys.argv[2] == "leaves":
        break
"""
_CELL = json.dumps({"id": "a", "status": "ok", "outputs": []}).encode()
_ZEROS = Answer(Numbers("tensor", "float64", np.zeros(())))
_ZERO = wire.encode_answer(_ZEROS, 0)
_ASKED = wire.encode_asked(0, (1.0,))
_STARTS = wire.frame(wire.CELL, _CELL) * 60  # reports for all cells, so that questions are put
_HUGE = encoding.encode({"callback": 0}, (np.zeros(2**20),), encoding.QUESTION)
_PICKLE = b"cposix\nsystem\n(S'touch /tmp/breach'\ntR."
SAID: dict[str, bytes] = {
    "nothing": b"",
    "noise": bytes(range(256)) * 40,
    "a header cut short": b"\x00\x00",
    "a frame cut short": wire.frame(wire.CELL, _CELL)[:-3],
    "four gigabytes": struct.pack(">IB", 2**32 - 1, ord("C")),
    "another kind": wire.frame(b"Z", _CELL),
    "an answer before the question": wire.frame(wire.ANSWER, _ZERO),
    "questions": wire.frame(wire.CALL, _ZERO),
    "orders": wire.frame(wire.RUN, b"[]"),
    "ready again": wire.frame(wire.READY, b'{"layers": ["user"]}'),
    "no json": wire.frame(wire.CELL, b"ok"),
    "json of no report": wire.frame(wire.CELL, b"[1]"),
    "another status": wire.frame(wire.CELL, _CELL.replace(b"ok", b"passed")),
    "a pickle": wire.frame(wire.CELL, _PICKLE),
    "a report, then zeros for all": _STARTS
    + b"".join(wire.frame(wire.ANSWER, wire.encode_answer(_ZEROS, n)) for n in range(300)),
    "a report, then one answer again and again": _STARTS + wire.frame(wire.ANSWER, _ZERO) * 300,
    "a report, then a pickle": _STARTS + wire.frame(wire.ANSWER, _PICKLE),
    "asks before it is asked": wire.frame(wire.ASKED, _ASKED),
    "asks what nobody handed over": _STARTS + wire.frame(wire.ASKED, _ASKED),
    "asks without an end": _STARTS + wire.frame(wire.ASKED, _ASKED) * 100_000,
    "asks with a million numbers": _STARTS + wire.frame(wire.ASKED, _HUGE),
    "asks with four gigabytes": _STARTS + struct.pack(">IB", 2**32 - 1, wire.ASKED[0]),
    "asks with a pickle": _STARTS + wire.frame(wire.ASKED, _PICKLE),
    "replies": _STARTS + wire.frame(wire.REPLY, wire.encode_reply(0.0)),
}


class BabblerServer(ForkServer):
    """Starts babblers where the fork server would fork; all else is the grader's own."""

    def __init__(self, said: bytes, then: str, program: str = BABBLER) -> None:
        self._said, self._then, self._program = said, then, program
        self.layers, self.missing = (), ()
        self.started: list[subprocess.Popen[bytes]] = []
        self.spent = time.monotonic

    def spawn(
        self,
        limits: Any = None,
        budget: TimeLimits | None = None,
        shown: Any = None,
        waiting: Any = None,
    ) -> StudentProcess:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with theirs, tempfile.TemporaryFile() as said:  # a pipe would hold 64 KB of it
            said.write(self._said)
            said.seek(0)
            command = [sys.executable, "-S", "-c", self._program, str(theirs.fileno()), self._then]
            process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=said)
        self.started.append(process)
        shown = shown or outputs.OutputAllowance()
        return StudentProcess(self, ours, budget or TimeLimits(), shown, self.spent, waiting)

    def end(self) -> Usage:
        process = self.started[-1]
        process.kill()
        process.wait()
        return Usage()

    def close(self) -> None:
        assert all(process.poll() is not None for process in self.started)


@pytest.fixture(scope="module")
def plan() -> SamplingPlan:
    whole = load(ASSIGNMENT, PROJECT)
    one = {"tf_log_like": whole.exercises["tf_log_like"]}
    return SamplingPlan.draw(dataclasses.replace(whole, exercises=one), SEED, share=0.1)


@pytest.mark.parametrize("then", ["stays", "leaves"])
@pytest.mark.parametrize("said", SAID)
def test_a_process_that_babbles_gets_a_verdict_and_no_point(
    plan: SamplingPlan, said: str, then: str
) -> None:
    released = ReleasedNotebook.load(PROJECT, ASSIGNMENT)
    submission = restore(json.dumps(solved_notebook()).encode(), released, "babbler")
    with BabblerServer(SAID[said], then) as server:
        budget = TimeLimits(cell=0.2, first_call=0.2, call=0.2, notebook=1.0)
        verdict = Verifier(plan, server, budget, shrinking=False).grade(submission)
    (check,) = verdict["checks"]
    assert (check["earned"], verdict["earned"]) == (0.0, 0.0)
    assert check["status"] in ("timeout", "crashed", "failed", "error")
    assert server.started


# A student's process of which every function asks a callback: it answers nothing, or too much.
ASKER = """
import socket, struct, sys
channel = socket.socket(fileno=int(sys.argv[1]))
channel.sendall(struct.pack(">IB", 14, ord("K")) + b'{"layers": []}')
said = sys.stdin.buffer.read()
channel.recv(1 << 16)
def take():
    size = struct.unpack(">IB", channel.recv(5, socket.MSG_WAITALL))[0]
    channel.recv(size, socket.MSG_WAITALL)
try:
    if sys.argv[2] == "waits for each reply":
        while True:
            channel.sendall(said)
            take()
    elif sys.argv[2] == "reads no reply":
        while True:
            channel.sendall(said)
    else:
        import time
        while True:
            for byte in said:
                channel.sendall(bytes([byte]))
                time.sleep(0.05) if sys.argv[2] == "drips" else None
except OSError:
    pass
"""
SLOW = 20.0  # seconds beyond a limit that a busy machine may take; it takes one when nothing runs


def asked(said: bytes, then: str, question: Question, call: float = 0.5) -> tuple[Answer, float]:
    """The answer to a question of one that asks, and after how many seconds it was there."""
    with BabblerServer(said, then, ASKER) as server:
        process = server.spawn(
            budget=TimeLimits(cell=0.5, first_call=call, call=call, notebook=60.0)
        )
        start = time.monotonic()
        (answer,) = process.ask([question])
        assert not process.alive
        return answer, time.monotonic() - start


def double(x):
    return 2.0 * x


def a_million_numbers(x):
    return np.zeros(2**20)


def fails_at_one(x):
    return 2.0 / (x - 1.0)


def unchanged(x):
    return x


HANDED_OVER = Question.call("f", (Callback.of(double),))
LARGE = Question.call("f", (Callback.of(a_million_numbers),))


def test_one_that_asks_without_an_end_is_ended_by_its_clock() -> None:
    answer, seconds = asked(wire.frame(wire.ASKED, _ASKED), "waits for each reply", HANDED_OVER)
    assert (answer.error.kind, answer.value) == ("timeout", None)
    assert seconds < 0.5 + GRACE + SLOW


def test_one_that_asks_too_often_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("course_lib.grading.callbacks.MOST_ASKED", 100)
    said = wire.frame(wire.ASKED, _ASKED)
    answer, _ = asked(said, "waits for each reply", HANDED_OVER, call=60.0)
    assert answer.error.kind == "garbled"


@pytest.mark.parametrize("question", [HANDED_OVER, LARGE], ids=["small replies", "large replies"])
def test_one_that_asks_and_reads_no_reply_costs_no_memory(question: Question) -> None:
    tracemalloc.start()
    answer, _ = asked(wire.frame(wire.ASKED, _ASKED), "reads no reply", question, call=5.0)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert answer.error.kind in ("garbled", "timeout")
    assert peak < 2**26


@pytest.mark.parametrize("which", [-1, 1, 2**40])
def test_a_callback_that_is_not_there_ends_its_process(which: int) -> None:
    said = wire.frame(wire.ASKED, wire.encode_asked(which, (1.0,)))
    assert asked(said, "waits for each reply", HANDED_OVER)[0].error.kind == "garbled"


@pytest.mark.parametrize("argument", ["text", None, {"a": 1}, (), 1j])
def test_a_callback_that_fails_on_what_it_is_handed_is_the_students_problem(
    argument: Value,
) -> None:
    fails = Question.call("f", (Callback.of(fails_at_one),))
    said = wire.frame(wire.ASKED, wire.encode_asked(0, (argument,)))
    assert asked(said, "waits for each reply", fails)[0].error.kind == "timeout"


_LONG = Answer(Numbers("array", "float64", np.zeros(999)))
DRIPS = {
    "an answer": wire.frame(wire.ANSWER, wire.encode_answer(_LONG, 0)),
    "a question": wire.frame(wire.ASKED, wire.encode_asked(0, (np.zeros(999),))),
    "a frame without an end": struct.pack(">IB", wire.MAX_FRAME, wire.ANSWER[0]) + bytes(9999),
}


@pytest.mark.parametrize(
    ("kind", "how"), [*((kind, "drips") for kind in DRIPS), ("a frame without an end", "trickles")]
)
def test_one_that_drips_is_dead_soon_after_its_time(kind: str, how: str) -> None:
    answer, seconds = asked(DRIPS[kind], how, HANDED_OVER)
    assert answer.error.kind == "timeout"
    assert seconds < 0.5 + GRACE + SLOW


def test_one_that_computes_a_little_while_it_drips_is_not_waited_for() -> None:
    """Its CPU seconds, a twentieth of a core, say that it is not idle; no limit is near."""
    with BabblerServer(DRIPS["an answer"], "drips", ASKER) as server:
        server.spent = lambda: 0.05 * time.monotonic()
        far = TimeLimits(cell=60.0, first_call=60.0, call=60.0, notebook=600.0, waiting=1.0)
        process, start = server.spawn(budget=far), time.monotonic()
        (answer,) = process.ask([HANDED_OVER])
    assert answer.error.kind == "timeout"
    assert time.monotonic() - start < 1.0 + GRACE + SLOW


def test_bytes_that_are_always_there_give_no_more_time() -> None:
    with BabblerServer(bytes(2**20), "trickles", ASKER) as server:
        process = server.spawn()
        process._channel.send(b"begin")
        assert select.select([process._channel], [], [], SLOW)[0]
        process._exchange(bytearray(), Deadline(0.0))
        assert process.death_reason == "timeout"


def test_what_callbacks_were_asked_is_kept_up_to_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(callbacks_module, "MOST_KEPT", 10 * len(_ASKED))
    callbacks = Callbacks()
    callbacks.number(Callback.of(unchanged))
    for _ in range(20):
        callbacks.reply(_ASKED)
    noted = callbacks.noted(Answer(1.0))
    assert (len(noted.asked), noted.count) == (10, 20)


HEAVY_VALUES = {
    "empty arrays": ["array", "float64", "<f8", []],
    "nones": ["none"],
    "numbers": ["float", "0x1.8p+0"],
    "empty dicts": ["dict", []],
    "texts": ["text", ""],
}


@pytest.mark.parametrize("kind", HEAVY_VALUES)
def test_a_list_of_answers_takes_no_more_memory_than_is_planned(kind: str) -> None:
    """The largest list of answers that may come, of values that take most once they are read."""
    one = HEAVY_VALUES[kind]
    count = min(encoding.ANSWER.items - 1, encoding.ANSWER.head // (len(json.dumps(one)) + 2) - 9)
    numbers = bytes(8 * count) if kind == "empty arrays" else b""
    answer = body({"number": 0, "value": ["list", [one] * count]}, numbers)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    kept = [wire.decode_answer(answer) for _ in range(4)]
    each = (tracemalloc.get_traced_memory()[0] - before) / len(kept)
    tracemalloc.stop()
    assert each * (MOST_ANSWERED + MOST_KEPT) / len(answer) < 2**30
