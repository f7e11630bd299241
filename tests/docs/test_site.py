"""The site builds without a warning, and its pages fetch nothing from the network."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FETCHED = re.compile(
    r"<(?:script|img|iframe|source)[^>]+src=\"https?:[^\"]*\""
    r"|<link[^>]+rel=\"(?:stylesheet|preload|preconnect)\"[^>]+href=\"https?:[^\"]*\""
    r"|(?:@import|url\()\s*[\"']?https?:[^\"')]*"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The built pages."""
    folder = tmp_path_factory.mktemp("site")
    options = ["-W", "--keep-going", "--quiet", "-d", str(folder / "read"), "-b", "html"]
    built = subprocess.run(
        [sys.executable, "-m", "sphinx", *options, "docs", str(folder / "html")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    return folder / "html"


@pytest.mark.slow
def test_no_page_fetches_anything(site):
    pages = [*site.rglob("*.html"), *site.rglob("*.css")]
    found = {str(p.relative_to(site)): FETCHED.findall(p.read_text("utf-8")) for p in pages}
    assert len(pages) > 15
    assert {page: urls for page, urls in found.items() if urls} == {}


@pytest.mark.slow
def test_formulas_are_there_without_a_script(site):
    lesson = (site / "_gathered/lessons/00_worksheet/worksheet.html").read_text("utf-8")
    assert lesson.count("<math ") > 20
    assert not re.search(r"<script[^>]*mathjax", lesson, re.IGNORECASE)


@pytest.mark.parametrize(
    "line",
    [
        '<script src="https://cdn.example.org/x.js"></script>',
        '<link rel="stylesheet" type="text/css" href="https://example.org/x.css" />',
        "@import url(https://example.org/x.css)",
    ],
)
def test_what_a_page_fetches_is_recognised(line):
    assert FETCHED.search(line)


def test_a_link_is_not_taken_for_something_fetched():
    assert not FETCHED.search('<a class="reference" href="https://example.org/">it</a>')
