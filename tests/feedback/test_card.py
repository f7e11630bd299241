"""The card says in words what holds and what does not, and a student's words in it are text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from course_lib.feedback import card

CHECK = {
    "exercise": "tf_log_like",
    "earned": 1.5,
    "points": 3.0,
    "status": "failed",
    "claims": [
        {"claim": "has_the_right_value", "passed": True, "sentence": "The value is right."},
        {
            "claim": "adds_up_over_splits",
            "passed": False,
            "sentence": "Two halves add up to the whole.",
            "inputs": {"x": [0.0], "y": list(range(50)), "s": 0.1},
            "expected": -0.9189385332046727,
            "got": -0.4594692666023363,
            "message": "Yours averages.",
        },
    ],
}


class Words(HTMLParser):
    """The text of a page, its tags, and whether they are closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words, self.tags, self.open = "", set(), []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.open.append(tag)
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data + " "


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("show", [card.text, lambda check: Words(card.html(check)).words])
def test_both_say_points_claims_counterexample_and_sentence(show):
    said = squeezed(show(CHECK)).replace(" :", ":")
    for words in (
        "tf_log_like: 1.5 of 3 points",
        "holds: The value is right.",
        "does not hold: Two halves add up to the whole.",
        "with x [0.0]",
        "[0, 1, 2, …, 49] (50 values)",
        "expected -0.918939",
        "got -0.459469",
        "Yours averages.",
    ):
        assert words in said


def test_the_card_is_well_formed_and_tells_a_screen_reader_what_it_is():
    page = card.html(CHECK)
    assert Words(page).open == []
    assert 'role="group" aria-label="Result for tf_log_like"' in page
    marks = re.findall(r"<span([^>]*)>[✓✗]</span>", page)
    assert marks and all('aria-hidden="true"' in attributes for attributes in marks)


def test_numbers_that_differ_late_are_written_until_they_differ():
    claim = CHECK["claims"][1] | {"expected": 1.0000000001, "got": 1.0000000002}
    said = card.text(CHECK | {"claims": [claim]})
    assert "1.0000000001" in said and "1.0000000002" in said


ATTACK = "</td><script>alert(1)</script>\x1b[31m$\\href{javascript:x}{y}$"


def test_everything_that_a_student_can_choose_is_escaped():
    check = {
        "exercise": ATTACK,
        "earned": 0.0,
        "points": 1.0,
        "status": "error",
        "message": ATTACK,
        "claims": [
            {
                "claim": ATTACK,
                "passed": False,
                "inputs": {ATTACK: ATTACK},
                "expected": {ATTACK: [ATTACK]},
                "got": [ATTACK] * 3,
                "message": ATTACK,
            }
        ],
    }
    page = Words(card.html(check))
    assert page.tags <= {"div", "p", "strong", "code", "ul", "li", "span", "table", "tbody", "tr",
                         "th", "td"}  # fmt: skip
    assert page.open == []
    assert "mathjax_ignore" in card.html(check)
    assert "\x1b" not in card.text(check) + card.html(check)


@pytest.mark.parametrize("status", ["error", "timeout", "crashed", "missing"])
def test_a_result_without_claims_says_what_happened(status):
    check = {"exercise": "f", "earned": 0.0, "points": 1.0, "status": status, "claims": []}
    assert len(card.text(check).splitlines()) == 2


def test_huge_answers_are_short():
    claim = CHECK["claims"][1] | {"got": [[1.0] * 1000] * 1000, "expected": "x" * 10**7}
    assert len(card.html(CHECK | {"claims": [claim]})) < 5000
    assert card.numbers(10**5000) == "about 2**16610"


def test_the_sentence_comes_first_then_one_example_then_every_claim_then_the_rest():
    other = CHECK["claims"][1] | {"claim": "other", "sentence": "Another one.", "got": -7.5}
    other |= {"message": "", "picture": {"lines": [{"x": [0, 1], "y": [0, 1], "yours": True}]}}
    check = CHECK | {"claims": [*CHECK["claims"], other]}
    check["claims"][1] = check["claims"][1] | {"paste": "tf_log_like(0.0)", "gate": True}
    order = ["Yours averages.", "-0.918939", "-0.459469", "tf_log_like(0.0)", "holds", "Another"]
    for said in (card.text(check), Words(card.html(check)).words):
        places = [said.index(words) for words in order]
        assert places == sorted(places)
    page = card.html(check)
    head, _, folded = page.partition("<details")
    assert "-7.5" in folded and "<svg" in folded and "-7.5" not in head and "<svg" not in head
    assert "A picture and 1 more example" in folded and "-7.5" not in card.text(check)
    gate = "(without it the exercise has no points; the example above)"
    assert gate in squeezed(card.text(check)) and "costs" not in card.text(check)


def test_a_claim_that_does_not_hold_says_what_it_costs():
    split = CHECK["claims"][1] | {"points": 0.5}
    lines = card.text(CHECK | {"claims": [CHECK["claims"][0], split]}).splitlines()
    lost = [line for line in lines if "does not hold:" in line and line.strip()[0] == "✗"]
    assert [line.rpartition(" (")[2] for line in lost] == ["costs 0.5 points; the example above)"]
    assert not any("cost" in line for line in lines if "✓" in line)


def test_numbers_of_an_answer_are_called_by_what_they_belong_to():
    claim = CHECK["claims"][1] | {"expected": [1.0, -0.5], "got": [2.0, -0.5], "parts": ["m", "b"]}
    said = squeezed(card.text(CHECK | {"claims": [claim]}))
    assert "expected m: 1, b: -0.5 got m: 2, b: -0.5" in said


def test_without_a_sentence_the_claim_itself_is_said():
    claim = CHECK["claims"][1] | {"message": ""}
    first = card.text(CHECK | {"claims": [claim]}).splitlines()[1]
    assert first.strip() == "This does not hold: Two halves add up to the whole."


def test_words_that_only_name_numbers_stand_below_what_does_not_hold():
    claim = CHECK["claims"][1] | {"message": "this is the sum"}
    lines = [line.strip() for line in card.text(CHECK | {"claims": [claim]}).splitlines()]
    assert lines[1:3] == ["This does not hold: Two halves add up to the whole.", "this is the sum"]
    page = squeezed(Words(card.html(CHECK | {"claims": [claim]})).words)
    assert "This does not hold: Two halves add up to the whole. this is the sum" in page


def test_claims_that_were_not_tried_are_no_wall_of_lines():
    untried = [{"claim": f"c{k}", "passed": False, "tried": False} for k in range(8)]
    check = CHECK | {"status": "missing", "message": "It is yours to write.", "claims": untried}
    assert len(card.text(check).splitlines()) == 2 and "<li" not in card.html(check)
