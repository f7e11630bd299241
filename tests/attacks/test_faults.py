"""Killed, full, changed under way: no half verdict, none lost, and the same result on the next try.

A process that is killed is a real one: forked or started here, and ended by SIGKILL, which nothing
can catch.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
import pytest
from attack_bank import solved_notebook
from canaries import ASSIGNMENT
from runs import course_in

from course_lib.grading.course import Course
from course_lib.grading.pool.engine import Graders, Options
from course_lib.grading.submission.collect import collect
from course_lib.grading.time_limits import TimeLimits
from course_lib.grading.verdict import Verdict, read_verdict, verdict_path, write_verdict
from course_lib.notebook.released_notebook import ReleasedNotebook

KILLS_WHILE_WRITING = 60
STUDENTS = ("ada", "emmy", "zoe")


def verdict(text: str, points: float = 1.0) -> Verdict:
    """Any verdict; its size is `text`'s."""
    cells = {
        "a": {
            "status": "ok",
            "outputs": [{"output_type": "stream", "name": "stdout", "text": text}],
        }
    }
    made: dict[str, Any] = {
        "format": 1, "assignment": ASSIGNMENT, "student": "ada", "notebook": "worksheet", "seed": 7,
        "isolation": [], "earned": points, "possible": 3.0, "cpu_seconds": 0.0, "wall_seconds": 0.0,
        "content_hash": "", "checks": [], "cells": cells,
    }  # fmt: skip
    return made  # type: ignore[return-value]  # as a grader makes them


def killed_at(event: int, action: Callable[[], object]) -> int:
    """Run `action` in a fork, killed at its `event`-th call or return; how many there were."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        count = 0

        def tick(_frame: FrameType, _kind: str, _argument: object) -> None:
            nonlocal count
            count += 1
            if count == event:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(tick)
        action()
        sys.setprofile(None)
        os.write(writer, str(count).encode())
        os._exit(0)
    os.close(writer)
    _, status = os.waitpid(child, 0)
    said = os.read(reader, 64)
    os.close(reader)
    assert os.WIFSIGNALED(status) or said
    return int(said or b"0")


def test_a_verdict_is_old_or_new_wherever_its_writer_is_killed(tmp_path: Path) -> None:
    old, new = verdict("old" * 1000), verdict("new" * 100_000, points=2.0)
    write_verdict(tmp_path, old)
    events = killed_at(0, lambda: write_verdict(tmp_path, new))
    write_verdict(tmp_path, old)
    seen = set()
    for event in np.linspace(1, events, KILLS_WHILE_WRITING).astype(int):
        killed_at(int(event), lambda: write_verdict(tmp_path, new))
        stored = read_verdict(tmp_path, ASSIGNMENT, "ada")
        assert stored is not None
        assert json.dumps(stored) in (json.dumps(old), json.dumps(new))
        seen.add(stored["earned"])
        write_verdict(tmp_path, old)
    assert seen == {1.0, 2.0}  # kills before and after the moment at which it changes


def test_a_full_disk_leaves_the_old_verdict(tmp_path: Path) -> None:
    """A real one: in a fork, in namespaces of its own, with a tmpfs of 64 KB over the folder."""
    from course_lib.grading.sandbox import kernel, user

    child = os.fork()
    if child == 0:
        code = 3
        try:
            user.become_nobody() if os.geteuid() == 0 else None
            user.put_on()
            kernel.unshare(kernel.CLONE_NEWNS)
            kernel.mount("tmpfs", "/tmp", "tmpfs", 0, "size=64k")
            root = Path("/tmp/course")
            old = verdict("small")
            write_verdict(root, old)
            try:
                write_verdict(root, verdict("x" * 200_000, points=2.0))
                code = 4
            except OSError:
                kept = read_verdict(root, ASSIGNMENT, "ada")
                left = [
                    path.name for path in verdict_path(root, ASSIGNMENT, "ada").parent.iterdir()
                ]
                code = 0 if kept == old and left == ["ada.json"] else 5
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code == 3:
        pytest.skip("no user namespaces here: `course doctor`")
    assert code == 0, {4: "it was said to be written", 5: "the old one is gone, or a part is left"}[
        code
    ]


def test_a_file_that_may_not_grow_leaves_the_old_verdict(tmp_path: Path) -> None:
    old = verdict("small")
    write_verdict(tmp_path, old)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        with pytest.raises(OSError, match="large"):
            write_verdict(tmp_path, verdict("x" * 200_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert read_verdict(tmp_path, ASSIGNMENT, "ada") == old
    assert [path.name for path in (tmp_path / "verdicts" / ASSIGNMENT).iterdir()] == ["ada.json"]


def test_what_changes_while_it_is_read_is_one_or_the_other_or_unreadable(tmp_path: Path) -> None:
    course_in(tmp_path, ("ada",))
    released = ReleasedNotebook.load(tmp_path, ASSIGNMENT)
    path = tmp_path / "submitted" / "ada" / ASSIGNMENT / "worksheet.ipynb"
    first = json.dumps(solved_notebook())
    second = first.replace("tf.reduce_sum", "tf.reduce_mean")
    hashes = set()
    for text in (first, second):
        path.write_text(text)
        hashes.add(collect(tmp_path, released, "ada").content_hash)
    assert len(hashes) == 2
    done = threading.Event()

    def change() -> None:
        while not done.is_set():
            for text in (first, second):
                path.write_text(text)

    writer = threading.Thread(target=change)
    writer.start()
    try:
        read = [collect(tmp_path, released, "ada") for _ in range(300)]
        while not any(each.readable for each in read) and len(read) < 30_000:  # it is chance
            read.append(collect(tmp_path, released, "ada"))
    finally:
        done.set()
        writer.join()
    assert {submission.content_hash for submission in read if submission.readable} <= hashes
    assert any(submission.readable for submission in read)


@pytest.mark.slow
def test_a_killed_worker_costs_nobody_a_verdict(tmp_path: Path) -> None:
    course = Course(course_in(tmp_path, STUDENTS), ASSIGNMENT)
    submissions = [course.submission(student) for student in STUDENTS]
    plan = course.plan(7)
    budget = TimeLimits(cell=60.0, first_call=60.0, call=60.0, notebook=300.0)
    killed: list[int] = []
    with Graders(plan, 1, Options(budget=budget)) as graders:

        def kill_one() -> None:
            while not (pids := [grader.pid for grader in graders._all]):
                time.sleep(0.05)
            while not _fork_servers(pids[0]):  # it is at work once its fork server is there
                time.sleep(0.05)
            killed.append(pids[0])
            os.kill(pids[0], signal.SIGKILL)

        killer = threading.Thread(target=kill_one, daemon=True)
        killer.start()
        made = {submission.student: made for submission, made in graders.map(submissions)}
        killer.join(1.0)
    assert killed
    assert {student: one["earned"] for student, one in made.items()} == {
        "ada": 18.0, "emmy": 0.0, "zoe": 18.0,
    }  # fmt: skip
    assert all(one["status"] == "graded" for one in made.values())


def _fork_servers(pid: int) -> list[int]:
    """The children of `pid` that have children: a fork server stands by for its sandbox base."""

    def children(of: int) -> list[int]:
        try:
            return [int(c) for c in Path(f"/proc/{of}/task/{of}/children").read_text().split()]
        except OSError:
            return []

    return [child for child in children(pid) if children(child)]
