"""What each platform gives on "download all", made as its documentation and source say.

pack(folder / "moodle.zip", moodle({"Ada Lovelace": (101, notebook("ada"))}))
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

Files = dict[str, bytes]

PEOPLE = {  # name: (login, number on the platform, what they wrote)
    "Ada Lovelace": ("ada", 101, "ada's"),
    "Bo Li": ("boli", 102, "bo's"),
    "Änne Müller": ("aemu", 103, "änne's"),
}


def notebook(text: str) -> bytes:
    """A notebook with one cell."""
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "source": text, "outputs": []}
    return json.dumps(
        {"cells": [cell | {"execution_count": None}], "metadata": {}, "nbformat": 4}
        | {"nbformat_minor": 5}
    ).encode()


def moodle(flat: bool = False, since_4_1: bool = False) -> Files:
    """Moodle: a folder for each, or (a setting of the teacher's) the same before each file."""
    files = {}
    for name, (_, number, text) in PEOPLE.items():
        folder = f"{name}_{number}_assignsubmission_file"
        after = "_" if flat else "/" if since_4_1 else "_/"
        files[f"{folder}{after}energy.ipynb"] = notebook(text)
    return files


def canvas() -> Files:
    """Canvas: one folder, sortable name in small letters, LATE, user, attachment, file."""
    return {
        "lovelaceada_101_9001_energy.ipynb": notebook("ada's"),
        "libo_LATE_102_9002_energy-1.ipynb": notebook("bo's"),
        "mülleränne_103_9003_my work_2.ipynb": notebook("änne's"),
    }


def ilias() -> Files:
    """ILIAS: names in ASCII, a team's folder around some, late files say so in their name."""
    top = "0042_Energy/Submissions"
    return {
        f"{top}/Lovelace_Ada_ada_101/energy.ipynb": notebook("ada's"),
        f"{top}/Li_Bo_boli_102/Late Submission - energy.ipynb": notebook("bo's"),
        f"{top}/Team 5/Mueller_Aenne_aemu_103/energy.ipynb": notebook("änne's"),
        "0042_Energy/submission_list.xlsx": b"a table",
    }


METADATA = """\
submission_301:
  :submitters:
  - :name: Ada Lovelace
    :sid: ada
    :email: ada@example.org
  :created_at: 2026-02-03 04:05:06.000000000 Z
  :score: 3.0
  :results: !ruby/hash:ActiveSupport::HashWithIndifferentAccess
    tests: []
submission_302:
  :submitters:
  - :name: Bo Li
    :sid: boli
    :email: bo@example.org
  - :name: Änne Müller
    :sid: aemu
    :email: aenne@example.org
  :created_at: 2026-02-03 05:05:06.000000000 +01:00
"""


def gradescope() -> Files:
    """Gradescope: a folder for each submission, and who that is; a group's is one submission."""
    top = "assignment_77_export"
    return {
        f"{top}/submission_metadata.yml": METADATA.encode(),
        f"{top}/submission_301/energy.ipynb": notebook("ada's"),
        f"{top}/submission_302/energy.ipynb": notebook("bo's"),
    }


def google() -> Files:
    """Google Classroom: the copies in the assignment's folder of Drive."""
    return {
        f"Energy/{name} - energy.ipynb": notebook(text) for name, (_, _, text) in PEOPLE.items()
    }


def github() -> Files:
    """GitHub Classroom: a clone for each."""
    top = "energy-lab-submissions/energy-lab"
    return {
        f"{top}-{login}/{file}": data
        for login, _, text in PEOPLE.values()
        for file, data in {
            "energy.ipynb": notebook(text),
            "README.md": b"read me",
            ".git/config": b"[core]",
            ".github/classroom/x.ipynb": b"not theirs",
        }.items()
    }


def plain() -> Files:
    """A folder that somebody made by hand."""
    return {
        "lovelace_ada.ipynb": notebook("ada's"),
        "Li, Bo.ipynb": notebook("bo's"),
        "müller_änne (1).ipynb": notebook("änne's"),
        "names.txt": b"a list",
    }


def pack(path: Path, files: Files) -> Path:
    """A zip of these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def unpack(folder: Path, files: Files) -> Path:
    """A folder of these files."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder
