"""Every attack of the bank, through the real verifier: nothing earned, nothing reached.

The quick tests have one attack of each kind, the slow ones all others.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from arena import SMALL, UNTOUCHED, Arena, breaches, of, peak_memory
from attack_bank import Attack, attacks

from course_lib.limits import PATIENCE

NOTEBOOKS = [attack for attack in attacks() if not attack.needs_a_folder]
QUICK = {
    # values that are wrong in a way which a claim might take for right
    *("constant_everywhere", "counts_downwards", "nan_for_everything", "pretends_to_be_a_tensor"),
    # bytes that no student's function sent
    *("forged_answers_in_advance", "forged_cell_report", "patched_wire", "channel_flood"),
    # what is outside the process
    *("imported_reference", "proc_to_the_grader", "network_tcp", "writes_the_gradebook"),
    # time, memory, processes
    *(
        "endless_loop_in_a_call",
        "memory_bomb",
        "fork_bomb",
        "daemon_outlives",
        "segfault_in_a_call",
    ),
    # what people read, and what the next submission finds
    *("edited_points", "markup_and_scripts", "leaves_marks_in_memory"),
}
# One submission's notebook may run twice, each time as much longer as a busy machine may make it;
# judging, and reading what it showed, comes on top.
LONGEST = 2 * PATIENCE * SMALL.notebook + 15.0
MOST_MEMORY = 2**30  # bytes by which no submission may make the grader grow
BETWEEN = 20  # attacks after which a right submission is graded again


@pytest.fixture(scope="module")
def arena(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arena]:
    with Arena(tmp_path_factory.mktemp("course")) as arena:
        yield arena


@pytest.fixture(scope="module")
def honest(arena: Arena) -> Iterator[dict[str, float]]:
    """A right submission's points, which are the same before and after the attacks: all of them."""
    points = arena.honest()
    assert points == {name: e.points for name, e in arena.plan.assignment.exercises.items()}
    yield points
    assert arena.honest() == points


def test_the_quick_attacks_are_in_the_bank() -> None:
    assert {attack.slug for attack in NOTEBOOKS} >= QUICK


def test_the_bank_is_large_and_each_attack_says_what_it_tries() -> None:
    bank = attacks()
    docstrings = [attack.text.split('"""')[1] for attack in bank]
    assert len(bank) >= 60
    assert len(set(docstrings)) == len(bank)


def _parameters() -> list[Any]:
    return [
        pytest.param(n, id=a.slug, marks=[] if a.slug in QUICK else pytest.mark.slow)
        for n, a in enumerate(NOTEBOOKS)
    ]


@pytest.mark.parametrize("number", _parameters())
def test_an_attack_earns_nothing_and_reaches_nothing(
    arena: Arena, honest: dict[str, float], number: int
) -> None:
    attack = NOTEBOOKS[number]
    memory, start, fork_server = peak_memory(), time.monotonic(), arena.fork_server._process.pid
    verdict = arena.grade(attack)
    seconds, grown = time.monotonic() - start, peak_memory() - memory
    assert arena.canaries.touched() == []
    assert breaches(verdict, arena.canaries.secret) == []
    assert arena.left_over() == []
    assert arena.fork_server._process.pid == fork_server, (
        "the process that all are forked from had to be replaced"
    )
    assert seconds < LONGEST
    assert grown < MOST_MEMORY
    _earns_nothing(attack, of(verdict, attack.cell))
    assert arena.probe() == UNTOUCHED
    if number % BETWEEN == BETWEEN - 1:
        assert arena.honest() == honest


def _earns_nothing(attack: Attack, check: dict[str, object]) -> None:
    if attack.partly_right:
        assert check["status"] == "failed"
        assert float(str(check["earned"])) < float(str(check["points"])) / 2
    else:
        assert check["earned"] == 0.0
        assert check["status"] != "passed"
