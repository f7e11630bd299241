"""A hostile archive gets nowhere: it is bounded and named, and nothing is written outside."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from course_lib.errors import CourseError
from course_lib.platforms import archive as archives
from course_lib.platforms.archive import Refused, opened
from tests.platforms.conftest import Collect, handed_in
from tests.platforms.downloads import notebook, pack

GOOD = "Bo Li_102_assignsubmission_file_/energy.ipynb"


def special(kind: int, name: str) -> zipfile.ZipInfo:
    """An entry that is a link, a device or a pipe."""
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (kind | 0o777) << 16
    return info


def packed(path: Path, *entries: tuple[zipfile.ZipInfo | str, bytes]) -> Path:
    """A zip with one good hand-in and these entries."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(GOOD, notebook("bo's"))
        for name, data in entries:
            made.writestr(name, data)
    return path


def everything_below(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if "submitted" not in path.parts}


HOSTILE = {
    "../../../escaped.ipynb": "leads out of the archive",
    "Eve_1_assignsubmission_file_/../../escaped.ipynb": "leads out of the archive",
    "/tmp/escaped.ipynb": "leads out of the archive",
    "C:\\escaped.ipynb": "leads out of the archive",
    "Eve_1_assignsubmission_file_\\..\\escaped.ipynb": "leads out of the archive",
    "/".join("d" * 30) + "/energy.ipynb": "its name cannot be used",
    "Eve_1_assignsubmission_file_/\x1b[31mred.ipynb": "its name cannot be used",
    "Eve_1_assignsubmission_file_/all.zip": "an archive in the archive is not opened",
    "Eve_1_assignsubmission_file_/all.tar.gz": "an archive in the archive is not opened",
}


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_a_name_that_leads_elsewhere_is_named_and_the_others_are_collected(
    name: str, tmp_path: Path, course: Path, collect: Collect
) -> None:
    download = packed(tmp_path / "d.zip", (name, notebook("eve")))
    before = everything_below(tmp_path)
    code, printed = collect(download)
    assert code == 1 and HOSTILE[name] in printed, printed
    assert list(handed_in(course)) == ["Bo Li"]
    new = everything_below(tmp_path) - before
    assert {path.relative_to(course).parts[0] for path in new} == {"collected"}
    assert "\x1b" not in printed


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        (stat.S_IFLNK, "a link is not followed"),
        (stat.S_IFCHR, "not an ordinary file"),
        (stat.S_IFBLK, "not an ordinary file"),
        (stat.S_IFIFO, "not an ordinary file"),
        (stat.S_IFSOCK, "not an ordinary file"),
    ],
)
def test_links_devices_and_pipes_are_named(
    kind: int, why: str, tmp_path: Path, course: Path, collect: Collect
) -> None:
    name = "Eve_1_assignsubmission_file_/energy.ipynb"
    code, printed = collect(packed(tmp_path / "d.zip", (special(kind, name), b"/etc/passwd")))
    assert code == 1 and why in printed
    assert list(handed_in(course)) == ["Bo Li"]


def test_a_file_that_grows_too_much_is_refused_and_costs_its_sender_alone(
    tmp_path: Path, course: Path, collect: Collect
) -> None:
    bomb = ("Eve_1_assignsubmission_file_/energy.ipynb", bytes(archives.FREE * 2))
    code, printed = collect(packed(tmp_path / "d.zip", bomb))
    assert code == 1 and "grows more than 200 times" in printed
    assert list(handed_in(course)) == ["Bo Li"]


def test_a_module_that_grows_costs_its_sender_alone(
    tmp_path: Path, course: Path, collect: Collect
) -> None:
    folder = "Eve_1_assignsubmission_file_"
    bomb = (f"{folder}/helper.py", bytes(archives.FREE * 2))
    download = packed(tmp_path / "d.zip", (f"{folder}/energy.ipynb", notebook("eve")), bomb)
    (course / "submitted" / "Eve" / "02_energy").mkdir(parents=True)
    code, printed = collect(download)
    assert code == 1 and "helper.py: grows more than" in printed
    assert list(handed_in(course)) == ["Bo Li"]


def test_a_file_that_lies_about_its_size_is_cut_at_the_limit(tmp_path: Path) -> None:
    """The size in a zip is whatever was written there: reading counts for itself."""
    bomb = ("Eve_1_assignsubmission_file_/energy.ipynb", bytes(archives.FREE * 3))
    path = packed(tmp_path / "d.zip", bomb)
    true, told = (struct.pack("<L", size) for size in (archives.FREE * 3, 1000))
    path.write_bytes(path.read_bytes().replace(true, told))
    with opened(path) as archive:
        (file,) = (f for f in archive.files if "Eve" in str(f.path))
        with pytest.raises(Refused):
            archive.read(file)


def test_too_many_files_are_refused_before_any_is_read(
    tmp_path: Path, collect: Collect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST_FILES", 50)
    names = {f"Eve_{n}_assignsubmission_file_/energy.ipynb": b"" for n in range(60)}
    with pytest.raises(CourseError, match="lists 60 files, more than 50"):
        collect(pack(tmp_path / "d.zip", names))


def test_a_list_of_contents_without_an_end_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """A million names take no memory: the end of the zip says how long the list is."""
    path = pack(tmp_path / "d.zip", {f"{n:0900}": b"" for n in range(9000)})
    with pytest.raises(CourseError, match="lists more files than any class"), opened(path):
        pass


def test_all_that_is_read_has_a_limit_together(
    tmp_path: Path, collect: Collect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "TOTAL_LIMIT", 1000)
    files = {f"Eve_{n}_assignsubmission_file_/energy.ipynb": notebook("x" * 300) for n in range(9)}
    with pytest.raises(CourseError, match="Next: collect it in parts"):
        collect(pack(tmp_path / "d.zip", files))


def test_an_encrypted_file_is_named(tmp_path: Path, course: Path, collect: Collect) -> None:
    name = "Eve_1_assignsubmission_file_/energy.ipynb"
    path = packed(tmp_path / "d.zip", (name, notebook("eve")))
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark, data.find(mark) + 1)
        data[start + place] |= 1  # the bit that says so
    path.write_bytes(data)
    code, printed = collect(path)
    assert code == 1 and "encrypted" in printed
    assert list(handed_in(course)) == ["Bo Li"]


def test_a_name_that_is_there_twice_is_taken_neither_time(
    tmp_path: Path, course: Path, collect: Collect
) -> None:
    name = "Eve_1_assignsubmission_file_/energy.ipynb"
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = packed(tmp_path / "d.zip", (name, notebook("one")), (name, notebook("two")))
    _, printed = collect(path)
    assert "its name is there 2 times" in printed
    assert list(handed_in(course)) == ["Bo Li"]


def test_a_damaged_file_costs_its_sender_alone(
    tmp_path: Path, course: Path, collect: Collect
) -> None:
    text = notebook("".join(map(chr, range(33, 127))) * 9)
    path = packed(tmp_path / "d.zip", ("Eve_1_assignsubmission_file_/energy.ipynb", text))
    data = path.read_bytes()
    at = data.find(b"energy.ipynb", data.find(b"Eve_1")) + 40
    path.write_bytes(data[:at] + bytes(20) + data[at + 20 :])
    code, printed = collect(path)
    assert code == 1 and "damaged" in printed
    assert list(handed_in(course)) == ["Bo Li"]


def test_a_folders_links_and_pipes_are_not_opened(
    tmp_path: Path, course: Path, collect: Collect
) -> None:
    folder = tmp_path / "download"
    folder.mkdir()
    (folder / "bo.ipynb").write_bytes(notebook("bo's"))
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(notebook("secret"))
    (folder / "eve.ipynb").symlink_to(secret)
    (folder / "whole").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.ipynb")
    code, printed = collect(folder)
    assert code == 1
    assert printed.count("a link is not followed") == 2 and "not an ordinary file" in printed
    assert list(handed_in(course)) == ["bo"]


def test_a_hand_in_that_is_a_link_on_this_disk_is_not_written_through(
    tmp_path: Path, course: Path, collect: Collect
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (course / "submitted").mkdir()
    (course / "submitted" / "bo").symlink_to(elsewhere)
    code, printed = collect(pack(tmp_path / "d.zip", {"bo.ipynb": notebook("x")}))
    assert code == 1 and "is a link" in printed
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("name", ["..", ".", "a/b", "=1+1", "x\ny", "-rf", "~root", "nul\0"])
def test_a_students_name_on_a_roster_is_no_path(
    name: str, tmp_path: Path, course: Path, collect: Collect
) -> None:
    roster = tmp_path / "roster.csv"
    quoted = io.StringIO()
    quoted.write(f'student,name\n"{name}",Bo Li\n')
    roster.write_text(quoted.getvalue(), "utf-8")
    collect(pack(tmp_path / "d.zip", {GOOD: notebook("bo's")}), roster=roster)
    (student,) = (course / "submitted").iterdir()
    assert student.is_dir() and (student / "02_energy" / "energy.ipynb").is_file()
    assert student.name[0].isalnum() or student.name[0] in "_'’‘("


def test_a_metadata_file_that_grows_or_builds_objects_is_refused(
    tmp_path: Path, course: Path, collect: Collect
) -> None:
    ladder = "a0: &a0 [x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
    )
    ran = tmp_path / "ran"
    evil = ladder + (
        "submission_1:\n  :submitters:\n  - :name: Eve\n"
        f"    :sid: !!python/object/apply:os.mkdir ['{ran}']\n"
        "submission_2:\n  :submitters:\n  - :name: Bo\n    :sid: bo\n"
    )
    files = {
        "submission_metadata.yml": evil.encode(),
        "submission_1/energy.ipynb": notebook("eve"),
        "submission_2/energy.ipynb": notebook("bo's"),
    }
    collect(pack(tmp_path / "d.zip", files))
    assert not ran.exists()
    assert sorted(handed_in(course)) == ["Eve", "bo"]
