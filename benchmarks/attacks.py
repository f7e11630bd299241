"""The same attacks against stock `nbgrader autograde` and against this project's grader.

    .venv/bin/python benchmarks/attacks.py                       # a table, in some minutes
    .venv/bin/python benchmarks/attacks.py --small               # every fourth
    .venv/bin/python benchmarks/attacks.py skip_execution_tag    # for these attacks only

What is compared is forging: every attack here does no more than give a wrong answer and ask to be
paid for it, and none of them touches anything outside its own process. Even so each stock run is
in a throw-away folder, in fresh user, network and pid namespaces where the machine has them
(`unshare`). The stock course is as generous as it can be made: a worksheet of one exercise whose
test cell compares with NumPy, the reference in a file beside the course, TensorFlow's words kept
off stderr (they alone cost a right answer its points), a kernel that lives for five minutes.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT / "tests" / "attacks"), str(PROJECT)]

# All harmless outside a sandbox: they change, or say something in, their own process only.
ATTACKS = """
equal_to_everything_float equal_to_everything_array lying_array_method object_dtype
tensor_with_patched_numpy nan_for_everything patched_numpy patched_test_tools patched_tensorflow
ast_transformer input_transformer shell_hooks skip_execution_tag hostile_repr system_exit
exits_in_a_cell exits_in_a_call results_on_stdout shows_a_card_of_its_own counts_downwards
rewritten_test_cells edited_points test_cells_of_other_types detects_being_graded
"""
SMALL = 4  # one attack in so many
CONFIG = """
c = get_config()
c.CourseDirectory.root = {root!r}
c.ExecutePreprocessor.timeout = 60
c.Execute.timeout = 60
c.ClearSolutions.code_stub = {{"python": "raise NotImplementedError"}}
"""


def chosen(words: list[str]) -> list[str]:
    """The attacks that the command line asks for."""
    names = ATTACKS.split()
    if unknown := set(words) - {*names, "--small"}:
        raise SystemExit(f"not among the attacks: {', '.join(unknown)}; there are {ATTACKS}")
    if "--small" in words:
        return names[::SMALL]
    return [name for name in names if not words or name in words]


def main() -> None:
    """Run both graders on every attack and print a table."""
    from arena import Arena, breaches, of
    from attack_bank import attacks
    from plain_worksheet import POINTS

    bank = {attack.slug: attack for attack in attacks()}
    names = chosen(sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder) / "course"
        course.mkdir()
        ours: dict[str, float] = {}
        with Arena(course) as arena:
            ours["(a right answer)"] = arena.honest()["tf_log_like"]
            touched: list[str] = []
            for name in names:
                verdict = arena.grade(bank[name])
                ours[name] = of(verdict, "tf_log_like")["earned"]
                touched += breaches(verdict, arena.canaries.secret)
            touched += arena.canaries.touched()
            left = arena.left_over()
            sources = {name: bank[name] for name in names}
            width = max(map(len, ours))
            print(f"{'attack':{width}}  stock  ours   of {POINTS}")
            paid = 0
            for name, stock in _stock(Path(folder) / "stock", sources, arena.canaries.places):
                print(f"{name:{width}}  {stock:>5}  {ours[name]:>4g}", flush=True)
                paid += name in names and stock not in ("-", "0")
    mine = sum(1 for name in names if ours[name] > 0)
    print(f"\n{len(names)} attacks; paid by stock nbgrader: {paid}, by this grader: {mine}")
    print(f"here: canaries touched {len(touched)}, processes left over {len(left)}")


def _stock(root: Path, bank: dict[str, Any], places: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Points that `nbgrader autograde` gives each, one student after another; "-": none at all."""
    from plain_worksheet import RIGHT, worksheet

    root.mkdir()
    (root / "nbgrader_config.py").write_text(CONFIG.format(root=str(root)))
    source = root / "source" / "ws" / "worksheet.ipynb"
    source.parent.mkdir(parents=True)
    solved = worksheet(f"### BEGIN SOLUTION\n{RIGHT.strip()}\n### END SOLUTION")
    nbformat.write(solved, source)
    _nbgrader(root, "generate_assignment", "ws")
    released = json.loads((root / "release" / "ws" / "worksheet.ipynb").read_text())
    for number, (name, attack) in enumerate({"(a right answer)": None, **bank}.items()):
        student = f"s{number}"
        submitted = root / "submitted" / student / "ws" / "worksheet.ipynb"
        submitted.parent.mkdir(parents=True)
        if attack is None:
            nb = json.loads(json.dumps(released))
            for cell in nb["cells"]:
                if cell["metadata"].get("nbgrader", {}).get("grade_id") == "tf_log_like":
                    cell["source"] = RIGHT
            submitted.write_text(json.dumps(nb))
        else:
            submitted.write_bytes(attack.hand_in(released, places))
        _nbgrader(root, "autograde", "ws", "--student", student)
        yield name, _score(root, student)
        shutil.rmtree(root / "submitted" / student)


def _nbgrader(root: Path, *words: str) -> None:
    """One stock command, inside fresh namespaces where there are some; all of it ends with it."""
    command = [sys.executable, "-m", "nbgrader", *words]
    sealed = ["unshare", "--user", "--map-root-user", "--pid", "--fork", "--kill-child",
              "--mount-proc", "--ipc", "--uts"]  # fmt: skip
    test = subprocess.run([*sealed, "true"], capture_output=True, check=False)
    if test.returncode == 0:
        command = [*sealed, *command]
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    environment = {"PATH": path, "HOME": str(root), "OMP_NUM_THREADS": "1", "LANG": "C.UTF-8"}
    subprocess.run(
        command, cwd=root, env=environment, capture_output=True, timeout=300, check=False
    )


def _score(root: Path, student: str) -> str:
    from nbgrader.api import Gradebook, MissingEntry

    with Gradebook(f"sqlite:///{root}/gradebook.db") as book:
        try:
            return f"{book.find_submission('ws', student).score:g}"
        except MissingEntry:
            return "-"


if __name__ == "__main__":
    main()
