"""Grades attacks, and a right submission after them, as whoever runs this; prints what came of it.

python graded_here.py results_in_files exits_in_a_cell

Run by `test_ordinary_user.py`, as a user without rights.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

from arena import UNTOUCHED, Arena, breaches, of
from attack_bank import attacks


def main(slugs: list[str]) -> None:
    """One JSON object: who graded, in which layers, what was earned and what was reached."""
    bank = {attack.slug: attack for attack in attacks()}
    with tempfile.TemporaryDirectory() as folder, Arena(Path(folder)) as arena:
        earned, said = {}, []
        for slug in slugs:
            verdict = arena.grade(bank[slug])
            earned[slug] = of(verdict, bank[slug].cell)["earned"]
            said += breaches(verdict, arena.canaries.secret)
        found = {
            "user": os.getuid(),
            "layers": arena.fork_server.layers,
            "earned": earned,
            "reached": said + arena.canaries.touched(),
            "left_over": arena.left_over(),
            "untouched": arena.probe() == UNTOUCHED,
            "honest": arena.honest(),
        }
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
