"""What a student writes in words changes no verdict; code does."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from course_lib.notebook.align import restore
from course_lib.notebook.released_notebook import ReleasedNotebook

TINY = Path(__file__).parent.parent / "courses" / "tiny"
RELEASED = json.loads((TINY / "release" / "01_basics" / "basics.ipynb").read_text())
CODE = {"cell_type": "code", "metadata": {}, "source": "x = 1", "outputs": []}
TEXT = {"cell_type": "markdown", "metadata": {}, "source": "A thought."}


def hashed(*added: tuple[int, dict[str, Any]]) -> str:
    """The content hash of the released notebook with cells inserted, the last place first."""
    nb = copy.deepcopy(RELEASED)
    for place, cell in sorted(added, key=lambda pair: -pair[0]):
        nb["cells"].insert(place, cell)
    released = ReleasedNotebook.load(TINY, "01_basics")
    return restore(json.dumps(nb).encode(), released, "ada").content_hash


@pytest.mark.parametrize("place", [0, 3, len(RELEASED["cells"])])
def test_text_that_is_added_changes_nothing_also_in_front_of_code(place: int):
    assert hashed((5, CODE), (place, TEXT)) == hashed((5, CODE))


def test_code_that_is_added_does():
    assert hashed((5, CODE)) != hashed()
    assert hashed((5, CODE)) != hashed((9, CODE))
