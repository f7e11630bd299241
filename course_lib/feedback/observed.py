"""What all wrong answers of an exercise have in common: the explainers, in their order.

observed(evidence, diagnosis, remarks)     # "It is 2 times what it should be, on every input."
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from course_lib.claims.conform import conform, in_words
from course_lib.claims.failures import ClaimFailure
from course_lib.feedback import error_location, parts, patterns
from course_lib.feedback.by_arguments import by_an_argument
from course_lib.feedback.clipped import clipped
from course_lib.feedback.counterfactuals import counterfactual
from course_lib.feedback.diagnosis import Diagnosis
from course_lib.feedback.evidence import Evidence, true_numbers, value_of
from course_lib.feedback.fenced import fenced
from course_lib.feedback.patterns import PLACES
from course_lib.feedback.places import wrong_places
from course_lib.feedback.stumbles import other_case
from course_lib.feedback.variations import moved_questions
from course_lib.protocol.questions import Answer
from course_lib.protocol.values import Numbers

ENOUGH = 3  # inputs, below which nothing is said of the form of answers
Explainer = Callable[[Evidence], str]

_CHANGES = {
    "each time": (
        "Asked the same thing again, it gives another answer each time: it draws random numbers, "
        "or changes something that its next call uses."
    ),
    "after the first": (
        "Asked the same thing again, it gives another answer than the first time: an earlier call "
        "changes what a later one does, or it draws random numbers of its own."
    ),
}
_NAMES = re.compile(r"\ba dict with [^;]*$")
_SIZES = re.compile(r"\bof \d+ rows?|\[\d[\d, ]*\]")


def observed(evidence: Evidence, diagnosis: Diagnosis, remarks: list[str]) -> str:
    """The first sentence that an explainer has; "" where none sees anything.

    remarks: lines for staff are added to it, where an author's explanation fails.
    """
    if diagnosis.changes:
        return _CHANGES[diagnosis.changes]
    if diagnosis.remembered:
        names = " or ".join(diagnosis.remembered)
        return (
            f"Called with another {names}, it returns what it returned for an earlier {names}: it "
            "remembers answers without looking at all of its arguments."
        )
    exercise = evidence.exercise
    explainers: Iterable[Explainer] = (
        patterns.not_a_number,
        *exercise.hints,
        patterns.pattern,
        counterfactual,
        clipped,
        lambda _: _unnoticed(evidence, diagnosis.unnoticed),
        error_location.derivatives,
        by_an_argument,
        error_location.components,
        of_another_kind,
        parts.wrong_parts,
        error_location.limits,
        error_location.boundary,
        patterns.infinite,
        *exercise.late_hints,
        error_location.digits,
        wrong_places,
        error_location.side,
        patterns.often_not_a_number,
        of_another_length,
        of_another_form,
        parts.wrong_methods,
        parts.one_way,
        of_a_variable,
    )
    for explainer in explainers:
        if said := _fenced(explainer, evidence, remarks):
            return said
    return ""


def counted(evidence: Evidence, remarks: list[str]) -> str:
    """On how many inputs it is right, where there is nothing else to say; "" if nobody can tell."""
    return _fenced(parts.how_often, evidence, remarks)


def _fenced(explainer: Explainer, evidence: Evidence, remarks: list[str]) -> str:
    about = evidence.exercise, evidence.plan.assignment
    return str(fenced(explainer, evidence, "the explanation", *about, remarks) or "")


def _unnoticed(evidence: Evidence, names: tuple[str, ...]) -> str:
    """Which arguments make no difference to what is returned, where they should.

    Of an answer that is longer for longer inputs, the shortest alone may be so.
    """
    if names and evidence.answered.others:
        bases = [base for base, _ in moved_questions(evidence.plan, evidence.exercise)]
        lengths = {len(true_numbers(evidence.exercise, one, evidence.truth)) for one in bases}
        if lengths <= {len(evidence.answered.rows[0].expected)}:
            return ""
    verb = "is" if len(names) == 1 else "are"
    return f"It gives the same answer whatever {' and '.join(names)} {verb}." if names else ""


def of_another_kind(evidence: Evidence) -> str:
    """Where nothing that came back could be read as what is asked for."""
    exercise = evidence.exercise
    kinds, dues, empty = set[str](), set[str](), list[int]()
    size = 0
    for _, answer, right in evidence.compared():
        if not isinstance(right, Answer):
            return ""
        if case := other_case(right.value, answer.value):
            return case
        try:
            conform(answer, right.value)
            return ""
        except ClaimFailure:
            kinds.add(answer.describe())
            dues.add(in_words(right.value))
            if isinstance(answer.value, (tuple, list)):
                size = len(right.value) if isinstance(right.value, tuple) else 0
                empty = [k for k, part in enumerate(answer.value) if part is None]
    kinds, dues = (_alike(words) for words in (kinds, dues))
    if len(kinds) != 1 or len(dues) != 1:
        return ""
    due = dues.pop()
    derivatives = exercise.takes == "tensors" and size <= min(len(PLACES), len(exercise.arguments))
    if derivatives and empty and len(empty) < size:
        names = exercise.arguments[-size:]
        which = " and the ".join(f"{PLACES[k]} (by {names[k]})" for k in empty)
        return (
            f"The {which} {'is' if len(empty) == 1 else 'are'} None: the tape did not watch "
            f"{' and '.join(names[k] for k in empty)}, or saw nothing that was made from it."
        )
    kind = kinds.pop()
    if kind == due:
        return ""  # the sizes differ, which expected and got say
    return f"It returns {kind}; asked for: {due}."


def of_another_form(evidence: Evidence) -> str:
    """Where an answer is made in another way than is asked for, on some inputs or on all."""
    asked, other = 0, dict[object, tuple[str, str]]()
    for question, answer, right in evidence.compared():
        if not isinstance(right, Answer):
            return ""
        asked += 1
        try:
            conform(answer, right.value)
        except ClaimFailure:
            other[question.key] = answer.describe(), in_words(right.value)
    if len(other) < ENOUGH:
        return ""
    shown = [other[question.key] for question in evidence.shown_questions if question.key in other]
    came, due = next(iter(shown or other.values()))
    if came == due:
        return ""
    where = "every input" if len(other) == asked else f"{len(other)} of {asked} inputs"
    return (
        f"It does not have the form that is asked for, on {where}: for instance {came} in place "
        f"of {due}."
    )


def _alike(kinds: set[str]) -> set[str]:
    """The kinds; where several differ, without the sizes, which differ from input to input."""
    if len(kinds) <= 1:
        return kinds
    same = {_SIZES.sub(lambda f: "of n rows" if "row" in f[0] else "[n]", each) for each in kinds}
    return same if len(same) == 1 else {_NAMES.sub("a dict", each) for each in same}


def of_another_length(evidence: Evidence) -> str:
    """By how many numbers an array is too long or too short, if by as many on every input."""
    found: set[int] = set()
    for _, answer, right in evidence.compared():
        due = value_of(right)
        if not (_is_row(due) and _is_row(answer.value)):
            return ""
        found.add(len(_row(answer.value)) - len(_row(due)))
    if len(found) != 1 or 0 in found:
        return ""
    more = found.pop()
    count = "one" if abs(more) == 1 else str(abs(more))
    return f"It returns {count} {'more' if more > 0 else 'fewer'} than it should, on every input."


def _is_row(value: object) -> bool:
    return isinstance(value, list) or (isinstance(value, Numbers) and value.values.ndim == 1)


def _row(value: Any) -> Any:
    return value.values if isinstance(value, Numbers) else value


def of_a_variable(evidence: Evidence) -> str:
    """By which factor a variable that is one number is off."""
    table = evidence.answered
    if not evidence.exercise.variable or len(table) != 1 or table.expected.shape != (1, 1):
        return ""
    expected, got = float(table.expected[0, 0]), float(table.got[0, 0])
    if not expected or not np.isfinite(got) or table.right.all():
        return ""
    return f"It is {got / expected:.6g} times what it should be."
