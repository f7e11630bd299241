"""Every attack of the bank, through the real verifier: nothing earned, nothing reached."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from arena import SMALL, UNTOUCHED, Arena, breaches, of, peak_memory
from attack_bank import Attack, attacks

from course_lib.grading.budget import PATIENCE

NOTEBOOKS = [attack for attack in attacks() if not attack.needs_a_folder]
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
def honest(arena: Arena) -> dict[str, float]:
    """A right submission's points before any attack: all of them, or nothing below means much."""
    points = arena.honest()
    assert points == {name: e.points for name, e in arena.plan.checks.exercises.items()}
    return points


def test_the_bank_is_large_and_each_attack_says_what_it_tries() -> None:
    bank = attacks()
    docstrings = [attack.text.split('"""')[1] for attack in bank]
    assert len(bank) >= 60
    assert len(set(docstrings)) == len(bank)


@pytest.mark.parametrize("number", range(len(NOTEBOOKS)), ids=[a.slug for a in NOTEBOOKS])
def test_an_attack_earns_nothing_and_reaches_nothing(
    arena: Arena, honest: dict[str, float], number: int
) -> None:
    attack = NOTEBOOKS[number]
    memory, start, warm = peak_memory(), time.monotonic(), arena.warm._process.pid
    verdict = arena.grade(attack)
    seconds, grown = time.monotonic() - start, peak_memory() - memory
    assert arena.canaries.touched() == []
    assert breaches(verdict, arena.canaries.secret) == []
    assert arena.left_over() == []
    assert arena.warm._process.pid == warm, (
        "the process that all are forked from had to be replaced"
    )
    assert seconds < LONGEST
    assert grown < MOST_MEMORY
    _earns_nothing(attack, of(verdict, attack.cell))
    assert arena.probe() == UNTOUCHED
    if number % BETWEEN == BETWEEN - 1 or attack is NOTEBOOKS[-1]:
        assert arena.honest() == honest


def _earns_nothing(attack: Attack, check: dict[str, object]) -> None:
    if attack.partly_right:
        assert check["status"] == "failed"
        assert float(str(check["earned"])) < float(str(check["points"])) / 2
    else:
        assert check["earned"] == 0.0
        assert check["status"] != "passed"
