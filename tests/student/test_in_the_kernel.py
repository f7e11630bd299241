"""`check`, `check_all` and `hint` in a kernel: what they know of the cells that were run before."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TINY = Path(__file__).parents[1] / "courses" / "tiny"

# Runs cells in a shell as a notebook's kernel does, and writes what each displayed or printed.
RUN = """
import contextlib, io, json, sys
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell

shell = InteractiveShell.instance()
shell.display_pub = CapturingDisplayPublisher()
sys.modules["__main__"].__dict__.update(JPY="")
said = []
for cell in json.load(open(sys.argv[1])):
    out = io.StringIO()
    shell.display_pub.clear_output()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        shell.run_cell(cell, store_history=True)
    last = {}  # a display that is updated is in its place, as in a notebook
    for number, each in enumerate(shell.display_pub.outputs):
        last[(each.get("transient") or {}).get("display_id", number)] = each["data"]
    shown = list(last.values())
    said.append({
        "printed": out.getvalue(),
        "text": "\\n".join(data.get("text/plain", "") for data in shown),
        "html": "\\n".join(data.get("text/html", "") for data in shown),
        "images": sum("image/png" in data for data in shown),
    })
json.dump(said, open(sys.argv[2], "w"))
"""

RIGHT = "def mean(values):\n    return float(np.sum(values) / len(values))"
CELLS = {
    "top": (
        "import numpy as np, warnings\nfrom course_lib import *\nimport matplotlib.pyplot as plt"
    ),
    "nothing yet": "check(3)",
    "mean": RIGHT,
    "mean is right": "check(mean)",
    "a syntax error": "def mean(values):\n    return float(np.sum(values) / len(values)",
    "stale by syntax": "check(mean)",
    "stopped before": "1 / 0\ndef mean(values):\n    return 0.0",
    "stale by a stop": "check(mean)",
    "mean again": RIGHT,
    "not stale": "check(mean)",
    "renamed": RIGHT.replace("mean(", "mean_("),
    "stale by a name": "check(mean)",
    "mean once more": "def mean(values):\n    return float(np.sum(values) / (len(values) + 1))",
    "descend": (
        "def descend(slope, start, rate, steps):\n"
        "    warnings.warn('of ours')\n"
        "    return np.array(start) + 0 * mean(np.ones(3))"
    ),
    "built on a wrong one": "check(descend)",
    "mean is mended": RIGHT,
    "built on a right one": "check(descend)",
    "the example again": "print(len(failing_input(descend)), failing_input(descend)[3])",
    "shows": "def bar_chart(heights):\n    plt.bar(range(len(heights)), heights)\n    plt.show()",
    "no flood": "check(bar_chart)",
    "stub": (
        "def roots(a, b, c):\n    d = b * b - 4 * a * c\n"
        "    # YOUR CODE HERE\n    raise NotImplementedError()"
    ),
    "left over": "check(roots)",
    "calls a stub": ("def sieve(size):\n    return roots(1.0, 2.0, 1.0)"),
    "of the one that raised": "check(sieve)",
    "hint 1": "hint(mean)",
    "hint 2": "hint(mean)",
    "hint 3": "hint(mean)",
    "no hint": "hint(roots)",
    "all": "check_all()",
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    folder = tmp_path_factory.mktemp("kernel")
    course = folder / "course"
    shutil.copytree(TINY, course)
    (folder / "cells.json").write_text(json.dumps(list(CELLS.values())))
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(folder / "cells.json"), str(folder / "said.json")],
        capture_output=True,
        text=True,
        cwd=course / "source" / "01_basics",
    )
    assert done.returncode == 0, done.stderr
    return dict(zip(CELLS, json.loads((folder / "said.json").read_text()), strict=True))


def test_an_int_is_called_an_int(said) -> None:
    assert "This is an int." in said["nothing yet"]["printed"]


def test_a_right_function_has_a_card(said) -> None:
    assert "mean: 2 of 2 points" in said["mean is right"]["text"]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("stale by syntax", "was last run with a syntax error in line 2, so this is about mean as"),
        ("stale by a stop", "was last run without getting as far as that, so this is about mean"),
        ("stale by a name", "A later cell defines mean_, and not mean: this is about mean as it"),
    ],
)
def test_a_stale_function_is_said_to_be_one(said, cell, words) -> None:
    assert words in said[cell]["text"]
    assert "2 of 2 points" in said[cell]["text"]


def test_a_function_that_was_run_again_is_not_stale(said) -> None:
    assert "this is about" not in said["not stale"]["text"]


def test_what_an_exercise_is_built_on_is_known(said) -> None:
    assert "built on mean, which is not right yet" in said["built on a wrong one"]["text"]
    assert "built on" not in said["built on a right one"]["text"]


def test_the_example_can_be_had_again(said) -> None:
    text = said["built on a right one"]["text"]
    assert "again: from course_lib import failing_input; descend(*failing_input(descend))" in text
    assert said["the example again"]["printed"].startswith("4 ")


def test_a_warning_blames_nobody(said) -> None:
    assert "of ours" not in said["built on a right one"]["printed"]


def test_figures_do_not_flood_the_page(said) -> None:
    assert said["no flood"]["images"] == 0
    assert "There is no `return`" in said["no flood"]["text"]


def test_a_line_of_the_released_cell_is_to_be_deleted(said) -> None:
    assert "delete that line" in said["left over"]["text"]
    assert "yours to write" not in said["left over"]["text"]


def test_it_is_said_of_the_function_that_raised(said) -> None:
    text = said["of the one that raised"]["text"]
    assert "It calls roots, which still raises NotImplementedError: write roots first." in text
    assert "yours to write" not in text and "built on" not in text


def test_hints_are_one_more_each_time_and_end_with_the_paragraph(said) -> None:
    one, two, three = (said[f"hint {k}"] for k in (1, 2, 3))
    assert one["text"].startswith("1. ") and "2. " not in one["text"] and "again" in one["text"]
    assert "2. " in two["text"] and "Read again: “Basics”" in two["text"]
    assert two["text"] == three["text"] and 'href="#Basics"' in two["html"]
    assert "There are no hints for roots." in said["no hint"]["printed"]


def test_all_are_in_one_view_with_a_total_and_a_receipt(said) -> None:
    text, html = said["all"]["text"], said["all"]["html"]
    assert text.startswith("2 of 27 points  [#...")
    assert "1 of 10 exercises done, 2 of 27 points. Next: descend." in text
    assert "01_basics: 2 of 27 points (descend 0, " in text and "sha256" in text
    assert html.count("<details") >= 10 and 'role="progressbar"' in html
    assert 'aria-valuenow="2"' in html
