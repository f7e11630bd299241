"""From a failed claim to what a student reads: an observation first, then where to look.

    report(plan, result, diagnosis)["claims"][1]["message"]    # "It is off by +0.918939 for each …"

It never says the answer. A slip that is plain from the code comes first (`stumbles`), then a known
mistake with the same answers, in its own words (`mistake_matching`), then the first explainer that
sees something in all the answers (`observed`). If none does, expected and got are shown without a
sentence. A cause is told once, at the claim whose numbers show it best.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from course_lib.claims.failures import NO_NAME, CallFailed
from course_lib.claims.judging import ClaimResult, Result
from course_lib.claims.sampling import SamplingPlan
from course_lib.errors import AuthorFault, CourseLibError
from course_lib.feedback.diagnosis import Diagnosis, pictured
from course_lib.feedback.errors_in_words import in_words
from course_lib.feedback.evidence import Evidence, close_to
from course_lib.feedback.inputs_shown import line_to_paste, shown_inputs
from course_lib.feedback.observed import counted, observed
from course_lib.feedback.results import ClaimReport, ExerciseReport, is_label
from course_lib.feedback.shown import shown
from course_lib.notebook.prerequisites import fix_first
from course_lib.protocol.questions import Answer
from course_lib.protocol.values import natural, numbers_of

UNGRADED = (
    "This exercise could not be graded: something in the course's own checks failed. It is not "
    "your mistake, and your instructor has been told."
)


def report(
    plan: SamplingPlan, result: Result, diagnosis: Diagnosis | None = None
) -> ExerciseReport:
    """One exercise's result in the verdict's form: points, status, and every claim.

    Under "remarks" are lines for staff, where there are any.
    """
    if result.fault is not None:
        return ungraded(result.exercise.name, result.exercise.points, result.fault)
    found = diagnosis or Diagnosis()
    remarks: list[str] = [*result.remarks, *found.remarks]
    claims = [_claim(plan, result, outcome, found) for outcome in result.claims]
    if result.status not in ("passed", "missing"):
        _explain(plan, result, found, claims, remarks)
        _say_once(claims)
    report: ExerciseReport = {
        "exercise": result.exercise.name,
        "earned": result.earned,
        "points": result.exercise.points,
        "status": result.status,
        "claims": claims,
    }
    first = _first(result, found)
    if message := fix_first(first) or _missing(plan, result):
        report["message"] = message
    if first:
        report["built_on"] = first
    if remarks:
        report["remarks"] = remarks
    return report


def ungraded(exercise: str, points: float, fault: AuthorFault) -> ExerciseReport:
    """The result of an exercise that could not be judged, by its author's mistake."""
    return {
        "exercise": exercise,
        "earned": 0.0,
        "points": points,
        "status": "ungraded",
        "claims": [],
        "message": UNGRADED,
        "remarks": [f"{exercise} is not graded: {fault}"],
    }


def report_untried(plan: SamplingPlan, result: Result) -> ExerciseReport:
    """The result of an exercise that nobody has begun: no claim was tried."""
    return report(plan, replace(result, untouched=True))


def _claim(
    plan: SamplingPlan, result: Result, outcome: ClaimResult, diagnosis: Diagnosis
) -> ClaimReport:
    """One claim with its numbers, without a sentence of explanation."""
    claim: ClaimReport = {
        "claim": outcome.claim.name,
        "passed": outcome.holds,
        "sentence": outcome.claim.sentence,
        "points": outcome.claim.points,
    }
    failure = outcome.failure
    if failure is None:
        return claim
    if outcome.claim.gate:
        claim["gate"] = True
    if result.status == "missing":
        return claim | {"tried": False, "message": ""}
    claim["inputs"] = shown_inputs(result.exercise, failure)
    if len(diagnosis.mistakes) == 1:
        claim["mistake"] = diagnosis.mistakes[0].slug
    derived = False
    if not isinstance(failure.wrong, CallFailed):
        expected, got, derived = _compared(plan, result, outcome)
        claim |= {"expected": shown(expected), "got": shown(got)}
        claim |= {"derived": True} if derived else {}
        parts = list(result.exercise.parts)
        if parts and all(_is_list(claim[side], len(parts)) for side in ("expected", "got")):
            claim["parts"] = parts
        if outcome.claim.relative:
            claim["relative"] = True
        if diagnosis.picture is not None and failure is pictured(result):
            claim["picture"] = diagnosis.picture
    # What is made from answers is seen in all of them.
    calls = failure.questions if derived or outcome.claim.relative else failure.questions[:1]
    if calls and (line := line_to_paste(calls, plan.assignment.given)):
        claim["paste"] = line
    return claim


def _is_list(value: Any, length: int) -> bool:
    """Whether it is a list of so many single values."""
    return (
        isinstance(value, (list, tuple))
        and len(value) == length
        and not any(isinstance(each, (list, tuple)) for each in value)
    )


def _compared(plan: SamplingPlan, result: Result, outcome: ClaimResult) -> tuple[Any, Any, bool]:
    """What was expected and what came, and whether that is not the answer but made from answers.

    A student knows what their function returned, and not what a claim makes of it. So where a claim
    compares a product or a difference, the answer itself is shown beside the right one, if it is
    wrong.
    """
    assert outcome.failure is not None
    wrong, question = outcome.failure.wrong, outcome.failure.question
    exercise, came = result.exercise, numbers_of(wrong.got)
    answer = result.answers.get(question.key) if question is not None else None
    returned = numbers_of(answer.value) if answer is not None and not answer.error else None
    if came is None or returned is None or question is None or not question.simple:
        return wrong.expected, wrong.got, False
    if set(map(repr, (came + 0.0).tolist())) <= set(map(repr, (returned + 0.0).tolist())):
        return wrong.expected, wrong.got, False
    own = wrong.expected, wrong.got, question.mode == "value"
    if outcome.claim.relative or exercise.up_to_a_constant or not exercise.unique:
        return own
    try:
        due = plan.truth.answer(question)
    except CourseLibError:
        return own
    right = numbers_of(due.value) if isinstance(due, Answer) else None
    if right is None or right.shape != returned.shape or question.mode == "gradient":
        return own
    if close_to(right, returned, exercise.close).all():
        return own
    assert isinstance(due, Answer) and answer is not None
    return natural(due.value), natural(answer.value), False


def _explain(
    plan: SamplingPlan,
    result: Result,
    diagnosis: Diagnosis,
    claims: list[ClaimReport],
    remarks: list[str],
) -> None:
    """Put the cause at one claim; at the others what only they say: an error, their own words."""
    cause = diagnosis.slip or "\nor: ".join(each.sentence for each in diagnosis.mistakes)
    known = bool(cause)
    if not known and not diagnosis.first and result.status == "failed":
        evidence = Evidence(plan, result, diagnosis.asked)
        cause = observed(evidence, diagnosis, remarks)
        known = bool(diagnosis.changes)  # then nothing else about its answers means anything
        if not cause and not _words_at(result, _speaker(result)):
            cause = counted(evidence, remarks)
    speaker = _speaker(result) if cause else None
    for place, (outcome, claim) in enumerate(zip(result.claims, claims, strict=True)):
        if outcome.failure is None:
            continue
        wrong = outcome.failure.wrong
        own = in_words(plan.assignment, result.exercise, outcome.failure)
        if place == speaker:
            if own and not known and not isinstance(wrong, CallFailed) and not is_label(own):
                claim["message"] = own  # its author's words, who knows more about it
                continue
            if known and isinstance(wrong, CallFailed):
                raised = wrong.error.kind == "raised"
                own = f"{wrong.error.message}\n{wrong.error.lines}".strip() if raised else ""
            claim["message"] = "\n".join(filter(None, (cause, own)))
        elif not known:
            claim["message"] = own


def _speaker(result: Result) -> int:
    """The failed claim at which a common cause stands: one with an answer, compared with the truth.

    Where no answer came at all, it is the first.
    """
    failed = [(k, each) for k, each in enumerate(result.claims) if each.failure is not None]

    def rank(item: tuple[int, ClaimResult]) -> tuple[bool, bool, bool]:
        failure, claim = item[1].failure, item[1].claim
        assert failure is not None
        question = failure.question
        return (
            isinstance(failure.wrong, CallFailed),
            claim.relative,
            question is None or question.mode == "gradient" or _in_words_only(failure.wrong.got),
        )

    return min(failed, key=rank)[0]


def _words_at(result: Result, place: int) -> str:
    """The claim's own words about what does not hold."""
    failure = result.claims[place].failure
    return failure.wrong.message if failure is not None else ""


def _in_words_only(got: object) -> bool:
    return isinstance(got, str) and numbers_of(got) is None


def _say_once(claims: list[ClaimReport]) -> None:
    """What several claims say in the same words is said by the first of them."""
    said: set[str] = set()
    kinds: set[tuple[Any, Any]] = set()  # "three tensors", "a number": the inputs do not matter
    for claim in claims:
        kind = (claim.get("expected"), claim.get("got"))
        if isinstance(kind[0], str) and isinstance(kind[1], str):
            if kind in kinds:
                for name in ("inputs", "paste", "expected", "got", "relative"):
                    claim.pop(name, None)  # type: ignore[misc]  # mypy wants a literal name
            kinds.add(kind)
        message = claim.get("message", "")
        if message in said:
            claim["message"] = ""
        if not claim.get("message") and "expected" not in claim:
            claim.pop("inputs", None)  # there was no answer: the inputs tell nothing new either
            claim.pop("paste", None)
        said.add(message)
        said.discard("")


def _first(result: Result, diagnosis: Diagnosis) -> list[str]:
    """What is to be fixed before this exercise, but for what is missing: the error says that."""
    if result.status in ("passed", "missing"):
        return []
    wrongs = [outcome.failure.wrong for outcome in result.claims if outcome.failure is not None]
    errors = [NO_NAME.search(w.error.message) for w in wrongs if isinstance(w, CallFailed)]
    told = {error[1] for error in errors if error is not None}
    told |= set(re.findall(r"\w+", diagnosis.slip))  # "It calls energy, which is still to be …"
    return [name for name in diagnosis.first if name not in told]


def _missing(plan: SamplingPlan, result: Result) -> str:
    """That there is no such function, where there is none."""
    if result.status != "missing" or result.untouched:
        return ""
    failure = next(r.failure for r in result.claims if r.failure is not None)
    text = _without_other_exercises(plan, failure.wrong.message)
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('?', '.')) else '.'}"


def _without_other_exercises(plan: SamplingPlan, message: str) -> str:
    """Drop a hint at another exercise's name: that function is an exercise of its own."""
    hint = re.search(r"; did you mean (\w+)\?$", message)
    known = hint is not None and hint[1] in plan.assignment.exercises
    return message[: hint.start()] if hint is not None and known else message
