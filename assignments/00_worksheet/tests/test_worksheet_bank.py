"""The worksheet's bank: its files, and the answers of its mistakes, which are kept beside it."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from itertools import combinations

import pytest
from worksheet import ASSIGNMENT, EXERCISES, ROOT, right, tensor

from course_lib.claims.sampling import SamplingPlan
from course_lib.feedback import mistake_archive
from course_lib.feedback.mistake_matching import KnownMistake
from course_lib.feedback.probe_inputs import count
from course_lib.grading.audit.mistake_store import Asked, MistakeStore
from course_lib.grading.course import Course
from course_lib.notebook.dependencies import choose
from course_lib.protocol.questions import Answer, Question

COURSE = Course(ROOT, ASSIGNMENT.name)
PLAN = SamplingPlan.draw(ASSIGNMENT, 0, only=())
BANK = COURSE.bank()
BYTES = COURSE.answers_path.read_bytes()
ANSWERED = mistake_archive.load(BYTES, ASSIGNMENT)
MEMORY = re.compile("remembered|drifting|first_call")


@pytest.fixture
def mistakes() -> MistakeStore:
    found = COURSE.mistakes()
    assert found is not None
    return found


def test_it_has_no_fault() -> None:
    assert BANK.faults == ()


def test_each_exercise_has_at_least_twelve_mistakes_and_six_right_answers() -> None:
    mistakes = Counter(entry.exercise for entry in BANK.mistakes)
    alternatives = Counter(entry.exercise for entry in BANK.alternatives)
    assert min(mistakes[name] for name in EXERCISES) >= 12
    assert min(alternatives[name] for name in EXERCISES) >= 6


def test_each_mistake_has_a_sentence_of_its_own() -> None:
    sentences = Counter((entry.exercise, entry.sentence) for entry in BANK.mistakes)
    assert [said for said, times in sentences.items() if times > 1] == []
    assert [e.name for e in BANK.mistakes if e.sentence[-1:] not in (".", "?")] == []


def test_no_sentence_quotes_the_solution() -> None:
    for entry in BANK.mistakes:
        for giveaway in ("tf.reduce_sum(", "tf.exp(", "-1.5", "integrated_time(chain)"):
            assert giveaway not in entry.sentence, entry.name


# ------------------------------------------------------------------ the file of answers


def test_it_is_of_this_bank_and_these_solutions(mistakes: MistakeStore) -> None:
    assert mistakes.stale(PLAN) == [], "Next: course audit 00_worksheet, and commit the file"


def test_a_changed_mistake_makes_its_exercise_stale_and_no_other(mistakes: MistakeStore) -> None:
    first, *others = mistakes.entries
    changed = dataclasses.replace(first, source=first.source + "\n# seen\n")
    edited = dataclasses.replace(mistakes, entries=(changed, *others), _read=None)
    assert edited.stale(PLAN) == [first.exercise]
    assert edited.known(PLAN, first.exercise) is None
    assert edited.known(PLAN, others[-1].exercise) is not None


def test_the_same_contents_are_the_same_bytes() -> None:
    assert mistake_archive.dump(mistake_archive.load(BYTES, ASSIGNMENT).values()) == BYTES


@pytest.mark.parametrize("exercise", EXERCISES)
def test_each_mistake_is_told_from_the_solution_and_from_all_that_behave_otherwise(
    exercise: str,
) -> None:
    known = ANSWERED[exercise].known
    assert len(known.questions) <= count(known)
    assert not [
        m.slug for m, of in zip(known.mistakes, known.of, strict=True) if known.same_as_solution(of)
    ]
    speakers = sorted(set(known.groups))
    assert len(speakers) >= len(known.mistakes) - 2  # a stale tape, a fit that never starts
    for one, other in combinations(speakers, 2):
        assert known.apart(known.of[one], known.of[other]).any()


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_solution_kept_is_right(exercise: str) -> None:
    known = ANSWERED[exercise].known
    assert known.same_as_solution(known.solution)


def test_a_derivative_that_is_none_is_named_in_a_tuple_and_in_a_list() -> None:
    def forgotten(question: Question) -> Answer:
        by_m, by_b, _ = right(question).value
        return Answer((by_m, by_b, None))

    def in_a_list(question: Question) -> Answer:
        return Answer(list(forgotten(question).value))

    def rounded(question: Question) -> Answer:
        by_m, by_b, _ = forgotten(question).value
        return Answer((tensor(by_m.values * (1 + 4e-16)), by_b, None))

    known = ANSWERED["grad_log_like"].known
    for respond in (forgotten, in_a_list, rounded):
        found = known.names([respond(question) for question in known.questions], PLAN.truth)
        assert [mistake.slug for mistake in found] == ["scale_unwatched"]


@pytest.mark.slow
@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_mistakes_answer_so_here_too(
    exercise: str, mistakes: MistakeStore, fork_server
) -> None:
    """What another machine wrote down is what this one computes, to what naming allows for.

    What a function with a memory answers depends on all that it was asked before, which was more
    when the answers were written.
    """
    known = ANSWERED[exercise].known
    asked = process(fork_server, exercise)
    speakers = {
        mistake.slug: known.mistakes[speaker].slug
        for mistake, speaker in zip(known.mistakes, known.groups, strict=True)
        if not MEMORY.search(mistake.slug)
    }
    sources = {e.slug: e.source for e in mistakes.entries if e.exercise == exercise}
    names = {slug: named(asked, exercise, sources[slug]) for slug in speakers}
    asked.close()
    assert {slug: name.slug if name else "" for slug, name in names.items()} == speakers


# ------------------------------------------------------------------ in other words


def process(fork_server, exercise: str) -> Asked:
    """The instructor's notebook in a process of its own, ready for other cells of `exercise`."""
    own = COURSE.solutions.cell(exercise).source
    cells = choose(COURSE.solutions.cells, set(EXERCISES)).run
    return Asked(fork_server, cells, own, ANSWERED[exercise].known.questions, {})


def named(asked: Asked, exercise: str, source: str) -> KnownMistake | None:
    found = ANSWERED[exercise].known.names(asked.of(source), PLAN.truth)
    return found[0] if len(found) == 1 else None


REWRITTEN = {
    "tf_log_like/numpy_log": """
def tf_log_like(x, y, m, b, s):
    model = m * x + b
    return -0.5 * tf.reduce_sum(((y - model) / s) ** 2 + np.log(2 * np.pi * s**2))
""",
    "tf_log_like/missing_two_pi": """
def tf_log_like(x, y, m, b, s):
    off = tf.add(b, tf.multiply(m, x)) - y
    return -tf.reduce_sum(tf.square(off) / (2 * s * s) + tf.math.log(s))
""",
    "tf_log_like/mean_for_sum": """
def tf_log_like(x, y, m, b, s):
    terms = -0.5 * tf.square((y - (b + m * x)) / s) - tf.math.log(s) - 0.5 * np.log(2 * np.pi)
    return tf.reduce_mean(terms)
""",
    "tf_log_like/wrong_sign": """
def tf_log_like(x, y, m, b, s):
    n = tf.cast(tf.size(x), T)
    rest = tf.reduce_sum((y - m * x - b) ** 2)
    return 0.5 * rest / s**2 + 0.5 * n * np.log(2 * np.pi) + n * tf.math.log(s)
""",
}


@pytest.fixture(scope="module")
def asked(fork_server):
    running = process(fork_server, "tf_log_like")
    yield running
    running.close()


@pytest.mark.parametrize("name", REWRITTEN)
def test_in_other_words_it_is_the_same_mistake(asked: Asked, name: str) -> None:
    exercise, _, slug = name.partition("/")
    mistake = named(asked, exercise, REWRITTEN[name])
    assert mistake is not None and mistake.slug == slug


def test_the_solution_in_other_words_is_no_mistake(asked: Asked) -> None:
    right_ = REWRITTEN["tf_log_like/numpy_log"].replace("np.log", "tf.math.log")
    assert named(asked, "tf_log_like", right_) is None
