"""A question is carried out step by step; whatever goes wrong is an answer that says so."""

from __future__ import annotations

import matplotlib
import numpy as np
import pytest

from course_lib.protocol.perform import KEPT, MOST_ASKED, perform
from course_lib.protocol.questions import Question, Step
from course_lib.protocol.values import Callback, Ref, Seed, as_value, natural

matplotlib.use("Agg")


class Counter:
    def __init__(self, start):
        self.total = start

    def add(self, number):
        self.total += number
        return self.total

    def twin(self):
        return Counter(self.total)

    def plus(self, other):
        return self.total + other.total


def raises():
    raise ValueError("no")


def leaves():
    raise SystemExit(3)


class Silent(Exception):
    def __str__(self):
        raise RuntimeError


def silent():
    raise Silent


def endless_list():
    found: list = []
    found.append(found)
    return found


HERE = {
    "Counter": Counter,
    "raises": raises,
    "leaves": leaves,
    "silent": silent,
    "endless_list": endless_list,
    "same": lambda x: x,
    "draw": lambda rng: rng.random(),
    "spoil": lambda x: x.fill(0) or x,
    "twice": lambda f, x: f(f(x)),
    "first": lambda pair, x: pair[0](x),
    "under": lambda named, x: named["f"](x),
    "often": lambda f, n: [f(0.0) for _ in range(n)][-1],
    "number": 3,
}
MAKE = Step("call", "Counter", (3,))


def ask(*steps: Step, takes="arrays"):
    return perform(HERE, Question(steps, takes))


def test_each_kind_of_step_gives_its_value():
    assert ask(Step("call", "same", (3,))).value == 3
    assert ask(Step("variable", "number")).value == 3
    assert ask(MAKE, Step("method", "add", (2,), of=0)).value == 5
    assert ask(MAKE, Step("attribute", "total", (), of=0)).value == 3


def test_a_step_uses_what_earlier_ones_made():
    add = Step("method", "add", (2,), of=0)
    twin = Step("method", "twin", (), of=0)
    assert ask(MAKE, add, add).value == 7
    assert ask(MAKE, twin, add, Step("attribute", "total", (), of=1)).value == 3
    assert ask(MAKE, twin, Step("method", "plus", (Ref(1),), of=0)).value == 6


@pytest.mark.parametrize(
    ("steps", "kind", "said"),
    [
        ([Step("call", "Count")], "missing", "no function Count in the notebook; did you"),
        ([Step("variable", "numbre")], "missing", "no variable numbre in the notebook; did"),
        ([Step("call", "number")], "missing", "number is of type int, not a function"),
        ([Step("call", "raises")], "raised", "ValueError: no"),
        ([Step("call", "leaves")], "raised", "SystemExit: 3"),
        ([Step("call", "silent")], "raised", "Silent"),
        ([Step("call", "same", (1, 2))], "raised", "TypeError"),
        ([MAKE, Step("method", "sub", (1,), of=0)], "raised", "has no attribute 'sub'"),
        ([MAKE, Step("attribute", "all", (), of=0)], "raised", "has no attribute 'all'"),
        ([MAKE], "returned", "something that cannot be compared (Counter)"),
        ([Step("variable", "same")], "returned", "a function: is there a pair of parenthe"),
        ([Step("call", "endless_list")], "returned", "something that cannot be compared (list)"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[-1].name,
)  # fmt: skip
def test_what_goes_wrong_is_an_answer(steps, kind, said):
    answer = ask(*steps)
    assert answer.value is None
    assert answer.error.kind == kind
    assert said in answer.error.message


def test_what_a_function_does_to_its_input_stays_there_and_is_said():
    x = np.ones(2)
    answer = ask(Step("call", "spoil", (x,)))
    assert answer.error is not None and answer.error.kind == "changed"
    assert x.tolist() == [1, 1]


def test_a_seed_is_a_new_generator_each_time():
    step = Step("call", "draw", (Seed(7),))
    assert natural(ask(step).value) == natural(ask(step).value) == np.random.default_rng(7).random()


def test_callbacks_are_called_wherever_they_stand_in_the_arguments():
    def double(x):
        return 2 * x

    one = as_value(double)
    assert ask(Step("call", "twice", (one, 3.0))).value == 12.0
    for name, held in (("first", (one,)), ("first", [one]), ("under", {"f": one})):
        answer = ask(Step("call", name, (held, 3.0)))
        assert (answer.value, answer.count) == (6.0, 1)
        assert answer.asked == ((3.0,),)


def test_calls_are_counted_and_the_first_are_kept():
    answer = ask(Step("call", "often", (Callback.of(abs), KEPT + 5)))
    assert answer.count == KEPT + 5
    assert len(answer.asked) == KEPT


def test_no_function_is_called_without_an_end():
    answer = ask(Step("call", "often", (Callback.of(abs), MOST_ASKED + 1)))
    assert answer.error.kind == "raised"
    assert "called more than 100,000 times" in answer.error.message


def test_an_argument_of_another_kind_is_refused_where_it_is_asked():
    answer = perform({"f": lambda g: g({1, 2})}, Question.call("f", (Callback.of(abs),)))
    assert (answer.error.kind, answer.count) == ("raised", 0)
    assert "CannotCross: set" in answer.error.message


def test_figures_are_closed_after_the_question_and_others_stay():
    from matplotlib import pyplot

    def draw():
        pyplot.figure()
        pyplot.plot([1, 2])
        return pyplot.gcf()

    others = pyplot.get_fignums()  # of tests that ran before in this process
    before = pyplot.figure().number
    answer = perform({"draw": draw}, Question.call("draw", ()))
    assert len(answer.value.axes[0].artists) == 1
    assert pyplot.get_fignums() == [*others, before]
    pyplot.close(before)
