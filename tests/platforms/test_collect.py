"""`course collect`: what each platform gives becomes everybody's hand-in, and nobody is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib.errors import CourseError
from course_lib.platforms.archive import opened
from course_lib.platforms.collected import read_collected
from course_lib.platforms.formats import read_format
from tests.platforms import downloads
from tests.platforms.conftest import ASSIGNMENT, Collect, handed_in
from tests.platforms.downloads import notebook, pack, unpack

ROSTER = (
    "student,name,email\nada,Ada Lovelace,a@x.org\nboli,Bo Li,b@x.org\naemu,Änne Müller,c@x.org\n"
)
ALL = {"ada": "ada's", "boli": "bo's", "aemu": "änne's"}
MADE = {
    "moodle": downloads.moodle(),
    "moodle since 4.1": downloads.moodle(since_4_1=True),
    "moodle flat": downloads.moodle(flat=True),
    "canvas": downloads.canvas(),
    "ilias": downloads.ilias(),
    "gradescope": downloads.gradescope(),
    "google": downloads.google(),
    "github": downloads.github(),
    "folder": downloads.plain(),
}


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "roster.csv"
    path.write_text(ROSTER, "utf-8")
    return path


def source_of(kind: str, tmp_path: Path, packed: bool) -> Path:
    if packed:
        return pack(tmp_path / "download.zip", MADE[kind])
    return unpack(tmp_path / "download", MADE[kind])


@pytest.mark.parametrize("packed", [True, False], ids=["zip", "unpacked"])
@pytest.mark.parametrize("kind", MADE)
def test_each_platforms_names_are_recognised(kind: str, packed: bool, tmp_path: Path) -> None:
    with opened(source_of(kind, tmp_path, packed)) as archive:
        assert archive.left_out == []
        platform, sent = read_format(archive)
    assert platform == kind.split()[0]
    assert len({each.sender for each in sent}) == 3


@pytest.mark.parametrize("kind", MADE)
def test_everybody_on_the_roster_gets_their_own_notebook(
    kind: str, tmp_path: Path, course: Path, collect: Collect, roster: Path
) -> None:
    if kind == "github":  # who has no e-mail there, and a user name of their own
        roster.write_text(
            "identifier,github_username,github_id,name\n"
            + "".join(f"{login},{login},1,\n" for login in ALL)
        )
    code, printed = collect(source_of(kind, tmp_path, packed=True), roster=roster)
    assert code == 0, printed
    wrote = ALL | ({"aemu": "bo's"} if kind == "gradescope" else {})  # they handed in together
    found = handed_in(course)
    assert {who: files["energy.ipynb"] for who, files in found.items()} == {
        who: notebook(text) for who, text in wrote.items()
    }
    assert all(set(files) <= {"energy.ipynb", "timestamp.txt"} for files in found.values())


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("moodle", ["Ada Lovelace", "Bo Li", "Änne Müller"]),
        ("canvas", ["libo", "lovelaceada", "mülleränne"]),
        ("ilias", ["ada", "aemu", "boli"]),
        ("gradescope", ["ada", "aemu", "boli"]),
        ("github", ["ada", "aemu", "boli"]),
        ("folder", ["Li, Bo", "lovelace_ada", "müller_änne"]),
    ],
)
def test_without_a_roster_people_are_called_as_the_platform_does(
    kind: str, names: list[str], tmp_path: Path, course: Path, collect: Collect
) -> None:
    assert collect(source_of(kind, tmp_path, packed=True))[0] == 0
    assert sorted(handed_in(course)) == names


def test_a_dry_run_shows_the_same_and_writes_nothing(
    tmp_path: Path, course: Path, collect: Collect
) -> None:
    before = sorted(course.rglob("*"))
    code, printed = collect(source_of("moodle", tmp_path, packed=True), dry_run=True)
    assert code == 0
    assert "Ada Lovelace_101_assignsubmission_file" in printed and "3 would be written" in printed
    assert sorted(course.rglob("*")) == before


def test_a_stranger_is_named_and_not_written_and_so_is_who_is_missing(
    tmp_path: Path, course: Path, collect: Collect, roster: Path
) -> None:
    roster.write_text(ROSTER.replace("Bo Li", "Bo Lee") + "zoe,Zoe Young,z@x.org\n", "utf-8")
    code, printed = collect(source_of("moodle", tmp_path, packed=True), roster=roster)
    assert code == 1
    assert "not on the roster" in printed and "1 belong to nobody" in printed
    assert "zoe (Zoe Young)" in printed
    assert sorted(handed_in(course)) == ["ada", "aemu"]


def test_two_people_of_one_name_are_told_apart_by_their_numbers(
    tmp_path: Path, course: Path, collect: Collect
) -> None:
    files = {
        "Ann Lee_7_assignsubmission_file_/energy.ipynb": notebook("one"),
        "Ann Lee_8_assignsubmission_file_/energy.ipynb": notebook("two"),
    }
    assert collect(pack(tmp_path / "d.zip", files))[0] == 0
    assert sorted(handed_in(course)) == ["Ann Lee 7", "Ann Lee 8"]


def test_two_people_of_one_name_on_the_roster_are_left_to_a_person(
    tmp_path: Path, course: Path, collect: Collect, roster: Path
) -> None:
    roster.write_text("student,name\nlee1,Ann Lee\nlee2,Ann Lee\n")
    files = {"Ann Lee_7_assignsubmission_file_/energy.ipynb": notebook("one")}
    code, printed = collect(pack(tmp_path / "d.zip", files), roster=roster)
    assert code == 1 and "2 people on the roster are called so" in printed
    assert handed_in(course) == {}


def test_two_files_that_would_be_one_student_are_both_left(
    tmp_path: Path, course: Path, collect: Collect, roster: Path
) -> None:
    files = {"lovelace_ada.ipynb": notebook("one"), "ada.ipynb": notebook("two")}
    code, printed = collect(pack(tmp_path / "d.zip", files), roster=roster)
    assert code == 1 and "would be ada, as would" in printed
    assert handed_in(course) == {}


WORKSHEET = """\
\ufeffIdentifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed",\
"Last modified (submission)","Last modified (grade)","Feedback comments"
"Participant 101","Ada Lovelace",ada@example.org,Submitted,,3.00,Yes,"{ada}",-,
"Participant 102","Bo Li",bo@example.org,Submitted,,3.00,Yes,-,-,
"""


def test_moodles_worksheet_tells_who_and_when(
    tmp_path: Path, course: Path, collect: Collect
) -> None:
    sheet = tmp_path / "worksheet.csv"
    sheet.write_text(WORKSHEET.format(ada="Wednesday, 10 June 2026, 2:14 PM"), "utf-8")
    files = {  # under hidden names, as Moodle gives them for blind marking
        "Participant_101_assignsubmission_file_/energy.ipynb": notebook("ada's"),
        "Participant_102_assignsubmission_file_/energy.ipynb": notebook("bo's"),
    }
    download = pack(tmp_path / "d.zip", files)
    assert collect(download, roster=sheet, timezone="Europe/Berlin")[0] == 0
    found = handed_in(course)
    assert sorted(found) == ["ada@example.org", "bo@example.org"]
    assert found["ada@example.org"]["timestamp.txt"] == b"2026-06-10 12:14:00 UTC\n"
    assert "timestamp.txt" not in found["bo@example.org"]


@pytest.mark.parametrize(("later", "kept"), [("3:00 PM", "second"), ("1:00 PM", "first")])
def test_a_newer_hand_in_takes_the_place_of_an_older_one_and_never_the_other_way(
    later: str, kept: str, tmp_path: Path, course: Path, collect: Collect
) -> None:
    sheet = tmp_path / "worksheet.csv"
    for text, time in {"first": "2:14 PM", "second": later}.items():
        sheet.write_text(WORKSHEET.format(ada=f"Wednesday, 10 June 2026, {time}"), "utf-8")
        files = {"Ada Lovelace_101_assignsubmission_file_/energy.ipynb": notebook(text)}
        download = pack(tmp_path / "d.zip", files)
        assert collect(download, roster=sheet, timezone="UTC")[0] == 0
    assert handed_in(course)["ada@example.org"]["energy.ipynb"] == notebook(kept)


def test_of_two_files_on_canvas_the_one_with_the_larger_number_is_newer(
    tmp_path: Path, course: Path, collect: Collect
) -> None:
    for number in (9001, 9107, 9050):
        files = {f"lovelaceada_101_{number}_energy.ipynb": notebook(str(number))}
        assert collect(pack(tmp_path / "d.zip", files))[0] == 0
    assert handed_in(course)["lovelaceada"]["energy.ipynb"] == notebook("9107")


def test_where_nothing_tells_which_is_newer_a_person_says(
    tmp_path: Path, course: Path, collect: Collect
) -> None:
    for text in ("one", "two"):
        download = pack(tmp_path / "d.zip", {"ada.ipynb": notebook(text)})
        code, printed = collect(download)
    assert code == 1 and "--replace ada" in printed
    assert handed_in(course)["ada"]["energy.ipynb"] == notebook("one")
    assert collect(download, replace=("ada",))[0] == 0
    assert handed_in(course)["ada"]["energy.ipynb"] == notebook("two")
    assert "1 were there already" in collect(download)[1]


def test_a_module_and_a_second_notebook_come_along_and_other_files_do_not(
    tmp_path: Path, course: Path, collect: Collect
) -> None:
    folder = "Ada Lovelace_101_assignsubmission_file_"
    files = {
        f"{folder}/energy.ipynb": notebook("right"),
        f"{folder}/energy (1).ipynb": notebook("other"),
        f"{folder}/helper.py": b"x = 1",
        f"{folder}/notes.pdf": b"%PDF",
        f"{folder}/deep/energy.ipynb": notebook("deep"),
    }
    code, printed = collect(pack(tmp_path / "d.zip", files))
    assert code == 0 and "notes.pdf" in printed
    (mine,) = handed_in(course).values()
    assert sorted(mine) == ["energy (1).ipynb", "energy.ipynb", "helper.py"]
    assert mine["energy.ipynb"] == notebook("right")


def test_what_was_collected_from_where_is_remembered(
    tmp_path: Path, course: Path, collect: Collect
) -> None:
    collect(source_of("canvas", tmp_path, packed=True))
    known = read_collected(course, ASSIGNMENT)
    assert known["libo"].path == "libo_LATE_102_9002_energy-1.ipynb"
    assert known["libo"].keys == (("canvas", "102"),)


def test_a_folder_without_notebooks_and_a_file_that_is_no_zip_are_refused(
    tmp_path: Path, collect: Collect
) -> None:
    with pytest.raises(CourseError, match="no notebook in empty"):
        collect(unpack(tmp_path / "empty", {"a.txt": b""}))
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(CourseError, match="not a zip that can be read"):
        collect(tmp_path / "x.zip")
    with pytest.raises(CourseError, match="there is no"):
        collect(tmp_path / "gone.zip")


def test_a_module_that_changed_alone_is_another_hand_in(
    tmp_path: Path, course: Path, collect: Collect
) -> None:
    for text in (b"x = 1", b"x = 2"):
        files = {"ada/energy.ipynb": notebook("ada's"), "ada/helper.py": text}
        code, printed = collect(pack(tmp_path / "d.zip", files))
    assert code == 1 and "--replace ada" in printed


def test_a_time_that_is_told_later_is_added(tmp_path: Path, course: Path, collect: Collect) -> None:
    sheet = tmp_path / "worksheet.csv"
    sheet.write_text(WORKSHEET.format(ada="Wednesday, 10 June 2026, 2:14 PM"), "utf-8")
    files = {"Ada Lovelace_101_assignsubmission_file_/energy.ipynb": notebook("ada's")}
    download = pack(tmp_path / "d.zip", files)
    collect(download, roster=sheet)
    assert "timestamp.txt" not in handed_in(course)["ada@example.org"]
    collect(download, roster=sheet, timezone="UTC")
    assert "timestamp.txt" in handed_in(course)["ada@example.org"]
    assert "1 were there already" in collect(download, roster=sheet, timezone="UTC")[1]


def test_a_hand_in_that_is_an_archive_is_named_and_is_left_to_a_person(
    tmp_path: Path, course: Path, collect: Collect
) -> None:
    files = {
        "Ada Lovelace_101_assignsubmission_file_/mine.zip": b"PK",
        "Bo Li_102_assignsubmission_file_/energy.ipynb": notebook("bo's"),
    }
    code, printed = collect(pack(tmp_path / "d.zip", files))
    assert code == 1 and "Ada Lovelace_101_assignsubmission_file_/mine.zip" in printed
    assert list(handed_in(course)) == ["Bo Li"]
