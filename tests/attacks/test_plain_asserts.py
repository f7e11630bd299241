"""The bank on a plain worksheet, whose asserts run in the attack's own process: some are paid.

None reaches anything outside that process. docs/plain.md names those that are paid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from arena import UNTOUCHED, breaches, of
from attack_bank import PROJECT, Attack, attacks
from plain_worksheet import EXERCISE, POINTS, PlainArena

pytestmark = pytest.mark.slow

# They change what a test compares with, or how cells run. Claims, judged elsewhere, pay none.
PAID = {
    "ast_transformer",
    "equal_to_everything_array",
    "equal_to_everything_float",
    "object_dtype",
    "patched_numpy",
    "shell_hooks",
}
# The grader's clock ends these, each after many seconds: `test_bank` has them.
SLOW = re.compile("endless|awaits|take_their_time|busy_threads|small_pieces|last_moment|sleep")
BANK = [
    attack
    for attack in attacks()
    if attack.cell == EXERCISE and not attack.needs_a_folder and not SLOW.search(attack.slug)
]


@pytest.fixture(scope="module")
def arena(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlainArena]:
    with PlainArena(tmp_path_factory.mktemp("course")) as arena:
        assert arena.honest() == {EXERCISE: POINTS}
        yield arena
        assert arena.honest() == {EXERCISE: POINTS}


@pytest.mark.parametrize("attack", BANK, ids=[attack.slug for attack in BANK])
def test_an_attack_reaches_nothing_and_is_paid_only_if_it_is_known_to(
    arena: PlainArena, attack: Attack
) -> None:
    verdict = arena.grade(attack)
    assert arena.canaries.touched() == []
    assert breaches(verdict, arena.canaries.secret) == []
    assert arena.left_over() == []
    check = of(verdict, EXERCISE)
    assert check["judged"] == "inside"
    assert (check["earned"] > 0) == (attack.slug in PAID)
    assert arena.probe() == UNTOUCHED


def test_the_page_names_those_that_are_paid() -> None:
    page = (PROJECT / "docs" / "plain.md").read_text("utf-8")
    assert {attack.slug for attack in BANK} >= PAID
    assert [slug for slug in sorted(PAID) if f"`{slug}`" not in page] == []
