"""A mistake is named by the answers that it gives: by all of them, and by nothing else."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from course_lib.claims.exercise import Exercise
from course_lib.claims.sampling import SamplingPlan
from course_lib.feedback.mistake_archive import Answered, dump, load
from course_lib.feedback.mistake_matching import KnownMistake, KnownMistakes
from course_lib.feedback.probe_inputs import candidates, choose
from course_lib.feedback.signature import Signature, numbers_in, width_of
from course_lib.protocol.questions import Answer, Question
from course_lib.protocol.values import Numbers, numbers_of
from tests.answers import LINE, Respond, log_like, right, tensor, tensors

PLAN = SamplingPlan.draw(LINE, seed=5, share=0.3)
EXERCISE = LINE.exercises["log_like"]
QUESTIONS = PLAN.questions["log_like"]


def points(question: Question) -> int:
    return len(np.atleast_1d(question.arguments[0]))


def averaged(question: Question) -> Answer:
    return tensors(*numbers_of(right(question).value) / points(question))


def without_two_pi(question: Question) -> Answer:
    if question.mode == "gradient":
        return right(question)
    return tensors(log_like(*question.arguments) + 0.5 * points(question) * np.log(2 * np.pi))


def slightly_off(question: Question) -> Answer:
    if question.mode == "gradient":
        return right(question)
    return tensors(log_like(*question.arguments) * (1 + 1e-7 * points(question)))


def wrong_gradient(question: Question) -> Answer:
    if question.mode == "value":
        return right(question)
    by_m, by_b, _ = right(question).value
    return Answer((by_m, by_b, tensor(0.0)))


def no_gradient(question: Question) -> Answer:
    if question.mode == "value":
        return right(question)
    return Answer((None, None, right(question).value[2]))


def a_float(question: Question) -> Answer:
    if question.mode == "gradient":
        return Answer.failed("returned", "float: TensorFlow can differentiate only a tensor")
    return Answer(float(right(question).value.values))


def an_axis(question: Question) -> Answer:
    if question.mode == "gradient":
        return right(question)
    return tensors(right(question).value.values[np.newaxis])


def raising(question: Question) -> Answer:
    return Answer.failed("raised", f"ValueError: about {question.arguments[2]}")


ALL = [
    averaged, without_two_pi, slightly_off, wrong_gradient, no_gradient, a_float, an_axis, raising,
]  # fmt: skip


def known(
    *responds: Respond, exercise: Exercise = EXERCISE, questions: list[Question] = QUESTIONS
) -> KnownMistakes:
    mistakes = [KnownMistake(f.__name__, f"{f.__name__}.", 100 + k) for k, f in enumerate(responds)]
    answers = [[respond(question) for question in questions] for respond in (right, *responds)]
    return KnownMistakes.compare(exercise, questions, answers, mistakes, PLAN.truth)


def signature(respond: Respond) -> Signature:
    width = width_of(EXERCISE, QUESTIONS, PLAN.truth)
    answers = [respond(question) for question in QUESTIONS]
    return Signature.of(EXERCISE, QUESTIONS, answers, PLAN.truth, width)


def named(bank: KnownMistakes, respond: Respond) -> str | None:
    mistakes = bank.names([respond(question) for question in bank.questions], PLAN.truth)
    found = bank.find(lambda questions: [respond(q) for q in questions], PLAN.truth)
    assert found == mistakes
    return " or ".join(mistake.slug for mistake in mistakes) or None


def test_no_more_is_asked_than_tells_that_no_mistake_fits() -> None:
    asked: list[Question] = []

    def another(questions: list[Question]) -> list[Answer]:
        asked.extend(questions)
        return [tensors(0.5) for _ in questions]

    assert known(averaged, without_two_pi).find(another, PLAN.truth) == ()
    assert len(asked) < len(QUESTIONS) / 2


@pytest.mark.parametrize("mistake", ALL, ids=[f.__name__ for f in ALL])
def test_each_mistake_is_told_from_all_others(mistake: Respond) -> None:
    assert named(known(*ALL), mistake) == mistake.__name__


@pytest.mark.parametrize("mistake", ALL, ids=[f.__name__ for f in ALL])
def test_a_mistake_that_is_not_in_the_bank_gets_no_other_ones_name(mistake: Respond) -> None:
    others = [other for other in ALL if other is not mistake]
    assert named(known(*others), mistake) is None


def test_a_right_answer_is_no_mistake() -> None:
    assert named(known(*ALL), right) is None
    assert known(*ALL).same_as_solution(signature(right))
    assert not any(known(*ALL).same_as_solution(signature(mistake)) for mistake in ALL)


def test_rounding_does_not_hide_a_mistake() -> None:
    def rounded(question: Question) -> Answer:
        return tensors(*np.nextafter(numbers_of(averaged(question).value), np.inf))

    assert named(known(*ALL), rounded) == "averaged"


def test_mistakes_that_behave_alike_speak_with_one_voice() -> None:
    def averaged_too(question: Question) -> Answer:
        return averaged(question)

    bank = known(averaged_too, averaged, without_two_pi)
    assert bank.groups == [0, 0, 2]
    assert named(bank, averaged) == "averaged_too"


def test_one_more_wrong_answer_in_ten_is_another_mistake() -> None:
    def often_averaged(question: Question) -> Answer:
        return right(question) if points(question) > 2 else averaged(question)

    assert named(known(*ALL), often_averaged) is None


def test_a_mistake_that_comes_in_a_list_is_the_one_that_comes_in_a_tuple() -> None:
    def scale_unwatched(question: Question) -> Answer:
        by_m, by_b, _ = right(question).value
        return Answer((by_m, by_b, None))

    def in_a_list(question: Question) -> Answer:
        return Answer(list(scale_unwatched(question).value))

    def rounded(question: Question) -> Answer:
        by_m, by_b, _ = right(question).value
        return Answer((tensor(by_m.values * (1 + 4e-16)), by_b, None))

    exercise, questions = LINE.exercises["grad_log_like"], PLAN.questions["grad_log_like"]
    bank = known(scale_unwatched, exercise=exercise, questions=questions)
    for respond in (scale_unwatched, in_a_list, rounded):
        assert named(bank, respond) == "scale_unwatched"


def test_a_list_that_cannot_be_differentiated_is_as_good_as_a_tuple() -> None:
    def two_values(question: Question, container: type = tuple) -> Answer:
        if question.mode == "gradient":
            words = f"{container.__name__}: only a tensor can be differentiated"
            return Answer.failed("returned", words)
        return Answer(container((right(question).value, right(question).value)))

    assert named(known(*ALL, two_values), lambda q: two_values(q, list)) == "two_values"


def test_infinities_are_no_one_mistake() -> None:
    def infinite(question: Question) -> Answer:
        return tensors(-np.inf) if question.mode == "value" else right(question)

    def sometimes(question: Question) -> Answer:
        return infinite(question) if question.arguments[4] < 1.0 else without_two_pi(question)

    assert named(known(infinite), sometimes) is None


def test_two_mistakes_that_miss_the_same_derivatives_differ_in_the_one_that_is_there() -> None:
    def another(question: Question) -> Answer:
        if question.mode == "value":
            return no_gradient(question)
        by_s = no_gradient(question).value[2]
        return Answer((None, None, Numbers("tensor", "float64", 2.0 * by_s.values)))

    bank = known(no_gradient, another)
    assert bank.groups == [0, 1]
    assert named(bank, another) == "another"


# ------------------------------------------------------------------ the archive, and what is asked


def test_what_is_written_down_is_read_again_and_names_the_same() -> None:
    bank = known(*ALL)
    data = dump([Answered("of the bank", bank)])
    assert dump([Answered("of the bank", bank)]) == data
    read = load(data, LINE)["log_like"]
    assert read.digest == "of the bank"
    assert [m.slug for m in read.known.mistakes] == [f.__name__ for f in ALL]
    for mistake in ALL:
        assert named(read.known, mistake) == mistake.__name__
    assert dump([read]) == data


@pytest.mark.parametrize("cut", [0, 10, 2000])
def test_bytes_that_are_no_such_file_name_nothing(cut: int) -> None:
    data = dump([Answered("of the bank", known(averaged))])
    assert load(data[:cut], LINE) == {}


def test_an_exercise_that_is_gone_is_left_out() -> None:
    data = dump([Answered("of the bank", known(averaged))])
    others = dataclasses.replace(LINE, exercises={"fit_line": LINE.exercises["fit_line"]})
    assert load(data, others) == {}


def test_questions_are_chosen_that_tell_apart() -> None:
    questions = candidates(PLAN.assignment, EXERCISE, PLAN.truth)

    def wrong_once(question: Question) -> Answer:
        answer = right(question)
        if question is not questions[odd]:
            return answer
        return tensors(*numbers_of(answer.value) + 1.0)

    odd = [k for k, question in enumerate(questions) if question.mode == "value"][7]
    bank = known(wrong_once, questions=questions)  # a mistake that one question in all sees
    places = choose(bank, 3)
    assert odd in places
    assert len(places) == len(set(places))


def test_some_of_the_largest_questions_are_chosen_whatever_they_tell() -> None:
    questions = candidates(PLAN.assignment, EXERCISE, PLAN.truth)
    bank = known(averaged, questions=questions)
    sizes = [numbers_in(questions[k]) for k in choose(bank, 12)]
    largest = sorted((numbers_in(question) for question in questions), reverse=True)
    assert sorted(sizes, reverse=True)[:2] == largest[:2]


# ------------------------------------------------------------------ several, and little evidence


def test_two_mistakes_that_fit_equally_well_are_both_named() -> None:
    """Each is right on one input of the thirty on which the submission is wrong."""

    def doubled(question: Question) -> Answer:
        return tensors(*2.0 * numbers_of(right(question).value))

    def doubled_but(skipped: int) -> Respond:
        def respond(question: Question) -> Answer:
            return right(question) if question is QUESTIONS[skipped] else doubled(question)

        respond.__name__ = f"but_{skipped}"
        return respond

    assert named(known(doubled_but(1), doubled_but(2)), doubled) == "but_1 or but_2"
    assert named(known(*map(doubled_but, (1, 2, 3))), doubled) is None


@pytest.mark.parametrize("constant", [(0.0, 0.0), (2.5, 0.0), (0.0, np.log(np.pi))])
def test_a_log_density_has_the_same_mistake_whatever_its_constant(
    constant: tuple[float, float],
) -> None:
    """One constant for all, or one for each point of the data."""
    at_all, a_point = constant

    def shifted(respond: Respond) -> Respond:
        def respond_(question: Question) -> Answer:
            if question.mode == "gradient":
                return respond(question)
            by = at_all + a_point * points(question)
            return tensors(*numbers_of(respond(question).value) + by)

        return respond_

    density = dataclasses.replace(EXERCISE, up_to_a_constant=True)
    values = [question for question in QUESTIONS if question.mode == "value"]
    bank = known(averaged, slightly_off, exercise=density, questions=values)
    # The instructor's own constant is another one than the truth's, too.
    moved = KnownMistakes.compare(
        density,
        values,
        [[shifted(f)(question) for question in values] for f in (right, averaged, slightly_off)],
        bank.mistakes,
        PLAN.truth,
    )
    for mistakes in (bank, moved):
        assert named(mistakes, shifted(averaged)) == "averaged"
        assert named(mistakes, shifted(slightly_off)) == "slightly_off"
        assert named(mistakes, shifted(right)) is None


@pytest.mark.parametrize(("wrong", "name"), [(2, None), (12, "flipped")])
def test_few_answers_of_yes_or_no_name_no_mistake(wrong: int, name: str | None) -> None:
    """Answers are 0 or 1; the mistake and the submission are wrong on `wrong` inputs."""
    questions = [question for question in QUESTIONS if question.mode == "value"][:24]
    numbers = np.array([[float(k % 2)] for k in range(24)])
    flipped = numbers.copy()
    flipped[:wrong] = 1.0 - flipped[:wrong]
    empty = np.array([""] * 24)
    right_, off = (Signature(values, empty, empty) for values in (numbers, flipped))
    mistake = KnownMistake("flipped", "Flipped.", 1)
    bank = KnownMistakes(
        EXERCISE, questions, right_, [mistake], [off], right_, np.zeros_like(numbers)
    )
    bank.signature = lambda answers, truth: off  # type: ignore[method-assign]
    assert [each.slug for each in bank.names([], PLAN.truth)] == ([name] if name else [])
