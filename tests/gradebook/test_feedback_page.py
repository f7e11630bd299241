"""The feedback page in a real browser: on a telephone, on paper, and before anyone has read it."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from playwright.sync_api import Browser, Page, sync_playwright

from course_lib.grading.nbgrader.writer import Writer
from tests.gradebook.conftest import PROJECT, WORKSHEET, CourseFolder
from tests.screen_reader import faults_of, tree_of

CHROMIUM = shutil.which("chromium")
EARNED = {"tf_log_like": 1.5, "log_prior": 2.0}
AT = [0.5, 1.0, 2.0]
CURVE = {
    "lines": [
        {"x": AT, "y": [-3.0, -1.0, -2.0], "yours": False},
        {"x": AT, "y": [-1.0, -2.0, -4.0], "yours": True},
    ],
    "foot": "s from 0.5 to 2",
    "says": "Your function along s, dashed, and the right one, solid.",
}

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs a browser: `make browser`")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


@pytest.fixture
def graded(course: CourseFolder) -> Writer:
    """A hand-in with long lines, long names and an answer in words, graded."""
    nb = course.notebook()
    course.cell(nb, "meaning_of_log_like")["source"] = "It is a density. " * 20
    course.cell(nb, "tf_log_like")["source"] = "value = '" + "x" * 300 + "'  # " + "long " * 60
    verdict = course.verdict(course.hand_in("ada", nb), EARNED)
    claim = verdict["checks"][0]["claims"][0]
    claim["picture"] = CURVE
    claim["got"] = [1.234567890123456] * 50
    claim["message"] = "A-word-that-never-ends-" * 20
    writer = Writer(course.root)
    writer.write(verdict)
    return writer


def opened(browser: Browser, writer: Writer, width: int) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(writer.feedback(WORKSHEET, "ada").as_uri())
    return page


@pytest.mark.parametrize("width", [320, 400, 1200])
def test_nothing_overlaps_and_nothing_has_to_be_pushed_sideways(
    browser: Browser, graded: Writer, width: int
) -> None:
    page = opened(browser, graded, width)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    beyond = page.evaluate(
        """() => { const right = e => e.getBoundingClientRect().right;
            return [...document.querySelectorAll('[role=group] svg')]
                .map(e => right(e) - right(e.closest('[role=group]'))); }"""
    )
    assert beyond and max(beyond) <= 0  # a picture stays in its card
    boxes = page.evaluate(
        """() => [...document.querySelectorAll('h2.graded, h2.yours, header h1, header p, tr')]
            .map(e => [...e.children].length ? [...e.children] : [e])
            .map(parts => parts.map(p => { const b = p.getBoundingClientRect();
                                           return [b.left, b.top, b.right, b.bottom]; }))"""
    )
    assert len(boxes) > 20
    for parts in boxes:
        for k, (left, top, right, bottom) in enumerate(parts):
            assert left >= 0 and right <= width + 1
            for other in parts[:k]:
                apart_across = left >= other[2] - 1 or other[0] >= right - 1
                apart_down = top >= other[3] - 1 or other[1] >= bottom - 1
                assert apart_across or apart_down, parts
    assert page.locator("svg[role=img]").count() == 1


def test_it_says_what_is_earned_and_what_nobody_has_read_yet(
    browser: Browser, graded: Writer
) -> None:
    page = opened(browser, graded, 1000)
    assert page.locator("header .total").inner_text() == (
        "3.5 of 20 points so far; 2 more can come when your written answer has been read"
    )
    rows = dict(row.split("\t") for row in page.locator(".points tbody").inner_text().splitlines())
    assert rows["tf_log_like"] == "1.5 of 3 points"
    assert rows["log_prior"] == "2 of 2 points"
    assert rows["meaning_of_log_like"] == "not graded yet (2 points)"
    page.get_by_role("link", name="log_prior").click()
    assert abs(page.locator("h2#check_log_prior").bounding_box()["y"]) < 800

    with Gradebook(f"sqlite:///{graded.root}/gradebook.db", "inference") as gradebook:
        where = ("worksheet", WORKSHEET, "ada")
        grade = gradebook.find_grade("meaning_of_log_like", *where)
        grade.manual_score, grade.needs_manual_grade = 1.0, False
        gradebook.find_comment("meaning_of_log_like", *where).manual_comment = "Of what?"
        gradebook.db.commit()
    page = opened(browser, graded, 1000)
    assert page.locator("header .total").inner_text() == "4.5 of 20 points"
    rows = dict(row.split("\t") for row in page.locator(".points tbody").inner_text().splitlines())
    assert rows["meaning_of_log_like"] == "1 of 2 points"
    assert "Of what?" in page.locator(".comment").first.inner_text()


def test_the_top_names_the_assignment_and_leads_to_what_was_lost(
    browser: Browser, graded: Writer
) -> None:
    page = opened(browser, graded, 400)
    assert page.title() == "Feedback: Fitting a line, with gradients"
    assert "inference, 00_worksheet" in page.locator("header").inner_text()
    links = page.locator("header p.lost a")
    *lost, first = links.all_inner_texts()
    assert len(lost) == 7  # all but log_prior
    assert "meaning_of_log_like" not in lost  # nobody has read it yet
    assert first == lost[0] == "tf_log_like"
    assert "Begin with tf_log_like." in page.locator("header p.lost").inner_text()
    links.get_by_text("fit_line").click()
    assert page.locator("h2#check_fit_line").bounding_box()["y"] < 800
    rows = page.locator(".points tr.lost").all_inner_texts()
    assert len(rows) == 7 and rows[0].startswith("tf_log_like")


def test_names_go_on_in_the_next_line_after_an_underscore(browser: Browser, graded: Writer) -> None:
    page = opened(browser, graded, 320)
    lines = page.evaluate(
        """() => [...document.querySelectorAll('.points a, h2.graded span:first-child')].map(e => {
            const walker = document.createTreeWalker(e, NodeFilter.SHOW_TEXT), broken = [];
            for (let node; (node = walker.nextNode());)
                for (let k = 1; k < node.length; k++) {
                    const range = document.createRange(), top = at => {
                        range.setStart(node, at); range.setEnd(node, at + 1);
                        return range.getBoundingClientRect().top; };
                    if (top(k) > top(k - 1) + 5) broken.push(node.data); }
            return broken; })"""
    )
    assert len(lines) > 15 and not any(lines), lines


def test_a_cell_that_nobody_touched_is_said_so(browser: Browser, course: CourseFolder) -> None:
    writer = Writer(course.root)
    writer.write(course.verdict(course.hand_in("ada", course.notebook()), {}))
    text = opened(browser, writer, 1000).locator("main").inner_text()
    assert text.count("This is as it was handed out: nothing was written here.") == 9
    assert "No response" not in text


def test_points_are_said_once_and_the_call_of_check_not_at_all(
    browser: Browser, graded: Writer
) -> None:
    text = opened(browser, graded, 1000).locator("main").inner_text()
    assert "NoPoints" not in text
    assert "check(tf_log_like)" not in text.replace("such as check(tf_log_like)", "")


# (a space at the end of a line hangs out of it: 8 pixels)
UNSEEN = """() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), unseen = [];
    for (let node; (node = walker.nextNode());) {
        if (!node.data.trim()) continue;
        if (node.parentElement.closest('style, script, title, details, .anchor-link')) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect(), style = getComputedStyle(node.parentElement);
        if (style.visibility !== 'visible' || !box.width || !box.height
            || box.left < 0 || box.right > innerWidth + 8) unseen.push(node.data); }
    return unseen; }"""


def test_on_paper_all_of_it_is_there(browser: Browser, graded: Writer, tmp_path: Path) -> None:
    page = opened(browser, graded, 1000)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 1000})  # A4 between its margins, at 96 dpi
    assert page.evaluate(UNSEEN) == []
    text = page.locator("body").inner_text()
    for words in ("1.5 of 3 points", "not graded yet", "Two halves of the data add up", "never"):
        assert words in text
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    pages = (tmp_path / "page.pdf").read_bytes().count(b"/Type /Page\n")
    height = page.evaluate("document.documentElement.scrollHeight")
    assert pages >= height // 1123  # the height of an A4 sheet


def test_nothing_of_the_instructors_is_on_it(browser: Browser, graded: Writer) -> None:
    solved, released = (
        json.loads((PROJECT / folder / WORKSHEET / "worksheet.ipynb").read_text())["cells"]
        for folder in ("source", "release")
    )
    known = "".join("".join(cell["source"]) for cell in released)
    secret = {
        line.strip()
        for cell in solved
        if cell["metadata"].get("nbgrader", {}).get("solution")
        for line in "".join(cell["source"]).splitlines()
        if len(line.strip()) > 15 and line.strip() not in known and "SOLUTION" not in line
    }
    assert len(secret) > 20
    source = opened(browser, graded, 1000).content()
    page = html.unescape(re.sub(r"<[^>]+>", "", source))
    assert "tf_log_like" in page
    assert [line for line in secret if line in page] == []
    for ours in ("course_assignment", "assignments/", "course_lib/claims", "agree("):
        assert ours not in page


def test_a_screen_reader_is_given_a_name_for_everything(browser: Browser, graded: Writer) -> None:
    page = opened(browser, graded, 1000)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert {role for role, _, _ in tree_of(page)} >= {"heading", "link", "table"}
    assert faults_of(page) == []
