"""The whole exchange on a real JupyterHub: what buttons ask for, formgrader in a real browser."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.exchange.accounts import ASSIGNMENT, NOTEBOOK, WRITTEN, People, course_with_people
from tests.exchange.hub import TOKEN, Hub, hub, installed, left_over, missing
from tests.exchange.test_exchange import RIGHT, WRONG

CHROMIUM = shutil.which("chromium")
ANSWERS = {"ada": RIGHT, "ben": WRONG}
ELSEWHERE = "http://127.0.0.1:9/seen.png"
WORDS = "Because of the squares, says {name}. $x^2$ ![x](" + ELSEWHERE + ")"
ABOUT = {"assignment_id": ASSIGNMENT, "course_id": "tiny"}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(missing()), reason=missing()),
    pytest.mark.skipif(CHROMIUM is None, reason="needs a browser: `make browser`"),
]


@pytest.fixture(scope="module")
def people() -> Iterator[People]:
    with course_with_people() as people:
        yield people


@pytest.fixture(scope="module")
def at_hub(people: People) -> Iterator[Hub]:
    with contextlib.ExitStack() as stack:
        try:
            place = stack.enter_context(installed())
        except OSError as error:
            pytest.skip(f"needs a network, to install JupyterHub: {error}")
        running = stack.enter_context(hub(people, place))
        for name in ("grader", *ANSWERS):
            running.start(name)
        yield running
    assert left_over(place.folder) == left_over(people.folder) == []


def button(at_hub: Hub, action: str) -> None:
    """Press one of formgrader's buttons."""
    said = at_hub.ask("grader", "POST", f"formgrader/api/assignment/{ASSIGNMENT}/{action}", {})
    assert said["success"], said.get("log") or said.get("error")


def listed(at_hub: Hub, name: str) -> list[dict]:
    """What the student's list of assignments has."""
    return at_hub.ask(name, "GET", "assignments?course_id=tiny")["value"]


def grade_by_hand(page: Page, at_hub: Hub, name: str, points: str) -> list[str]:
    """Read an answer in formgrader, give points and a comment; the addresses that were asked."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    found = at_hub.ask(
        "grader", "GET", f"formgrader/api/submitted_notebooks/{ASSIGNMENT}/{NOTEBOOK}"
    )
    (one,) = [each for each in found if each["student"] == name]
    page.goto(f"{at_hub.address}/user/grader/formgrader/submissions/{one['id']}/")
    page.wait_for_selector(f"#{WRITTEN}-comment[placeholder]", timeout=120_000)
    assert f"says {name}" in page.inner_text("body")
    assert page.locator("math").count() == 1
    for box, text in ((f"#{WRITTEN}", points), (f"#{WRITTEN}-comment", f"Read, {name}.")):
        page.fill(box, text)
        with page.expect_response(lambda answer: answer.request.method == "PUT"):
            page.press(box, "Tab")
    return asked


def test_from_release_to_feedback_on_a_hub(people: People, at_hub: Hub) -> None:
    people.run("grader", "course", "build", ASSIGNMENT)
    button(at_hub, "assign")
    button(at_hub, "release")

    notebook = f"api/contents/{ASSIGNMENT}/{NOTEBOOK}.ipynb"
    for name, source in ANSWERS.items():
        assert [each["status"] for each in listed(at_hub, name)] == ["released"]
        at_hub.ask(name, "POST", "assignments/fetch", ABOUT)
        content = at_hub.ask(name, "GET", notebook)["content"]
        for cell in content["cells"]:
            grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
            new = {NOTEBOOK: source, WRITTEN: WORDS.format(name=name)}
            cell["source"] = new.get(grade_id, cell["source"])
        saved = {"type": "notebook", "format": "json", "content": content}
        at_hub.ask(name, "PUT", notebook, saved)
        assert at_hub.ask(name, "POST", "assignments/submit", ABOUT)["success"]

    button(at_hub, "collect")
    for name in ANSWERS:
        path = f"formgrader/api/submission/{ASSIGNMENT}/{name}/autograde"
        said = at_hub.ask("grader", "POST", path, {})
        assert said["success"], said["log"]
        owner = (people.course / "submitted" / name / ASSIGNMENT).stat().st_uid
        assert owner == (people.course / "gradebook.db").stat().st_uid

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(extra_http_headers={"Authorization": f"token {TOKEN}"})
        for name, points in (("ada", "2"), ("ben", "0.5")):
            asked = grade_by_hand(context.new_page(), at_hub, name, points)
            far = [url for url in asked if not url.startswith((at_hub.address, "data:"))]
            assert asked and far == []
        browser.close()

    button(at_hub, "generate_feedback")
    button(at_hub, "release_feedback")
    for name, total in (("ada", "4 of 4 points"), ("ben", "0.5 of 4 points")):
        at_hub.ask(name, "POST", "assignments/fetch_feedback", ABOUT)
        (submitted,) = [each for each in listed(at_hub, name) if each["status"] == "submitted"]
        (hand_in,) = submitted["submissions"]
        assert hand_in["has_local_feedback"] and not hand_in["feedback_updated"]
        (page,) = (people.home(name) / ASSIGNMENT / "feedback").rglob("*.html")
        text = page.read_text("utf-8")
        assert total in text and f"Read, {name}." in text and f"says {name}" in text
        assert f'src="{ELSEWHERE}' not in text and f'href="{ELSEWHERE}' in text
