"""Which files beside a notebook its cells can import."""

from __future__ import annotations

import os
from pathlib import Path

from course_lib.limits import SOURCE_LIMIT
from course_lib.notebook.beside import MODULES, modules_beside


def test_python_files_that_can_be_imported_are_read(tmp_path: Path) -> None:
    (tmp_path / "helper.py").write_text("half = 0.5  # ½\n", "utf-8")
    (tmp_path / "not-a-name.py").touch()
    (tmp_path / "data.csv").touch()
    (tmp_path / "folder.py").mkdir()
    assert modules_beside(tmp_path) == {"helper.py": "half = 0.5  # ½\n"}
    assert modules_beside(tmp_path / "nowhere") == {}


def test_what_is_no_ordinary_file_of_text_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x = 1")
    (tmp_path / "link.py").symlink_to(tmp_path / "secret")
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "long.py").write_text("#" * (SOURCE_LIMIT + 1))
    (tmp_path / "bytes.py").write_bytes(b"\xff\xfe")
    assert modules_beside(tmp_path) == {}


def test_there_is_an_end_to_them(tmp_path: Path) -> None:
    for number in range(MODULES + 5):
        (tmp_path / f"m{number}.py").touch()
    assert len(modules_beside(tmp_path)) == MODULES
