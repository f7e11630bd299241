"""A class of forty, every second of them an attacker: the others have the points they have without.

Both classes are graded by `course grade`, with one seed, two at a time; everybody honest sits
between two attackers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from attack_bank import PROJECT, attacks, solved_notebook
from canaries import ASSIGNMENT, Canaries
from runs import left_over, scores, start, stored

from course_lib.demo.cohort import read_cohort

pytestmark = pytest.mark.slow

SIZE = 40
# Of every kind that could reach a neighbour, with each that ends or fills something among them.
ATTACKS = """
forged_answers_in_advance fork_bomb memory_bomb disk_bomb thread_bomb output_bomb kills_everything
daemon_outlives writes_the_gradebook results_in_files reads_other_submissions poisoned_caches
patched_numpy skip_execution_tag exits_in_a_cell segfault_in_a_call recursion_bomb
network_tcp startup_files_beside link_to_another_person
""".split()  # noqa: SIM905 - twenty words are read more easily than quoted ones
# Whose work is graded quickly: right, right in another way, half done, wrong, blank, renamed, noisy
HONEST = ("ada", "boris", "chen", "dora", "fatima", "george", "hana", "ivan", "jule", "kofi")


@dataclass
class Graded:
    """A class after `course grade`: verdicts, gradebook, what was touched, what still runs."""

    verdicts: dict[str, dict[str, object]]
    scores: dict[str, float]
    touched: list[str]
    left: list[str]


def seats() -> Iterator[tuple[str, str]]:
    """Who sits where: a name, and either an attack's or an honest student's story."""
    for seat in range(SIZE):
        attacking, turn = seat % 2 == 1, seat // 2
        story = ATTACKS[turn] if attacking else HONEST[turn % len(HONEST)]
        yield f"s{seat:02}-{'m' if attacking else 'h'}", story


def graded(folder: Path, sitting: Iterable[tuple[str, str]]) -> Graded:
    """A class in `folder`, graded."""
    bank = {attack.slug: attack for attack in attacks()}
    cohort, solved = read_cohort(PROJECT, ASSIGNMENT), solved_notebook()
    released = json.loads((PROJECT / "release" / ASSIGNMENT / "worksheet.ipynb").read_text())
    with Canaries(folder, graded=True) as canaries:
        for name, story in sitting:
            if name.endswith("h"):
                work = cohort[story].notebook(released, solved)
                canaries.submit(name, json.dumps(work).encode())
            else:
                place = canaries.submit(name, bank[story].hand_in(solved, canaries.places))
                bank[story].prepare(place, canaries.places)
        grading = start(folder, "--no-feedback", "--jobs", "2")
        assert grading.wait(1200) == 0
        left = left_over(grading.pid)
        return Graded(stored(folder), scores(folder), canaries.touched(), left)


def test_the_honest_ones_points_are_those_without_attackers(tmp_path: Path) -> None:
    one_of_each = {story: name for name, story in seats() if name.endswith("h")}
    alone = graded(tmp_path / "alone", ((name, story) for story, name in one_of_each.items()))
    among = graded(tmp_path / "among", seats())
    bank = {attack.slug: attack for attack in attacks()}
    for name, story in seats():
        if name.endswith("h"):
            expected = alone.verdicts[one_of_each[story]]["checks"]
            assert among.verdicts[name]["checks"] == expected, (name, story)
            assert among.scores[name] == alone.scores[one_of_each[story]], (name, story)
        else:
            checks = among.verdicts[name]["checks"]
            assert isinstance(checks, list)
            assert [e for one, e, _ in checks if one == bank[story].cell] == [0.0], (name, story)
    assert among.verdicts["ada"]["earned"] == alone.verdicts["ada"]["earned"] == 18.0
    assert len(among.verdicts) == SIZE + 1
    assert len({alone.scores[name] for name in one_of_each.values()}) > 3
    assert (among.touched, among.left) == ([], [])
    print(f"{SIZE // 2} attacks among {SIZE // 2 + 1} honest hand-ins")
