"""What an exercise and a claim are, and how an author writes them.

The truth is the declaration: its name and arguments are the student's, and what it returns is what
an answer looks like. A claim is a sentence that is true of every right answer, written as a
property over inputs that hypothesis draws:

    # assignments/01_pendulum/leapfrog.py
    @exercise(points=4)
    def leapfrog(grad, q, p, step, n):
        '''Position and momentum, each [d], after `n` leapfrog steps of size `step`.'''
        ...
        return q, p

    @leapfrog.claim(points=1, gate=True, orbit=ORBITS)
    def follows_the_orbit(student, truth, orbit):
        '''The pendulum is where n leapfrog steps lead.'''
        agree(student.leapfrog(*orbit), truth(*orbit), tolerance=1e-12)

    leapfrog.mistake("one_step_short", "It is one step short.", "range(n)", "range(n - 1)")

Bodies do not draw, and ask the student before they compute, so that all questions are sent at once.
A claim asks the truth through `truth`, about its inputs only, so that its needs can be recorded.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import hypothesis
import numpy as np
from hypothesis import Verbosity
from hypothesis.strategies import SearchStrategy

from course_lib.claims.faults import Place
from course_lib.claims.reproducible_draws import reproducible_draws
from course_lib.errors import AuthorFault
from course_lib.protocol.questions import Question, Step, Takes
from course_lib.protocol.values import as_argument

Body = Callable[..., None]
Inputs = dict[str, Any]

reproducible_draws()
SETTINGS = hypothesis.settings(
    deadline=None,  # the grader's own clock decides
    database=None,  # a run leaves nothing behind and depends on nothing but its seed
    max_examples=10,
    report_multiple_bugs=False,
    suppress_health_check=list(hypothesis.HealthCheck),
)
ANSWERS_CLOSE = (
    1e-7  # relative: what is computed is right to rounding, at its worst by half its digits
)


@dataclass(frozen=True, eq=False)
class Claim:
    """One sentence about one exercise. `body(student, truth, **inputs)` raises where it fails."""

    exercise: Exercise
    name: str
    sentence: str
    points: float
    gate: bool
    relative: bool
    draws: int
    always: tuple[Inputs, ...]
    strategies: Mapping[str, SearchStrategy[Any]]
    body: Body
    place: Place

    @property
    def sharing(self) -> list[Claim]:
        """The exercise's claims that are given the very same strategy objects, this one among them.

        They draw the same inputs, so that a question is put once for all of them.
        """
        return [
            other
            for other in self.exercise.claims
            if other.strategies.keys() == self.strategies.keys()
            and all(other.strategies[name] is self.strategies[name] for name in self.strategies)
        ]

    def test(
        self,
        body: Body,
        *,
        seed: int | None = None,
        draws: int | None = None,
        phases: tuple[hypothesis.Phase, ...] = tuple(hypothesis.Phase),
        always: bool = True,
    ) -> Body:
        """`body` as a hypothesis test over this claim's inputs, the `always` ones first.

        With a seed it is the grader's, which shows what fails in a verdict: it prints nothing.
        """
        if not self.strategies:
            return functools.partial(_each, body, self.always if always else ())
        test: Body = hypothesis.given(**self.strategies)(body)
        for inputs in reversed(self.always if always else ()):
            test = hypothesis.example(**inputs)(test)
        if seed is not None:
            test = hypothesis.seed(seed)(test)
        settings = hypothesis.settings(
            SETTINGS,
            max_examples=draws or self.draws,
            phases=phases,
            verbosity=Verbosity.normal if seed is None else Verbosity.quiet,
        )
        return settings(test)


@dataclass(frozen=True)
class Mistake:
    """A known mistake that is one change of the notebook's solution: `old` becomes `new`.

    sentence: what a student with this mistake reads, an observation first, then where to look.
    """

    slug: str
    sentence: str
    old: str
    new: str
    place: Place


@dataclass(frozen=True)
class GradedHints:
    """Hints for students who ask, from a nudge to nearly all; and the heading to read again."""

    texts: tuple[str, ...] = ()
    paragraph: str = ""


@dataclass(eq=False)
class Exercise:
    """One graded function, class or variable: its truth, and the claims about it, in their order.

    takes: "tensors" hands every number and array over as a float64 tensor; "arrays" hands values
    over as they are.
    differentiable: the arguments with respect to which TensorFlow must find derivatives, which
    `gradient` gives beside the truth.
    up_to_a_constant: a right answer may add one of its author's, the same for all parameters.
    approximate: how far, relatively, a right answer may be from the truth, where it searches or
    estimates; explanations call an answer right within it. None: it computes, to rounding.
    unique: whether the truth is the only right answer. It is not for a random function or a figure:
    then no explanation compares a student's numbers with the truth's.
    slow: an answer costs a hundred times what an ordinary one does, so fewer are asked for words.
    variable: it is a variable of the notebook, of which the truth (without arguments) is the value.
    parts: what the numbers of an answer belong to, in order, such as the parameters of a fit.
    """

    name: str
    points: float
    truth: Callable[..., Any]
    takes: Takes = "arrays"
    differentiable: tuple[str, ...] = ()
    up_to_a_constant: bool = False
    approximate: float | None = None
    unique: bool = True
    slow: bool = False
    variable: bool = False
    parts: tuple[str, ...] = ()
    place: Place = field(default_factory=lambda: Place("", 0))
    gradient_truth: Callable[..., Any] | None = None
    claims: list[Claim] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    hints: list[Callable[..., str]] = field(default_factory=list)
    late_hints: list[Callable[..., str]] = field(default_factory=list)
    graded_hints: GradedHints = GradedHints()
    features: list[Callable[..., Iterable[tuple[str, float]]]] = field(default_factory=list)
    factors: list[Callable[..., Iterable[tuple[str, float]]]] = field(default_factory=list)
    counterfactuals: list[tuple[str, Callable[..., Any]]] = field(default_factory=list)
    pictures: list[Callable[..., Any]] = field(default_factory=list)
    probes: Callable[[np.random.Generator], tuple[Any, ...]] | None = None

    @functools.cached_property
    def arguments(self) -> tuple[str, ...]:
        """The names of the truth's arguments."""
        return tuple(inspect.signature(self.truth).parameters) if not self.variable else ()

    @property
    def makes_objects(self) -> bool:
        """Whether it is a class."""
        return isinstance(self.truth, type)

    @property
    def close(self) -> float:
        """Within which, relatively, an answer counts as right in explanations."""
        return ANSWERS_CLOSE if self.approximate is None else self.approximate

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """The truth, for other truths that build on it."""
        return self.truth(*arguments, **named)

    def gradient(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Register the derivatives of the truth: a part for each of `differentiable`, in order.

        Each has its argument's shape; an array of numbers has a part for each number.
        """
        self.gradient_truth = function
        return function

    def claim(
        self,
        *,
        points: float,
        gate: bool = False,
        relative: bool = False,
        draws: int = 10,
        always: Iterable[Inputs] = (),
        **strategies: SearchStrategy[Any],
    ) -> Callable[[Body], Body]:
        """Register a body `NAME(student, truth, **inputs)` as a claim.

        gate: nothing of this exercise earns a point unless this claim holds. A gate says what an
        answer must do to be recognisable at all, so that nonsense (a constant, the input, zero)
        earns nothing whatever symmetries it happens to have.
        draws: how many inputs; every one costs each submission a question or more, so there are as
        many as tell the bank's mistakes apart, and a gate is not passed by chance.
        relative: what is expected follows from the student's own other answers, and is said so.
        always: inputs that are tried every time, before the drawn ones.
        A claim without inputs, about a variable for instance, is tried once.
        Raises AuthorFault for a claim without a sentence or without inputs, or whose arguments are
        not the inputs' names.
        """

        def register(body: Body) -> Body:
            place, always_ = Place.of(body), tuple(always)
            if not strategies and not always_ and _inputs_of(body) == []:
                always_ = ({},)
            _check_claim(body, place, strategies, always_)
            sentence = inspect.cleandoc(body.__doc__ or "").partition("\n\n")[0]
            claim = Claim(
                self,
                body.__name__,
                " ".join(sentence.split()),
                points,
                gate,
                relative,
                draws,
                always_,
                strategies,
                body,
                place,
            )
            if any(other.name == claim.name for other in self.claims):
                problem = f"{self.name} has two claims called {claim.name}"
                raise place.fault(problem, "give each claim a name of its own")
            self.claims.append(claim)
            return body

        return register

    def mistake(self, slug: str, sentence: str, old: str, new: str) -> None:
        """Register a known mistake that is one change of the notebook's solution.

        `old` must stand in the solution exactly once; `course build` says where it does not.
        """
        place = Place.of_caller()
        if not sentence.strip():
            problem = f"the mistake {slug} has no sentence for students"
            raise place.fault(problem, "say in one sentence what is seen and where to look")
        if any(other.slug == slug for other in self.mistakes):
            problem = f"{self.name} has two mistakes called {slug}"
            raise place.fault(problem, "give each mistake a name of its own")
        self.mistakes.append(Mistake(slug, sentence, old, new, place))

    def hint(self, explain: Callable[..., str], *, late: bool = False) -> None:
        """Register an explanation that only this subject has; see `feedback.explain`.

        late: asked after the engine's own ways of saying where an answer goes wrong.
        """
        (self.late_hints if late else self.hints).append(explain)

    def asked_hints(self, *texts: str, paragraph: str = "") -> None:
        """Write the hints that `hint(f)` shows, one more each time: from a nudge on.

        paragraph: the heading in the notebook under which to read again, without its #. None of
        them says the solution. Raises AuthorFault where there is no text.
        """
        if not texts or not all(text.strip() for text in texts):
            problem = f"{self.name} has a hint without words"
            raise Place.of_caller().fault(problem, "write what to look at, or leave it out")
        self.graded_hints = GradedHints(tuple(" ".join(t.split()) for t in texts), paragraph)

    def question(self, *arguments: Any) -> Question:
        """The question for its value."""
        do = "variable" if self.variable else "call"
        step = Step(do, self.name, tuple(map(as_argument, arguments)))  # type: ignore[arg-type]
        return Question((step,), self.takes)

    def gradient_question(self, *arguments: Any) -> Question:
        """The question for its derivatives, which TensorFlow takes in the student's process."""
        by = tuple(self.arguments.index(name) for name in self.differentiable)
        step = Step("gradient", self.name, tuple(map(as_argument, arguments)), by=by)
        return Question((step,), self.takes)

    def faults(self) -> list[AuthorFault]:
        """All that is wrong with it as a whole; each names the file and the line."""
        found = self.preventing()
        if not inspect.getdoc(self.truth):
            problem = f"the truth {self.name} has no docstring"
            step = "say what goes in and out, with shapes and units"
            found.append(self.place.fault(problem, step))
        return found

    def preventing(self) -> list[AuthorFault]:
        """What is wrong with it so that nobody's answer can be judged."""
        found = []
        if not self.claims:
            problem = f"there are no claims about {self.name}"
            found.append(self.place.fault(problem, f"write one: @{self.name}.claim(points=…)"))
        shared = sum(claim.points for claim in self.claims)
        if (
            self.claims and abs(shared - self.points) > 1e-9
        ):  # sums of quarters and tenths, in floats
            problem = f"the claims about {self.name} share out {shared:g} of {self.points:g} points"
            found.append(self.place.fault(problem, "make the points of its claims add up"))
        unknown = [name for name in self.differentiable if name not in self.arguments]
        if unknown:
            problem = f"{self.name} has no argument {', '.join(unknown)} to be differentiated by"
            found.append(self.place.fault(problem, "name its arguments in `differentiable`"))
        if self.differentiable and self.gradient_truth is None:
            problem = f"{self.name} is differentiable, and its truth has no gradient"
            found.append(self.place.fault(problem, f"write one below it: @{self.name}.gradient"))
        return found


def exercise(
    *,
    points: float,
    takes: Takes = "arrays",
    differentiable: str = "",
    up_to_a_constant: bool = False,
    approximate: float | None = None,
    unique: bool = True,
    slow: bool = False,
    variable: bool = False,
    parts: str = "",
) -> Callable[[Callable[..., Any]], Exercise]:
    """Make a NumPy truth an exercise; the options are `Exercise`'s.

    differentiable, parts: names with spaces between. variable: the answer is a variable of
    the notebook; the truth takes no arguments and returns its value.
    """

    def declare(truth: Callable[..., Any]) -> Exercise:
        return Exercise(
            truth.__name__,
            float(points),
            truth,
            takes,
            tuple(differentiable.split()),
            up_to_a_constant,
            approximate,
            unique,
            slow,
            variable,
            tuple(parts.split()),
            Place.of(truth),
        )

    return declare


def _each(body: Body, inputs: Iterable[Inputs]) -> None:
    for one in inputs:
        body(**one)


def _inputs_of(body: Body) -> list[str]:
    """The names of the inputs that a claim's body takes, after `student` and `truth`."""
    return list(inspect.signature(body).parameters)[2:]


def _check_claim(
    body: Body, place: Place, strategies: Mapping[str, Any], always: tuple[Inputs, ...]
) -> None:
    name = body.__name__
    if not (body.__doc__ or "").strip():
        problem = f"the claim {name} has no docstring, so there is nothing to tell a student"
        raise place.fault(problem, "say in one sentence what is true of every right answer")
    if not strategies and not always:
        problem = f"the claim {name} has no inputs to be tried on"
        raise place.fault(problem, "give it a strategy, such as x=st.floats(), or always=[{…}]")
    for given, strategy in strategies.items():
        if not isinstance(strategy, SearchStrategy):
            problem = f"the claim {name} is given {given}={type(strategy).__name__}"
            raise place.fault(problem, "give it one of hypothesis's strategies, or always=[{…}]")
    expected = set(strategies) or set(always[0])
    parameters = list(inspect.signature(body).parameters)
    if parameters[:2] != ["student", "truth"] or set(parameters[2:]) != expected:
        takes = ", ".join(["student", "truth", *sorted(expected)])
        problem = f"the claim {name} takes ({', '.join(parameters)})"
        raise place.fault(problem, f"make it take ({takes}): the inputs by their names")
    for inputs in always:
        if set(inputs) != expected:
            problem = f"one of the inputs in always= of {name} has {', '.join(inputs) or 'nothing'}"
            raise place.fault(problem, f"give each of them {', '.join(sorted(expected))}")
