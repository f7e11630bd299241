"""A bank is read whole, and what cannot be used of it is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib.claims.bank import Bank, read_bank
from course_lib.errors import BankError

EXERCISES = ("tf_log_like", "log_prior", "log_prob", "fit_line")


def write(folder: Path, place: str, text: str) -> Bank:
    path = folder / place
    path.parent.mkdir(parents=True)
    path.write_text(text)
    return read_bank(folder, EXERCISES)


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
