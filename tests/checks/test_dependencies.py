"""A demonstration is left alone only if nothing graded can tell whether it has run."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from course_lib.checks.dependencies import choose


@dataclass(frozen=True)
class Cell:
    id: str
    source: str
    role: str = "given"
    demonstration: bool = False
    may_run: bool = True


def runs(shown: str, graded: str, given: str = "") -> bool:
    """Whether the demonstration `shown` runs before the solution `graded` of exercise f."""
    cells = [
        Cell("given", given),
        Cell("shown", shown, demonstration=True),
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
        Cell("shown", "chain = sample(f)", demonstration=True),
        Cell("plot", "plot(chain)"),
        Cell("f", "def f(): return 1", role="solution"),
    ]
    assert [cell.id for cell in choose(cells, {"f"}).skipped] == ["shown", "plot"]
