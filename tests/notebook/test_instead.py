"""A given cell that was edited and stops is run as released, with what was added to it."""

from __future__ import annotations

import pytest

from course_lib.notebook.instead import instead

RELEASED = "import math\nscale = 2"


def after(edited: str, released: str = RELEASED) -> dict[str, object]:
    """What is bound when the edited cell has stopped and what is run instead has run."""
    bound: dict[str, object] = {}
    exec(instead(edited, released), bound)
    return bound


@pytest.mark.parametrize(
    "edited",
    [
        "import no_such_module\nno_such_module.set()\nimport math\nscale = 2",
        "import os\nos.chdir('/no/such/folder')\nimport math\nscale = 2",
        "%load_ext lab_black\nassert False\nimport math\nscale = 2",
        "import math\nscale = (2",  # it does not even parse
        "from __future__ import annotations\n1 / 0\nscale = 2",
    ],
)
def test_what_was_released_is_there(edited: str) -> None:
    assert after(edited)["scale"] == 2
    assert "math" in after(edited)


def test_what_was_added_below_a_line_that_fails_is_there() -> None:
    bound = after("import no_such_module\nimport math\nscale = 2\nfrom functools import partial")
    assert "partial" in bound


def test_a_value_that_was_changed_stays_changed() -> None:
    assert after("1 / 0\nimport math\nscale = 3")["scale"] == 3


def test_a_guarded_function_is_whole() -> None:
    bound = after('1 / 0\ndef f():\n    """A\n    text."""\n    return 3')
    assert eval("f()", bound) == 3
