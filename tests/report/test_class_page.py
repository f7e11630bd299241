"""The page of a class: nothing is loaded, nobody's words are markup, every link leads somewhere."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, sync_playwright

from course_lib.cli import main
from course_lib.errors import CourseError
from course_lib.report.cohort.make import after_run, write_course_report, write_report
from course_lib.report.cohort.paths import page_path
from tests.report.made_class import ASSIGNMENT, SENTENCES, Truth, check, roster, verdict
from tests.screen_reader import faults_of, tree_of

CHROMIUM = shutil.which("chromium")
needs_a_browser = pytest.mark.skipif(CHROMIUM is None, reason="needs a browser: `make browser`")
HOSTILE = "<img src=x onerror=alert(1)>\"'{{7*7}}</script>"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of forty, one of them with a hostile name and hostile words, and its pages."""
    truth = Truth(40)
    one = check("mean", "failed", "", got=HOSTILE)
    one["claims"][0]["message"] = f"Your function said {HOSTILE} to Student007."
    others = [check(name, "passed") for name in ("scale", "odd", "both")]
    bad = verdict("=cmd_1-aaaaaa", [one, *others])
    bad |= {"name": HOSTILE, "remarks": [f"a remark about {HOSTILE}"]}
    truth.verdicts.append(bad)
    root = truth.write(tmp_path_factory.mktemp("class") / "course")
    roster(root, truth.absent, *truth.names)
    later = Truth(40, seed=2, assignment="02_energy")
    later.write(root)
    write_report(root, ASSIGNMENT, formgrader="https://hub.example/formgrader")
    for name in (ASSIGNMENT, "02_energy"):
        write_report(root, name)
        write_report(root, name, anonymous=True)
    write_course_report(root)
    write_report(root, ASSIGNMENT)  # now that there is a page of the course to lead to
    write_course_report(root, anonymous=True)
    return root


class Links(HTMLParser):
    """The ids and the addresses of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = dict(attrs)
        if about.get("id"):
            self.ids.append(str(about["id"]))
        if tag == "a" and about.get("href"):
            self.addresses.append(str(about["href"]))


def text_of(root: Path, name: str = ASSIGNMENT, *, anonymous: bool = False) -> str:
    return page_path(root, name, anonymous=anonymous).read_text("utf-8")


@pytest.mark.parametrize("name", [ASSIGNMENT, "course"])
def test_every_link_leads_to_a_place_that_is_there(course: Path, name: str) -> None:
    found = Links(text_of(course, name))
    assert len(set(found.ids)) == len(found.ids)
    assert len(found.addresses) > 60
    for address in found.addresses:
        file, _, anchor = address.partition("#")
        if file.startswith("https://hub.example/"):
            continue
        page = (course / "reports" / unquote(file)).resolve() if file else page_path(course, name)
        assert page.is_file(), address
        if anchor and page.parent.name == "reports":
            assert anchor in Links(page.read_text("utf-8")).ids, address


def test_every_mistake_leads_to_the_students_who_made_it(course: Path) -> None:
    text = text_of(course)
    for (_, slug), students in Truth(40).mistaken.items():
        assert SENTENCES[slug] in text
        for student in students:
            assert f"../feedback/{student}/{ASSIGNMENT}/basics.html#check_" in text


def test_words_of_students_are_text(course: Path) -> None:
    for name in (ASSIGNMENT, "course"):
        text = text_of(course, name)
        assert "<img" not in text and "&lt;img src=x" in text and "{{7*7}}" in text


def test_pictures_have_a_title_and_a_description(course: Path) -> None:
    text = text_of(course)
    pictures = re.findall(r"<svg role=\"img\" aria-labelledby=\"(\S+) (\S+)\"", text)
    assert len(pictures) == 2
    for title, said in pictures:
        assert re.search(rf'<title id="{title}">\w', text)
        assert re.search(rf'<desc id="{said}">\w', text)
    assert "#010101" not in text and "currentColor" in text


def test_the_address_of_formgrader_is_kept(course: Path) -> None:
    assert 'content="https://hub.example/formgrader"' in text_of(course)


@pytest.mark.parametrize("name", [ASSIGNMENT, "course"])
def test_an_anonymous_page_names_nobody(course: Path, name: str) -> None:
    text = text_of(course, name, anonymous=True)
    assert not re.search(r"student\d", text, re.IGNORECASE)
    assert "absent1" not in text and "cmd_1" not in text and "onerror" not in text
    assert "../feedback" not in text and "../verdicts" not in text


def test_an_anonymous_page_still_has_mistakes_and_figures(course: Path) -> None:
    text = text_of(course, anonymous=True)
    assert SENTENCES["sum_for_mean"] in text and "mean([1.0, 2.0])" in text
    assert text.count("<svg") == 2


def test_the_table_has_each_exercise_of_each_and_no_formula(course: Path) -> None:
    with page_path(course, ASSIGNMENT).with_suffix(".csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 41 * 4
    assert not [cell for row in rows for cell in row.values() if cell[:1] in "=+@" and cell]
    made: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        if row["mistake"]:
            made.setdefault((row["exercise"], row["mistake"]), []).append(row["student_id"])
    assert made == dict(Truth(40).mistaken)


def test_the_same_figures_make_the_same_bytes(course: Path) -> None:
    before = text_of(course)
    write_report(course, ASSIGNMENT)
    assert text_of(course) == before


def test_an_assignment_without_verdicts_is_refused_with_the_next_step(course: Path) -> None:
    with pytest.raises(CourseError, match="Next: `course grade 09_none`"):
        write_report(course, "09_none")


def test_the_command_says_what_it_wrote_or_what_to_do(course: Path) -> None:
    def said(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["report", *words, "--course", str(course)])
        return done.exit_code, done.output

    assert said(ASSIGNMENT, "--anonymous") == (0, f"reports/{ASSIGNMENT}.anonymous.html\n")
    code, words = said("09_none")
    assert code == 2 and "nobody is graded in 09_none" in words


LONG = "a_name_of_a_function_that_somebody_wrote_once_and_that_goes_on"
FEW = {
    "no exercise": [],
    "one exercise": [check("f", "passed")],
    "nothing written": [check("f", "missing")],
    "long names": [check(f"{LONG}_{k}", "failed") for k in range(9)],
}


@pytest.mark.filterwarnings("error::UserWarning")  # Matplotlib's, where it finds no room
@pytest.mark.parametrize("checks", FEW.values(), ids=FEW)
def test_a_class_of_one_has_a_page(tmp_path: Path, checks: list[dict[str, object]]) -> None:
    truth = Truth(1)
    truth.verdicts = [verdict("ada", checks) | {"status": "unreadable", "notices": ["No JSON."]}]
    root = truth.write(tmp_path)
    write_report(root, ASSIGNMENT)
    write_course_report(root)
    assert "No JSON." in text_of(root)


def test_what_goes_wrong_after_a_run_is_said_and_raises_nothing(tmp_path: Path) -> None:
    root = Truth(2).write(tmp_path)
    (root / "reports").write_text("a file where a folder should be")
    said = after_run(root, ASSIGNMENT, 3.0, 2)
    assert said.startswith("not made (") and said.endswith(f"Next: course report {ASSIGNMENT}")
    (root / "reports").unlink()
    assert after_run(root, ASSIGNMENT, 3.0, 0) == f"reports/{ASSIGNMENT}.html"
    assert "The last run judged 2 and took 3.0 s" in text_of(root)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


def opened(browser: Browser, path: Path, width: int = 1000, scheme: str = "light") -> Page:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(path.as_uri())
    return page


@needs_a_browser
@pytest.mark.parametrize("name", [ASSIGNMENT, "course"])
def test_a_page_asks_nobody_for_anything_and_says_nothing(
    browser: Browser, course: Path, name: str
) -> None:
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(page_path(course, name).as_uri(), wait_until="networkidle")
    assert asked == [page_path(course, name).as_uri()] and said == []


@needs_a_browser
@pytest.mark.parametrize("name", [ASSIGNMENT, "course"])
@pytest.mark.parametrize("width", [320, 400, 1200])
def test_nothing_has_to_be_pushed_sideways(
    browser: Browser, course: Path, name: str, width: int
) -> None:
    page = opened(browser, page_path(course, name), width)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


CONTRAST = """() => {
  const light = c => { const [r, g, b] = c.match(/[\\d.]+/g).map(v => v / 255)
      .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const paper = light(getComputedStyle(document.body).backgroundColor);
  return [...document.querySelectorAll('p, th, td, a, dt, dd, summary, li, h2, h3')]
    .filter(e => e.offsetParent && e.textContent.trim())
    .map(e => light(getComputedStyle(e).color))
    .map(l => (Math.max(l, paper) + 0.05) / (Math.min(l, paper) + 0.05))
    .reduce((a, b) => Math.min(a, b)); }"""


@needs_a_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_in_the_light_and_in_the_dark(
    browser: Browser, course: Path, scheme: str
) -> None:
    # 4.5: Web Content Accessibility Guidelines 2.2, success criterion 1.4.3
    assert opened(browser, page_path(course, ASSIGNMENT), scheme=scheme).evaluate(CONTRAST) >= 4.5


@needs_a_browser
def test_a_column_is_sorted_when_its_heading_is_pressed(browser: Browser, course: Path) -> None:
    page = opened(browser, page_path(course, ASSIGNMENT))
    points = page.locator("#students tbody td:nth-child(2)")
    head = page.locator("#students th:nth-child(2)")
    head.get_by_role("button").click()
    up = [float(text) for text in points.all_inner_texts()]
    assert up == sorted(up) and head.get_attribute("aria-sort") == "ascending"
    head.get_by_role("button").click()
    assert [float(text) for text in points.all_inner_texts()] == up[::-1]
    assert head.get_attribute("aria-sort") == "descending"


@needs_a_browser
def test_a_number_shows_who_is_behind_it_until_it_is_closed(browser: Browser, course: Path) -> None:
    page = opened(browser, page_path(course, ASSIGNMENT))
    number = page.locator("ol.mistakes a.who").first
    count = int(number.inner_text())
    assert page.locator(".panel:visible").count() == 0
    number.click()
    assert page.locator(".panel:visible li").count() == count
    page.locator(".panel:visible .close").click()
    assert page.locator(".panel:visible").count() == 0


@needs_a_browser
def test_on_paper_everything_is_unfolded_and_no_panel_is_open(
    browser: Browser, course: Path
) -> None:
    page = opened(browser, page_path(course, ASSIGNMENT))
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    assert page.locator(".panel:visible").count() == 0 and not page.locator("nav").is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


@needs_a_browser
@pytest.mark.parametrize("name", [ASSIGNMENT, "course"])
def test_a_screen_reader_is_given_a_name_for_everything(
    browser: Browser, course: Path, name: str
) -> None:
    page = opened(browser, page_path(course, name))
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    tree = tree_of(page)
    assert {role for role, _, _ in tree} >= {"heading", "link", "table", "columnheader", "main"}
    assert faults_of(page) == []
