"""Formgrader in a real browser: its button grades as we do, and what is graded by hand stays."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from playwright.sync_api import Page, sync_playwright

from tests.gradebook.conftest import PROJECT, WORKSHEET, CourseFolder
from tests.gradebook.test_nbgrader import SOLUTION

CHROMIUM = shutil.which("chromium")
BIN = Path(sys.executable).parent
PATH = f"{BIN}:/usr/bin:/bin"
TOKEN = "only-for-this-test"
PATIENCE = 180_000  # milliseconds: TensorFlow is imported in there, perhaps beside other tests

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs a browser: `make browser`"),
]


@contextlib.contextmanager
def jupyter(root: Path, home: Path) -> Iterator[str]:
    """A Jupyter server on the course, as an instructor starts it; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home.mkdir()
    log = home / "log"
    options = ("--ip=127.0.0.1", f"--port={port}", f"--IdentityProvider.token={TOKEN}")
    with log.open("w") as said:
        server = subprocess.Popen(
            [BIN / "jupyter", "lab", "--no-browser", "--allow-root", *options],
            cwd=root,
            env=os.environ | {"PATH": PATH, "HOME": str(home)},
            stdout=said,
            stderr=said,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                urllib.request.urlopen(f"{address}/api?token={TOKEN}")
                break
            assert server.poll() is None, log.read_text()
            time.sleep(0.5)
        yield address
    finally:
        server.terminate()
        server.wait(60)


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


def points(course: CourseFolder) -> dict[str, tuple[float | None, float | None]]:
    """By cell: points by the checks, points by hand."""
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", "inference") as gradebook:
        found = gradebook.find_submission_notebook("worksheet", WORKSHEET, "ada")
        return {grade.name: (grade.auto_score, grade.manual_score) for grade in found.grades}


def saved(page: Page, box: str, text: str) -> None:
    """Type into one of formgrader's boxes and wait until it says that it has kept it."""
    page.fill(box, text)
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        page.press(box, "Tab")


def test_grading_and_points_by_hand_in_the_browser(
    course: CourseFolder, page: Page, tmp_path: Path
) -> None:
    shutil.rmtree(course.root / "source")
    shutil.copytree(PROJECT / "source" / WORKSHEET, course.root / "source" / WORKSHEET)
    nb = course.notebook()
    course.cell(nb, "log_prior")["source"] = SOLUTION
    course.cell(nb, "meaning_of_log_like")["source"] = "A sum of squares, in other words."
    course.hand_in("ada", nb)

    with jupyter(course.root, tmp_path / "home") as address:
        at = f"{address}/formgrader"
        page.goto(f"{at}/manage_assignments?token={TOKEN}")
        page.wait_for_selector(f"td.name >> text={WORKSHEET}")

        page.goto(f"{at}/manage_submissions/{WORKSHEET}?token={TOKEN}")
        page.click("td.autograde a")
        page.wait_for_selector("text=Success", timeout=PATIENCE)
        assert points(course)["check_log_prior"] == (2.0, None)

        page.goto(f"{at}/gradebook/{WORKSHEET}/worksheet?token={TOKEN}")
        page.click("td a")
        # Both are set when what is known has arrived; what is typed before that is typed over.
        page.wait_for_selector("#check_tf_log_like[placeholder]")
        page.wait_for_selector("#meaning_of_log_like-comment[placeholder]")
        saved(page, "#meaning_of_log_like", "2")
        saved(page, "#check_tf_log_like", "1.5")
        saved(page, "#meaning_of_log_like-comment", "Well said.")
        assert "A sum of squares" in page.content()

    by_hand = points(course)
    assert by_hand["meaning_of_log_like"][1] == 2.0
    assert by_hand["check_tf_log_like"] == (0.0, 1.5)

    course.cell(nb, "log_prior")["source"] = "def log_prior(m, b, log_s):\n    return 0.0\n"
    course.hand_in("ada", nb)
    done = subprocess.run(
        [BIN / "course", "grade", WORKSHEET, "--jobs", "1"],
        cwd=course.root,
        env=os.environ | {"PATH": PATH},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    after = points(course)
    assert after["check_log_prior"][0] == 0.0
    assert after["meaning_of_log_like"][1] == 2.0 and after["check_tf_log_like"][1] == 1.5
    feedback = course.root / "feedback" / "ada" / WORKSHEET / "worksheet.html"
    assert "Well said." in feedback.read_text("utf-8")
