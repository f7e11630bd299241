"""A demonstration is left alone only if nothing graded can tell whether it has run."""

from __future__ import annotations

import pytest

from course_lib.notebook.cell import DEMONSTRATION, Cell
from course_lib.notebook.dependencies import Names, choose


def runs(shown: str, graded: str, given: str = "") -> bool:
    """Whether the demonstration `shown` runs before the solution `graded` of exercise f."""
    cells = [
        Cell("given", given),
        Cell("shown", shown, tags=(DEMONSTRATION,)),
        Cell("f", graded, role="solution"),
    ]
    return "shown" in [cell.id for cell in choose(cells, {"f"}).run]


def test_what_nobody_needs_is_left_alone() -> None:
    assert not runs("chain = sample(f)", "def f(): return 1")


def test_a_call_in_a_module_changes_nothing_that_is_graded() -> None:
    given = "import matplotlib.pyplot as plt"
    assert not runs("plt.plot(f())\nprint(1)", "def f(): print(plt.rcParams)", given=given)


@pytest.mark.parametrize(
    ("shown", "graded"),
    [
        ("helper = 2", "def f(): return helper"),
        ("def f(): return 2", "g = 1"),
        ("scale['x'] = 2", "def f(): return scale['x']"),
        ("scale['x'][0] += 2", "def f(): return scale['x']"),
        ("settings.deep.scale = 2", "def f(): return settings"),
        ("del scale['x']", "def f(): return len(scale)"),
        ("def change():\n    scale['x'] = 2\nchange()", "def f(): return scale['x']"),
        ("f.scale = 2", "def f(): return f.scale"),
        ("scale.update(x=2)", "def f(): return scale['x']"),
        ("scale['x'].append(2)", "def f(): return scale['x']"),
        ("%time helper = 2", "def f(): return helper"),
        ("helper = 2", "%time value = helper\ndef f(): return value"),
        ("helper = 2", "def f(): return eval('hel' + 'per')"),
    ],
)
def test_what_something_graded_may_read_runs(shown: str, graded: str) -> None:
    assert runs(shown, graded, given="scale = {'x': [1]}\nsettings = object()")


def test_a_cell_that_would_only_fail_without_it_is_left_alone_too() -> None:
    cells = [
        Cell("shown", "chain = sample(f)", tags=(DEMONSTRATION,)),
        Cell("plot", "plot(chain)"),
        Cell("f", "def f(): return 1", role="solution"),
    ]
    assert [cell.id for cell in choose(cells, {"f"}).skipped] == ["shown", "plot"]


def test_a_cell_that_does_not_parse_makes_what_it_is_seen_to_define() -> None:
    names = Names.of(
        "x, y = 1, 2\nfrom a import b as c\nfor i in f(z)\n    total += g(i\n# eval(w)"
    )
    assert names.binds == {"x", "y", "b", "c", "i", "total"}
    assert {"f", "g", "z"} <= names.reads and "w" not in names.reads and names.readable


@pytest.mark.parametrize(
    "broken",
    ["print(helper, f", "def g(f):\n    return helper +", "g = helper(f))", "for helper2 in f\n 1"],
)
def test_a_cell_that_does_not_parse_makes_nothing_else_run(broken: str) -> None:
    cells = [
        Cell("broken", broken),
        Cell("shown", "helper = 2", tags=(DEMONSTRATION,)),
        Cell("f", "def f(): return 1", role="solution"),
    ]
    assert "shown" not in [cell.id for cell in choose(cells, {"f"}).run]
