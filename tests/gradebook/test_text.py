"""What a student wrote is text, wherever it is opened."""

from __future__ import annotations

from html import unescape

import pytest
from nbconvert.filters import markdown2html

from course_lib.grading.submission.markdown import harmless_markdown
from course_lib.grading.submission.markup import csv_cell, markdown_text
from course_lib.text import one_line, plain


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;window title\x07after", "after"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bPdevice\x1b\\after", "after"),
        ("\x9b31mred", "red"),
        ("a\x00b\x08c\x7fd", "abcd"),
        ("one\r\ntwo\rthree\tfour", "one\ntwo\nthree\tfour"),
        ("\u202egnp.exe\u2066", "gnp.exe"),
        ("naïve 数学 🎉 𝔼[q²]", "naïve 数学 🎉 𝔼[q²]"),
    ],
)
def test_plain_keeps_words_and_drops_what_acts(dirty, clean):
    assert plain(dirty) == clean


@pytest.mark.parametrize("limit", [0, 5, 50, 4000])
def test_plain_is_never_longer_than_its_limit(limit):
    for text in ("x" * 10_000_000, "\x1b[1m" * 1_000_000 + "x", "\x1b]" + "y" * 100_000):
        assert len(plain(text, limit)) <= limit


def test_what_is_cut_is_said():
    assert plain("x" * 10_000, 100).endswith("… [cut: 10,000 characters]")


def test_an_unclosed_command_does_not_swallow_the_lines_after_it():
    assert plain("\x1b]0;never closed\nan error below") == "\nan error below"


def test_one_line_is_one_line():
    assert one_line("a\n\n  b\tc ") == "a b c"


@pytest.mark.parametrize(
    "formula", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", " =1", "\t=1", "\n=1", "|x"]
)
def test_a_table_cell_begins_no_formula(formula):
    assert csv_cell(formula).startswith("'")


@pytest.mark.parametrize("number", ["-1.5", "+2", "1e-3", "-inf"])
def test_numbers_stay_numbers_in_a_table(number):
    assert csv_cell(number) == number


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a <b onclick=x>b</b>",
        "<!-- hidden --> <?x ?> </div>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](javascript\\:alert(1))",
        "[x](javascript&colon;alert(1))",
        "[x](java&#115;cript:alert(1))",
        "[x]: javascript:alert(1)\n\n[x]",
        "<javascript:alert(1)>",
        "![x](https://elsewhere/pixel.png)",
        "![x][y]\n\n[y]: https://elsewhere/pixel.png",
        "$\\href{javascript:alert(1)}{x}$",
        "$\\def\\a#1{\\href{java#1:alert(1)}{x}}\\a{script}$",
        "`<script>`\n\n```\n<script>alert(1)</script>\n```",
    ],
)
def test_markdown_of_a_students_has_no_markup_that_acts(attack):
    page = markdown2html(harmless_markdown(attack)).lower()
    for forbidden in ("<script", "<img", "onerror=alert(1)>", "<b onclick", "<!--", "\\href{"):
        assert forbidden not in page
    assert 'href="javascript:' not in page


def test_a_students_formulas_and_emphasis_stay():
    answer = "The *density* is **large**: $s < 1$, so $\\log 1/s > 0$ & more.\n\n- one\n- two"
    assert harmless_markdown(answer) == answer


@pytest.mark.parametrize(
    "command",
    [
        "href{javascript:e}{a}",
        "def\\a{b}",
        "require{action}",
        "unicode[url(x)]{65}",
        "texttip{a}{b}",
    ],
)
def test_a_name_or_a_word_of_a_students_is_no_formula_that_acts(command):
    page = unescape(markdown2html(markdown_text(f"kernel $\\{command}$")))
    assert f"\\{command}" not in page
    assert f"\\ {command.partition('{')[0].partition(chr(92))[0]}" in page


def test_text_in_markdown_of_ours_is_no_markup():
    page = markdown2html(markdown_text("*a* <b>c</b> [d](javascript:e) `f` $g$ ![h](i)"))
    for tag in ("<em", "<b>", "<a ", "<code", "<img"):
        assert tag not in page
    assert "*a*" in page.replace("&#42;", "*")
