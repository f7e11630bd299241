"""Slips that are plain from the code or from Python's own words; they are looked at first.

    stumble(result, code)     # "Its arguments stand in another order, (k, q): …"

A sentence is said only if the code and what came back both bear it out: a function whose order of
arguments is another one is told so where it fails, and a missing `return` where None came back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from course_lib.claims.exercise import Exercise
from course_lib.claims.failures import CallFailed
from course_lib.claims.judging import Result
from course_lib.feedback.errors_in_words import kind_of
from course_lib.notebook.code import STUB, Code
from course_lib.protocol.questions import Answer, CallError, Question
from course_lib.protocol.values import Table

IN_FUNCTION = re.compile(r"^line \d+ of (\w+):", re.MULTILINE)  # as `own_lines` writes them
OPTIMISERS_RESULT = {"x", "success", "message"}  # some of what SciPy's optimisers return

# What TensorFlow 1, of 2018, had, and where it went.
_SESSIONS = (
    "Session",
    "InteractiveSession",
    "placeholder",
    "global_variables_initializer",
    "get_default_session",
    "get_variable",
    "variable_scope",
)
_MOVED = {
    "log": "tf.math.log",
    "lgamma": "tf.math.lgamma",
    "log1p": "tf.math.log1p",
    "erf": "tf.math.erf",
    "cumprod": "tf.math.cumprod",
    "div": "tf.math.divide",
    "random_normal": "tf.random.normal",
    "random_uniform": "tf.random.uniform",
    "matrix_inverse": "tf.linalg.inv",
    "matrix_solve": "tf.linalg.solve",
    "to_float": "tf.cast",
    "to_double": "tf.cast",
    "gradients": "tf.GradientTape",
}
_NO_ATTRIBUTE = re.compile(r"module 'tensorflow' has no attribute '(\w+)'")
_ONE_SET = re.compile(r"GradientTape.{0,60}can only be used|non-persistent.{0,20}Tape", re.DOTALL)
_NOT_A_PAIR = re.compile(
    r"object is not subscriptable|cannot unpack non-iterable|object is not iterable|"
    r"invalid index to scalar variable|too many indices|has no len\(\)"
)
_REFUSED = re.compile(
    r"TypeError: (?P<name>[\w.<>]+)\(\) (takes|missing|got).*?argument"
    r"(.* but (?P<given>\d+) (was|were) given)?"
)
_NONE_USED = re.compile(r"TypeError: unsupported operand type\(s\) for (\S+): .*'NoneType'")


@dataclass(frozen=True)
class Seen:
    """What the sentences look at: the code, the answers to calls, and the errors among them."""

    exercise: Exercise
    code: Code
    answers: tuple[tuple[Question, Answer], ...]
    errors: tuple[CallError, ...]
    answers_at_times: bool = False  # something else than None came back from some call

    @classmethod
    def of(cls, result: Result, code: Code) -> Seen:
        """Gather them from a result."""
        failures = [claim.failure for claim in result.claims if claim.failure is not None]
        errors = [f.wrong.error for f in failures if isinstance(f.wrong, CallFailed)]
        questions = {f.question.key: f.question for f in failures if f.question is not None}
        pairs = ((q, result.answers.get(q.key)) for q in questions.values())
        answers = tuple((q, a) for q, a in pairs if a is not None)
        came = any(a.error is None and a.value is not None for a in result.answers.values())
        return cls(result.exercise, code, answers, tuple(errors), came)

    @property
    def raised(self) -> tuple[CallError, ...]:
        """The errors that the function raised."""
        return tuple(error for error in self.errors if error.kind == "raised")


def stumble(result: Result, code: Code) -> str:
    """One sentence on the first slip that is plain; "" where there is none."""
    if result.status not in ("failed", "error"):
        return ""
    seen = Seen.of(result, code)
    return next((said for look in _LOOKS if (said := look(seen))), "")


def another_order(seen: Seen) -> str:
    """Whether its arguments have the right names in another order, or are too many or too few."""
    due, mine = seen.exercise.arguments, seen.code.parameters
    if mine is None or seen.exercise.variable or mine == due:
        return ""
    called = f"it is called with {_listed(due)}, in this order"
    if sorted(mine) == sorted(due):
        return f"Its arguments stand in another order, {_listed(mine)}: {called}."
    if not seen.code.needed <= len(due) <= len(mine):
        return (
            f"It takes {_counted(len(mine))}, {_listed(mine)}, and {called}. Keep the first line "
            "that the cell came with."
        )
    return ""


def does_not_fit(seen: Seen) -> str:
    """A call that Python refused before a line of the function ran: the arguments do not fit."""
    due = seen.exercise.arguments
    if not any(_is_refused(error, seen.exercise.name, len(due)) for error in seen.raised):
        return ""
    return (
        f"It is called with {_counted(len(due))}, {_listed(due)}, and your "
        f"{kind_of(seen.exercise)} does not take these: keep the first line that the cell came "
        "with."
    )


def _is_refused(error: CallError, name: str, count: int) -> bool:
    """Whether it was this function's own call: by its name, or by the number of arguments."""
    found = _REFUSED.match(error.message)
    if found is None or error.lines:
        return False
    given = found["given"]
    return found["name"].rpartition(".")[2] == name or (given is not None and int(given) == count)


def left_over(seen: Seen) -> str:
    """The released `raise NotImplementedError` still stands there, or in a function it calls."""
    stopped = [error for error in seen.raised if error.message.startswith(STUB)]
    if not stopped:
        return ""
    inside = IN_FUNCTION.findall(stopped[0].lines)
    where = inside[-1] if inside else seen.exercise.name
    if where != seen.exercise.name and not seen.exercise.makes_objects:
        return f"It calls {where}, which still raises {STUB}: write {where} first."
    if seen.code.left_over:
        return (
            f"The line `raise {STUB}()` that the cell came with is still in it, so it stops there: "
            "delete that line."
        )
    return ""


def returns_nothing(seen: Seen) -> str:
    """None came back: is there a `return`, and code at all?"""
    if not any(_is_none(answer) for _, answer in seen.answers):
        return ""
    methods = [q.steps[-1].name for q, a in seen.answers if _is_none(a) and not q.simple]
    method = methods[0] if seen.exercise.makes_objects and methods else None
    body, owner = seen.code.body(method), f"its method `{method}`" if method else "it"
    if body is None:
        return ""
    if not body:
        return f"There is nothing in {owner} but a docstring: the code below it is yours to write."
    if seen.code.returns(method):
        return _none_returned(seen)
    if seen.code.prints(method):
        return "It prints its result; `return` it instead, so that others can use it."
    return f"There is no `return` with a value in {owner}, so what it computes is lost."


def _none_returned(seen: Seen) -> str:
    """There is a `return`, and what stands behind it is None, or it is not reached."""
    if seen.answers_at_times:
        return (
            "On some inputs it returns None: either no `return` is reached (a loop that runs zero "
            "times, an `if` that does not hold), or what is returned is still None there."
        )
    if re.search(r"\.(gradient|jacobian|batch_jacobian)\(", seen.code.source):
        return (
            "There is a `return`, and what it returns is None. A tape answers None for what it did "
            "not see: all between what you differentiate by and the result has to happen inside "
            "the tape, with tensors that it watches."
        )
    return "There is a `return`, and what it returns is None: look at how that was made."


def removed_from_tensorflow(seen: Seen) -> str:
    """Names of TensorFlow 1, which 2018's pages and books have."""
    for error in seen.raised:
        found = _NO_ATTRIBUTE.search(error.message)
        if found is None:
            continue
        if found[1] in _SESSIONS:
            return (
                f"`tf.{found[1]}` is of TensorFlow 1 (2018). Operations run at once now: there are "
                "no sessions and no placeholders, and a tensor has its value already."
            )
        if found[1] in _MOVED:
            return f"`tf.{found[1]}` is of TensorFlow 1 (2018); now it is `{_MOVED[found[1]]}`."
    return ""


def tape_asked_twice(seen: Seen) -> str:
    """More than one `tape.gradient` of one tape."""
    if not any(_ONE_SET.search(error.message) for error in seen.raised):
        return ""
    return (
        "A tape answers `tape.gradient` once: ask for all derivatives in one call, with a list of "
        "them, or make the tape persistent."
    )


def jacobian_promised(seen: Seen) -> str:
    """`jac=True`, and an objective that returns a value alone."""
    if not seen.code.gives("jac", True):
        return ""
    if not any(_NOT_A_PAIR.search(error.message) for error in seen.raised):
        return ""
    return (
        "`jac=True` says that the function which is minimised returns two things, its value and "
        "its gradient; here it returns one."
    )


def whole_result(seen: Seen) -> str:
    """What an optimiser returns, in place of what it found."""
    for _, answer in seen.answers:
        if isinstance(answer.value, dict) and set(answer.value) >= OPTIMISERS_RESULT:
            return (
                "It returns all that the optimiser reports; the numbers that were found are one "
                "part of that, called `x`."
            )
        error = answer.error
        if error is not None and error.kind == "returned" and "OptimizeResult" in error.message:
            return (
                "It returns all that the optimiser reports; the numbers that were found are one "
                "part of that, called `x`."
            )
    return ""


def none_used(seen: Seen) -> str:
    """Arithmetic with None."""
    if not any(_NONE_USED.search(error.message) for error in seen.raised):
        return ""
    return "One of two things that are put together there is None: what made it returned nothing."


_LOOKS: tuple[Callable[[Seen], str], ...] = (
    another_order,
    does_not_fit,
    left_over,
    returns_nothing,
    removed_from_tensorflow,
    tape_asked_twice,
    jacobian_promised,
    whole_result,
    none_used,
)


def other_case(due: object, came: object) -> str:
    """Names in a dict or a table that differ in upper and lower case alone."""
    if not isinstance(due, dict | Table) or not isinstance(came, dict | Table):
        return ""
    lower = {str(name).lower(): str(name) for name in came}
    pairs = [
        (str(n), lower[str(n).lower()]) for n in due if n not in came and str(n).lower() in lower
    ]
    return " ".join(
        f"It has “{mine}” where “{name}” is asked for: upper and lower case are different."
        for name, mine in pairs[:2]
    )


def _is_none(answer: Answer) -> bool:
    return answer.error is None and answer.value is None


def _counted(count: int) -> str:
    return "1 argument" if count == 1 else f"{count} arguments"


def _listed(names: Iterator[str] | tuple[str, ...]) -> str:
    return f"({', '.join(names)})"
