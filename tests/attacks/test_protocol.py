"""Whatever bytes come back, they are an answer or `GarbledError`; and a verdict is made."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import struct
import subprocess
import sys
import tracemalloc
from typing import Any

import numpy as np
import pytest
from arena import SEED
from attack_bank import PROJECT, solved_notebook
from canaries import ASSIGNMENT
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.calls import wire
from course_lib.calls.answer import Answer, Call, Part
from course_lib.checks import load
from course_lib.checks.claims import Checks
from course_lib.checks.judging import Plan
from course_lib.grading import outputs
from course_lib.grading.budget import Budget
from course_lib.grading.process import StudentProcess, Usage, Warm
from course_lib.grading.restore import restore
from course_lib.grading.skeleton import Skeleton
from course_lib.grading.verifier import Verifier

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
PARTS = st.lists(
    st.tuples(
        st.sampled_from(["tensor", "array", "number", "none", "object", 7, None, [1], {}]),
        st.sampled_from(["float64", "float64\n", "O", "a" * 99, "", 7, None, ["float64"]]),
        st.lists(NUMBERS, max_size=9) | JSON,
    ).map(list)
    | JSON,
    max_size=20,
)
HEADS = st.fixed_dictionaries(
    {"number": NUMBERS},
    optional={
        "container": st.sampled_from(["one", "tuple", "list", "dict", None, ["one"], {"one": 1}]),
        "parts": PARTS,
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
    assert answer.error is not None or all(
        type(part.values) is np.ndarray and part.values.dtype == np.float64 for part in answer.parts
    )
    return answer


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
    parts = (Part("tensor", "float64", np.arange(3.0)), Part("none", "none", np.empty(0)))
    whole = bytearray(wire.encode_answer(Answer(parts, "tuple"), 3))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    decoded(bytes(whole[:cut]) if data.draw(st.booleans()) else bytes(whole))


STRANGE = {
    "an empty array that is too big": ("one", [["tensor", "float64", [0, *[2**17] * 7]]]),
    "one thing that is none": ("one", []),
    "one thing that is two": ("one", [["tensor", "float64", [0]]] * 2),
}


@pytest.mark.parametrize("form", STRANGE)
def test_what_nothing_could_be_made_of_is_garbled(form: str) -> None:
    container, parts = STRANGE[form]
    assert decoded(body({"number": 0, "container": container, "parts": parts}, b"")) is None


def test_an_answer_has_few_numbers_also_where_a_call_has_many() -> None:
    many = Answer((Part("array", "float64", np.zeros(wire.MAX_ANSWER + 1)),))
    assert decoded(wire.encode_answer(many, 0)) is None
    call = Call("f", "value", (np.zeros(wire.MAX_VALUES),))
    assert wire.decode_call(wire.encode_call(call, 3))[0] == 3


def test_a_true_answer_survives() -> None:
    values = np.array([1.0, -0.0, np.nan, np.inf])
    answer = decoded(wire.encode_answer(Answer((Part("array", "float64", values),)), 3))
    assert answer is not None
    assert answer.parts[0].values.tobytes() == values.tobytes()


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
_ZERO = wire.encode_answer(Answer((Part("tensor", "float64", np.zeros(())),)), 0)
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
    "a report, then zeros for all": wire.frame(wire.CELL, _CELL) * 60
    + b"".join(
        wire.frame(wire.ANSWER, wire.encode_answer(Answer.of_values(np.zeros(())), n))
        for n in range(300)
    ),
    "a report, then one answer again and again": wire.frame(wire.CELL, _CELL) * 60
    + wire.frame(wire.ANSWER, _ZERO) * 300,
    "a report, then a pickle": wire.frame(wire.CELL, _CELL) * 60 + wire.frame(wire.ANSWER, _PICKLE),
}


class BabblersHouse(Warm):
    """Starts babblers where the warm process would fork; all else is the grader's own."""

    def __init__(self, said: bytes, then: str) -> None:
        self._said, self._then = said, then
        self.layers, self.missing = (), ()
        self.started: list[subprocess.Popen[bytes]] = []

    def spawn(
        self, limits: Any = None, budget: Budget | None = None, shown: Any = None
    ) -> StudentProcess:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with theirs:
            command = [sys.executable, "-S", "-c", BABBLER, str(theirs.fileno()), self._then]
            process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.PIPE)
        assert process.stdin is not None
        self.started.append(process)
        os.set_blocking(process.stdin.fileno(), True)
        process.stdin.write(self._said)
        process.stdin.close()
        return StudentProcess(self, ours, budget or Budget(), shown or outputs.Budget())

    def end(self) -> Usage:
        process = self.started[-1]
        process.kill()
        process.wait()
        return Usage()

    def close(self) -> None:
        assert all(process.poll() is not None for process in self.started)


@pytest.fixture(scope="module")
def plan() -> Plan:
    checks = load(ASSIGNMENT)
    one = {"tf_log_like": checks.exercises["tf_log_like"]}
    return Plan.draw(Checks(ASSIGNMENT, one), SEED, share=0.1)


@pytest.mark.parametrize("then", ["stays", "leaves"])
@pytest.mark.parametrize("said", SAID)
def test_a_process_that_babbles_gets_a_verdict_and_no_point(
    plan: Plan, said: str, then: str
) -> None:
    skeleton = Skeleton.load(PROJECT, ASSIGNMENT)
    submission = restore(json.dumps(solved_notebook()).encode(), skeleton, "babbler")
    with BabblersHouse(SAID[said], then) as house:
        budget = Budget(cell=0.2, first_call=0.2, call=0.2, notebook=1.0)
        verdict = Verifier(plan, house, budget, shrinking=0.0).grade(submission)
    (check,) = verdict["checks"]
    assert (check["earned"], verdict["earned"]) == (0.0, 0.0)
    assert check["status"] in ("timeout", "crashed", "failed", "error")
    assert house.started
