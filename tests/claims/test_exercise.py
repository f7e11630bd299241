"""A bad declaration is named with its file, its line, and what to do next."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import strategies as st

from course_lib.claims.exercise import exercise
from course_lib.claims.loading import load
from course_lib.claims.sampling import SamplingPlan
from course_lib.errors import AuthorFault

HEAD = '''
from hypothesis import strategies as st
from course_lib.claims import agree, exercise
X = st.floats(1.0, 2.0)


@exercise(points=1)
def f(x):
    """Twice x: one number."""
    return 2.0 * x
'''
CLAIM = '''

@f.claim(points=1, x=X)
def is_right(student, truth, x):
    """It is twice x."""
    agree(student.f(x), truth(x))
'''


def fault_of(tmp_path: Path, text: str) -> AuthorFault:
    """The one fault of an assignment whose only file is `text`."""
    folder = tmp_path / "assignments" / "01_one"
    folder.mkdir(parents=True)
    (folder / "f.py").write_text(text)
    assignment = load("01_one", tmp_path)
    faults = assignment.faults()
    faults = faults or list(SamplingPlan.draw(assignment, 0).faults.values())
    (fault,) = faults
    assert re.match(r"assignments/01_one/f\.py, line \d+: ", str(fault))
    assert "\n    next: " in str(fault)
    return fault


def line_of(text: str, part: str) -> int:
    return 1 + text[: text.index(part)].count("\n")


def test_a_good_declaration_has_no_fault(tmp_path):
    with pytest.raises(ValueError, match="not enough values"):
        fault_of(tmp_path, HEAD + CLAIM)


CLAIMS = {  # what is wrong, what becomes of the claim, problem, next step
    "no docstring": (
        ('    """It is twice x."""\n', ""),
        "the claim is_right has no docstring",
        "say in one sentence what is true of every right answer",
    ),
    "an empty docstring": (
        ('"""It is twice x."""', '"""  """'),
        "the claim is_right has no docstring",
        "say in one sentence",
    ),
    "no inputs": (
        ("points=1, x=X", "points=1"),
        "the claim is_right has no inputs to be tried on",
        "give it a strategy",
    ),
    "a value for a strategy": (
        ("x=X", "x=1.5"),
        "the claim is_right is given x=float",
        "give it one of hypothesis's strategies",
    ),
    "another argument's name": (
        ("student, truth, x", "student, truth, y"),
        "the claim is_right takes (student, truth, y)",
        "make it take (student, truth, x)",
    ),
    "no truth": (
        ("student, truth, x", "student, x"),
        "the claim is_right takes (student, x)",
        "make it take (student, truth, x)",
    ),
    "an argument too many": (
        ("student, truth, x", "student, truth, x, y"),
        "the claim is_right takes (student, truth, x, y)",
        "make it take (student, truth, x)",
    ),
    "always of another name": (
        ("x=X", 'always=[{"x": 1.0}, {"y": 1.0}], x=X'),
        "one of the inputs in always= of is_right has y",
        "give each of them x",
    ),
    "always of nothing": (
        ("x=X", "always=[{}], x=X"),
        "one of the inputs in always= of is_right has nothing",
        "give each of them x",
    ),
}


@pytest.mark.parametrize("kind", CLAIMS)
def test_a_claim_that_cannot_be_tried_is_named_by_its_line(tmp_path, kind):
    (old, new), problem, step = CLAIMS[kind]
    assert old in CLAIM
    fault = fault_of(tmp_path, HEAD + CLAIM.replace(old, new))
    assert problem in fault.problem
    assert step in fault.next_step
    assert fault.line == line_of(HEAD + CLAIM, "@f.claim")


def test_two_claims_of_one_name_are_named_by_the_second(tmp_path):
    fault = fault_of(tmp_path, HEAD + CLAIM + CLAIM)
    assert fault.problem == "f has two claims called is_right"
    assert (
        fault.line == line_of(HEAD, "@exercise") + (HEAD[HEAD.index("@") :] + CLAIM).count("\n") + 2
    )
    assert fault.next_step == "give each claim a name of its own"


WHOLE = {
    "no claims": (HEAD, "there are no claims about f", "write one: @f.claim(points=…)"),
    "points too few": (
        HEAD + CLAIM.replace("points=1", "points=0.4"),
        "the claims about f share out 0.4 of 1 points",
        "make the points of its claims add up",
    ),
    "points too many": (
        HEAD + CLAIM + CLAIM.replace("is_right", "is_right_too"),
        "the claims about f share out 2 of 1 points",
        "make the points of its claims add up",
    ),
    "no docstring of the truth": (
        HEAD.replace('    """Twice x: one number."""\n', "") + CLAIM,
        "the truth f has no docstring",
        "say what goes in and out, with shapes and units",
    ),
    "no such argument": (
        HEAD.replace("points=1)", 'points=1, differentiable="y")')
        + "\n@f.gradient\ndef _g(x):\n    return [2.0]\n"
        + CLAIM,
        "f has no argument y to be differentiated by",
        "name its arguments in `differentiable`",
    ),
    "no gradient": (
        HEAD.replace("points=1)", 'points=1, differentiable="x")') + CLAIM,
        "f is differentiable, and its truth has no gradient",
        "write one below it: @f.gradient",
    ),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_an_exercise_that_is_not_whole_is_named_by_its_own_line(tmp_path, kind):
    text, problem, step = WHOLE[kind]
    fault = fault_of(tmp_path, text)
    assert (fault.problem, fault.next_step) == (problem, step)
    assert fault.line == line_of(text, "@exercise")


def test_a_class_without_a_docstring_is_named_too(tmp_path):
    text = HEAD.replace(
        'def f(x):\n    """Twice x: one number."""\n    return 2.0 * x\n',
        "class f:\n    def __init__(self, x):\n        self.x = x\n\n"
        "    def twice(self):\n        return 2 * self.x\n",
    ) + CLAIM.replace("student.f(x), truth(x)", "student.f(x).twice(), truth(x).twice()")
    assert fault_of(tmp_path, text).problem == "the truth f has no docstring"


def test_tenths_of_points_add_up(tmp_path):
    tenths = "".join(
        CLAIM.replace("points=1", "points=0.1").replace("is_right", f"is_right_{k}")
        for k in range(10)
    )
    with pytest.raises(ValueError, match="not enough values"):
        fault_of(tmp_path, HEAD + tenths)


def test_a_strategy_that_filters_everything_is_named_by_its_claim(tmp_path):
    text = HEAD + CLAIM.replace("x=X", "x=X.filter(lambda x: x > 3.0)")
    fault = fault_of(tmp_path, text)
    assert "no input of the claim is_right passes its strategy's own filters" in fault.problem
    assert fault.next_step == "filter less, or build what is wanted"
    assert fault.line == line_of(text, "@f.claim")


def test_a_strategy_that_raises_is_named_by_the_line_that_does(tmp_path):
    text = HEAD + "\n\ndef fail(x):\n    raise OSError('no disk')\n" + CLAIM
    text = text.replace("x=X)", "x=X.map(fail))")
    fault = fault_of(tmp_path, text)
    assert "drawing inputs failed (claim is_right of f): OSError: no disk" in fault.problem
    assert fault.line == line_of(text, "raise OSError")


def test_mistakes_are_declared_with_a_sentence_and_a_name_of_their_own():
    @exercise(points=1)
    def f(x):
        """A number."""
        return x

    f.mistake("doubled", "It is twice as large.", "x", "2 * x")
    with pytest.raises(AuthorFault, match="f has two mistakes called doubled"):
        f.mistake("doubled", "It is.", "x", "3 * x")
    with pytest.raises(AuthorFault, match="the mistake halved has no sentence") as fault:
        f.mistake("halved", " ", "x", "x / 2")
    assert fault.value.file.endswith("claims/test_exercise.py")
    assert (
        Path(__file__).read_text().splitlines()[fault.value.line - 1].strip().startswith("f.mist")
    )


def test_a_claims_sentence_is_the_first_paragraph_of_its_docstring():
    @exercise(points=1)
    def f(x):
        """A number."""
        return x

    @f.claim(points=1, x=st.floats())
    def is_right(student, truth, x):
        """It is
        right.

        Why it is is the author's business.
        """

    (claim,) = f.claims
    assert claim.sentence == "It is right."
    assert claim.body is is_right


def test_a_claim_without_inputs_is_tried_once():
    @exercise(points=1, variable=True)
    def answer():
        """A variable of the notebook: 42."""
        return 42

    @answer.claim(points=1)
    def is_right(student, truth):
        """It is 42."""

    assert answer.claims[0].always == ({},)
    assert answer.arguments == ()
