"""An older Landlock still keeps writing to one folder; what it lacks is not asked of it."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from course_lib.grading.sandbox import landlock
from course_lib.grading.sandbox.probing import trial

NET_SINCE = 4

if not landlock.available().on:
    pytest.skip("this kernel has no Landlock", allow_module_level=True)


@pytest.mark.parametrize("version", range(1, 7))
def test_each_version_restricts_what_it_knows(version: int, tmp_path: Path) -> None:
    if version > landlock.abi():
        pytest.skip(f"this kernel speaks version {landlock.abi()}")
    mine, outside = tmp_path / "mine", tmp_path / "outside"
    mine.mkdir()
    outside.write_text("untouched")

    def inside() -> None:
        landlock.put_on(str(mine), newest=version)
        (mine / "made").write_text("allowed")
        (mine / "made").rename(mine / "renamed")
        Path(os.devnull).write_text("allowed")
        assert outside.read_text() == "untouched"
        for attempt in (lambda: outside.write_text("x"), lambda: os.execv("/bin/true", ["true"])):
            with pytest.raises(PermissionError):
                attempt()
        with socket.socket() as end:  # nobody listens at port 1
            refusal = PermissionError if version >= NET_SINCE else ConnectionRefusedError
            with pytest.raises(refusal):
                end.connect(("127.0.0.1", 1))

    assert trial(inside) == ""
