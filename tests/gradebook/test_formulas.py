"""Formulas on pages without a network: MathML that a browser sets, and dollars that are money."""

from __future__ import annotations

import json
import re
import shutil
import time

import pytest
from playwright.sync_api import sync_playwright

from course_lib.grading.nbgrader.feedback.formulas import laid_out, mathml
from course_lib.grading.nbgrader.writer import Writer
from course_lib.grading.submission.markdown import harmless_markdown
from tests.gradebook.conftest import PROJECT, WORKSHEET

CHROMIUM = shutil.which("chromium")
USUAL = [
    r"y = mx + b", r"\frac{1}{2\sigma^2}", r"\tfrac12", r"\log s", r"\mathcal{N}(\mu, \sigma^2)",
    r"\hat{x}_{\mathrm{MAP}}", r"\operatorname{argmax}_\theta L", r"p(\theta \mid y) \propto p(y)",
    r"\left( \frac{a}{b} \right)", r"\sum_{i=1}^{N} (y_i - m x_i - b)^2", r"\lVert q \rVert",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", r"\Big| y \Big|", r"\color{red}{x}",
    r"\begin{cases} 1 & x > 0 \\ 0 & \text{else} \end{cases}", r"\boldsymbol{\theta}^\top",
    r"\begin{align} a &= b \label{a} \\ c &= d \nonumber \end{align}", r"\underbrace{a+b}_{c}",
    r"\begin{aligned} a &= b \\ &= c \end{aligned}", r"\begin{equation} a \tag{1} \end{equation}",
    r"\begin{gather} a \\ b \end{gather}", r"\begin{alignat}{2} a &= b \end{alignat}", r"x'' < 1",
    r"\begin{array}{cc} 1 & 2 \\ 3 & 4 \end{array}", r"10^{-3}\,\mathrm{m}", r"5\%", r"\$5",
]  # fmt: skip
NONE = [
    r"\unknown{x}", "{", "a_b_c", "x & y", r"\href{https://e}{x}", r"\require{x}",
    r"\class{x}{y}", r"\style{x}{y}", r"\left(" * 300, "^" * 1000, "x+" * 2000,
]  # fmt: skip


@pytest.mark.parametrize("tex", USUAL)
def test_what_people_write_becomes_mathml(tex: str) -> None:
    made = mathml(tex, as_block=True)
    assert made.startswith("<math ") and "\\" not in made and ">&amp;<" not in made


@pytest.mark.parametrize("tex", NONE)
def test_what_is_no_formula_or_acts_is_shown_as_it_was_typed(tex: str) -> None:
    typed = tex.replace("&", "&amp;")
    assert mathml(tex, as_block=False) == f"<code>{typed}</code>"


def test_every_formula_of_the_lesson_becomes_mathml() -> None:
    notebook = json.loads((PROJECT / "release" / WORKSHEET / "worksheet.ipynb").read_text("utf-8"))
    text = ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "markdown"]
    pages = [(source, laid_out(source)) for source in text]
    assert sum(page.count("<math ") for _, page in pages) > 30
    for source, page in pages:
        typed = re.findall(r"`([^`]*)`", source)
        left = [code for code in re.findall(r"<code>(.*?)</code>", page) if "\\" in code]
        assert not [code for code in left if code not in typed], page
        assert "$" not in re.sub(r"<(code|pre)\b.*?</\1>", "", page, flags=re.S), page


def test_the_name_of_a_function_stands_apart() -> None:
    assert mathml(r"\log s", as_block=False).count('rspace="0.167em">log</mo>') == 1


def test_words_in_a_formula_are_words() -> None:
    made = mathml(r"\text{<script>alert(1)</script> &lt;b&gt;} a < b", as_block=False)
    assert "<script" not in made and "<b>" not in made and "&lt;script&gt;" in made


@pytest.mark.parametrize("tex", ["{" * 999 + "}" * 999, r"\sqrt" * 400, r"\frac{1}{2}" * 180])
def test_a_formula_costs_little(tex: str) -> None:
    start = time.process_time()
    mathml(tex, as_block=False)
    assert time.process_time() - start < 1.0  # 0.02 s on a quiet machine


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("Between $5 and $10.", 0),
        ("Between $5 and $10, so $x$ and $y$ are small.", 2),
        ("It cost US$5, I paid with a 10$ note, and $5x + 1$ is a formula.", 1),
        ("$1,000 is more than $999.99", 0),
        ("$5$ and $10$ and $2 \\sigma$ and $ x $", 4),
        ("`$5 and $6` and $x$", 1),
        ("A 5$ note and a 10$ note.", 0),
        ("All of $20.", 0),
        ("\\$5 and \\$6", 0),
    ],
)
def test_dollars_that_are_money_stay(text: str, formulas: int) -> None:
    for words in (text, harmless_markdown(text)):
        page = laid_out(words)
        assert page.count("<math ") == formulas, page
        money = re.findall(r"(?:US)?\$[\d.,]*\d|\d\$", re.sub(r"\$[^$]*x[^$]*\$", "", text))
        assert formulas or all(amount.replace("\\", "") in page for amount in money)


@pytest.mark.parametrize(
    "attack",
    [
        "$5 <script>alert(1)</script> $1",
        "$5 and `$10 ` <script>alert(1)</script>`",
        "`$5 ` <script>alert(1)</script> `$6`",
        "10$ <img src=x onerror=alert(1)> $ and $5",
    ],
)
def test_money_opens_no_way_for_markup(attack: str) -> None:
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    for page in (
        laid_out(harmless_markdown(attack)),
        markdown2html_mistune(harmless_markdown(attack)),
    ):
        assert "<script" not in page and "<img" not in page


@pytest.mark.skipif(CHROMIUM is None, reason="needs a browser: `make browser`")
def test_a_browser_without_a_network_sets_them(course) -> None:
    answer = (
        "The line $y = mx + b$ costs between $5 and $10:\n\n"
        r"$$\frac{a}{b} \unknown$$" + "\n\n" + r"$$\frac{c}{d}$$"
    )
    nb = course.notebook()
    course.cell(nb, "meaning_of_log_like")["source"] = answer
    submission = course.hand_in("ada", nb)
    writer = Writer(course.root)
    writer.write(course.verdict(submission, {}), submission)
    page = writer.feedback(WORKSHEET, "ada")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opened = browser.new_context(offline=True).new_page()
        asked: list[str] = []
        opened.on("request", lambda request: asked.append(request.url))
        opened.goto(page.as_uri(), wait_until="load")
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
        assert opened.locator("script").count() == 0
        section = opened.locator("section", has_text="costs between")
        assert "costs between $5 and $10" in section.inner_text()
        assert r"\frac{a}{b} \unknown" in section.locator("pre").inner_text()
        line = section.locator("math").first
        assert line.text_content() == "y=mx+b"
        above, below = (section.locator("mfrac > *").nth(k).bounding_box() for k in (0, 1))
        assert above["y"] + above["height"] <= below["y"] + 1.0  # set as a fraction, not in a row
        browser.close()
