"""Every `>>>` example in a docstring of the worksheet's modules runs and shows what it says."""

from __future__ import annotations

import doctest
import re

import pytest
from worksheet import ASSIGNMENT, module


def examples() -> dict[str, int]:
    """How many examples stand in each module's file, by the module's name."""
    return {
        path.relative_to(ASSIGNMENT.folder).with_suffix("").as_posix().replace("/", "."): count
        for folder in (ASSIGNMENT.folder, ASSIGNMENT.folder / "reference")
        for path in sorted(folder.glob("*.py"))
        if (count := len(re.findall(r"(?m)^\s*(?:r?\"\"\")?>>> ", path.read_text("utf-8"))))
    }


@pytest.mark.parametrize("name", examples())
def test_every_example_of_a_module_shows_what_it_says(name: str) -> None:
    failed, tried = doctest.testmod(
        module(name.removesuffix(".__init__")), optionflags=doctest.ELLIPSIS
    )
    assert (failed, tried) == (0, examples()[name])
