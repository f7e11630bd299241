"""Whatever was handed in: a page that shows it asks nobody for anything, and takes seconds."""

from __future__ import annotations

import shutil
import socketserver
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from nbconvert.exporters import HTMLExporter
from nbgrader.server_extensions.formgrader import handlers
from playwright.sync_api import Browser, Request, sync_playwright
from traitlets.config import Config

from course_lib.authoring.release import settings
from course_lib.grading.nbgrader.writer import Writer
from course_lib.grading.submission.allowance import OutputAllowance
from course_lib.grading.submission.outputs import clean_outputs
from tests.gradebook import hostile
from tests.gradebook.conftest import WORKSHEET, CourseFolder

CHROMIUM = shutil.which("chromium")
SECONDS = 12.0  # of processor time; the slowest takes 2 here
needs_a_browser = pytest.mark.skipif(CHROMIUM is None, reason="needs a browser: `make browser`")


@dataclass
class Elsewhere:
    """A server that somebody else runs, and who asked it for what."""

    address: str
    asked: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Elsewhere]:
    class Listener(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            place.asked.append(self.rfile.readline().decode("latin-1"))

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Listener) as server:
        place = Elsewhere(f"http://127.0.0.1:{server.server_address[1]}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield place
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


def written(course: CourseFolder, cells: list[hostile.Cell], outputs: Sequence[Any] = ()) -> Writer:
    """`ada` handed in these cells after the released ones; graded, with outputs of a first cell."""
    nb = course.notebook()
    nb["cells"] += cells
    demonstrations = {cell.id for cell in course.skeleton.cells if cell.demonstration}
    for cell in nb["cells"]:
        if cell.get("id") in demonstrations:
            cell["outputs"] = cells[-1].get("outputs", [])
    submission = course.hand_in("ada", nb)
    verdict = course.verdict(submission, {})
    first = next(iter(verdict["cells"].values()))
    first["outputs"] = clean_outputs(list(outputs), OutputAllowance())
    writer = Writer(course.root)
    writer.write(verdict)
    return writer


def pages(course: CourseFolder, writer: Writer) -> dict[str, tuple[str, float]]:
    """The pages on which people see a hand-in, each with the CPU seconds that it took."""
    own = settings(course.root)
    stock = Config()
    stock.HTMLExporter.template_name = "formgrade"
    stock.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    made = {}
    notebook = course.root / "autograded" / "ada" / WORKSHEET / "worksheet.ipynb"
    for name, exporter, about in (
        ("formgrader", HTMLExporter(config=own), {"index": 0, "total": 1}),
        ("formgrader without the course's settings", HTMLExporter(config=stock), {"total": 1}),
    ):
        start = time.process_time()
        resources = {"base_url": "", "submission_id": "1", "notebook_path": "", "index": 0} | about
        page, _ = exporter.from_filename(str(notebook), resources=resources)
        made[name] = page, time.process_time() - start
    start = time.process_time()
    page = writer.feedback(WORKSHEET, "ada").read_text("utf-8")
    made["feedback"] = page, time.process_time() - start
    return made


@needs_a_browser
def test_no_page_asks_anybody_for_anything(
    course: CourseFolder, browser: Browser, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    cells = hostile.loading(elsewhere.address)
    writer = written(course, cells, cells[-1]["outputs"])
    for name, (page, _) in pages(course, writer).items():
        place = tmp_path / f"{name}.html"
        place.write_text(page, "utf-8")
        opened = browser.new_page()
        asked: list[Request] = []
        opened.on(
            "request", partial(asked.append)
        )  # it marks its listener, which asked.append cannot be
        opened.goto(place.as_uri(), wait_until="load")
        opened.mouse.wheel(0, 100_000)  # what is loaded when it is looked at
        opened.wait_for_load_state("networkidle")
        far = [r.url for r in asked if not r.url.startswith(("file:", "data:"))]
        if name == "formgrader without the course's settings":  # nbgrader's own script
            far = [url for url in far if not url.startswith("https://cdnjs.cloudflare.com/")]
        assert (name, far, elsewhere.asked) == (name, [], [])
        assert opened.locator(f"a[href^='{elsewhere.address}']").count() > 10
        opened.close()


def test_the_listener_hears_a_picture(
    browser: Browser, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    """What the test above relies on."""
    page = tmp_path / "page.html"
    page.write_text(f"<img src={elsewhere.address}/heard>")
    opened = browser.new_page()
    opened.goto(page.as_uri(), wait_until="load")
    assert any("heard" in line for line in elsewhere.asked)
    elsewhere.asked.clear()


QUICK = ("sums", "tables")  # these were the slowest
SHAPES = [
    pytest.param(shape, marks=[] if shape in QUICK else pytest.mark.slow)
    for shape in (*hostile.COSTLY, *hostile.OUTPUTS)
]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_page_takes_seconds(course: CourseFolder, shape: str) -> None:
    cells = hostile.COSTLY.get(shape) or [hostile.words("")]
    writer = written(course, cells, hostile.OUTPUTS.get(shape, []))
    for name, (page, seconds) in pages(course, writer).items():
        assert seconds < SECONDS, (name, len(page))


def test_formulas_are_shown_without_a_script(course: CourseFolder) -> None:
    text = "$s < 1$\n\n\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}\n\n$\\unknown{x}$"
    made = pages(course, written(course, [hostile.words(text)]))
    for name in ("formgrader", "feedback"):
        page, _ = made[name]
        assert page.count("<math") > 4, name
        assert "<code>\\unknown{x}</code>" in page
        assert "cloudflare" not in page
