"""A bank is read whole, and what cannot be used of it is named."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from course_lib.checks import load
from course_lib.grading.bank import Bank, BankError, read_bank

ROOT = Path(__file__).parents[2]
EXERCISES = tuple(load("00_worksheet").exercises)


@pytest.fixture(scope="module")
def own() -> Bank:
    return read_bank(ROOT / "bank" / "00_worksheet", EXERCISES)


def write(folder: Path, place: str, text: str) -> Bank:
    path = folder / place
    path.parent.mkdir(parents=True)
    path.write_text(text)
    return read_bank(folder, EXERCISES)


def test_the_worksheets_bank_has_no_fault(own: Bank) -> None:
    assert own.faults == ()


def test_each_exercise_has_at_least_twelve_mistakes_and_six_right_answers(own: Bank) -> None:
    mistakes = Counter(entry.exercise for entry in own.mistakes)
    alternatives = Counter(entry.exercise for entry in own.alternatives)
    assert min(mistakes[name] for name in EXERCISES) >= 12
    assert min(alternatives[name] for name in EXERCISES) >= 6


def test_each_mistake_has_a_sentence_of_its_own(own: Bank) -> None:
    sentences = Counter((entry.exercise, entry.sentence) for entry in own.mistakes)
    assert [said for said, count in sentences.items() if count > 1] == []
    assert [e.name for e in own.mistakes if e.sentence[-1:] not in (".", "?")] == []


def test_no_sentence_quotes_the_solution(own: Bank) -> None:
    for entry in own.mistakes:
        for giveaway in ("tf.reduce_sum(", "tf.exp(", "-1.5", "integrated_time(chain)"):
            assert giveaway not in entry.sentence, entry.name


def test_a_docstring_over_several_lines_is_one_sentence(tmp_path: Path) -> None:
    bank = write(tmp_path, "mistakes/log_prior/a.py", '"""Seen\nthere.\n\nMore."""\nx = 1\n')
    assert bank.mistakes[0].sentence == "Seen there."


@pytest.mark.parametrize(
    ("place", "text", "named"),
    [
        ("mistakes/log_priot/a.py", '"""Said."""\n', "there is no exercise log_priot"),
        ("mistakes/log_prior/a.py", '"""Said."""\ndef (:\n', "cannot be read as Python"),
        ("mistakes/log_prior/a.py", "def log_prior(): ...\n", "no docstring"),
        ("mistakes/a.py", '"""Said."""\n', "its place is mistakes/<exercise>/a.py"),
        ("attacks/a.py", '"""Said."""\n# cell: nothing\n', "there is no exercise nothing"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(
    tmp_path: Path, place: str, text: str, named: str
) -> None:
    (fault,) = write(tmp_path, place, text).faults
    assert place in fault
    assert named in fault


def test_a_mistake_without_a_sentence_is_run_all_the_same(tmp_path: Path) -> None:
    bank = write(tmp_path, "mistakes/log_prior/a.py", "def log_prior(m, b, log_s): ...\n")
    assert [entry.name for entry in bank.mistakes] == ["log_prior/a"]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ('"""Said."""\n# cell: fit_line\ndef log_prior(): ...\n', "fit_line"),
        ('"""Said."""\nimport os\n\n\ndef log_prior(m): ...\n', "log_prior"),
        ('"""Said."""\nlog_prob = print\n', "log_prob"),
        ('"""Said."""\nimport os\n', "tf_log_like"),
    ],
)
def test_an_attack_takes_the_place_that_it_says_or_defines(
    tmp_path: Path, text: str, cell: str
) -> None:
    (attack,) = write(tmp_path, "attacks/a.py", text).attacks
    assert (attack.exercise, attack.name) == (cell, "a")


def test_a_folder_without_a_bank_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(BankError, match="holds no bank"):
        read_bank(tmp_path, EXERCISES)
