"""Text and a list in, a dict of text out."""

from hypothesis import strategies as st

from course_lib.claims import agree, exercise

from .inputs import PUPILS

PASS = 10


@exercise(points=3)
def report_card(name, marks):
    """A dict with "name" (text), "best" and "worst" (marks), and "verdict": "passed" or "failed".

    name: text. marks: a list of whole numbers from 0 to 20. Passed is a mean of 10 or more.
    """
    mean = sum(marks) / len(marks)
    verdict = "passed" if mean >= 10 else "failed"
    return {"name": name, "best": max(marks), "worst": min(marks), "verdict": verdict}


@report_card.claim(points=1, gate=True, pupil=PUPILS)
def names_the_pupil(student, truth, pupil):
    """Under "name" stands the name."""
    agree(student.report_card(pupil.name, pupil.marks)["name"], pupil.name)


@report_card.claim(points=1, pupil=PUPILS)
def finds_the_extremes(student, truth, pupil):
    """Under "best" and "worst" stand the highest and the lowest mark."""
    card = student.report_card(pupil.name, pupil.marks)
    agree([card["best"], card["worst"]], [max(pupil.marks), min(pupil.marks)])


@report_card.claim(
    points=1,
    always=[{"marks": [10]}, {"marks": [9, 10]}],
    marks=st.lists(st.integers(0, 20), min_size=1, max_size=6),
)
def decides(student, truth, marks):
    """Under "verdict" stands "passed" for a mean of 10 or more, else "failed"."""
    agree(student.report_card("ada", marks)["verdict"], truth("ada", marks)["verdict"])


report_card.mistake("more_than_ten", "A mean of exactly 10 is a pass.", "mean >= 10", "mean > 10")
report_card.mistake(
    "exchanged",
    "Best and worst are exchanged.",
    '"best": max(marks), "worst": min(marks)',
    '"best": min(marks), "worst": max(marks)',
)
report_card.mistake(
    "capitals", "The name is written in capitals.", '"name": name', '"name": name.upper()'
)
report_card.mistake("no_worst", "There is no worst mark in it.", '"worst": min(marks), ', "")
report_card.mistake(
    "first_mark", "It decides by the first mark alone.", "sum(marks) / len(marks)", "marks[0]"
)
