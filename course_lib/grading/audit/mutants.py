"""Generated mistakes: the instructor's solutions with one thing changed.

    for mutant in mutants(course.solutions.cells, exercises):
        print(mutant.name)            # "leapfrog/0017-add_becomes_sub"

Operators: a constant, an arithmetic operator, a name, a function, an element, an argument or a
statement is replaced, dropped or exchanged; a tensor is cut off from its gradient, passed through
float32, or loses a data point. A change may leave the function as right as it was: such a mutant is
recognised by evaluation on inputs that have nothing to do with the claims' (`right_questions`), not
by the claims themselves.
Source: DeMillo, Lipton & Sayward 1978, "Hints on test data selection", Computer 11(4).
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib.claims.bank import Entry
from course_lib.claims.exercise import Exercise
from course_lib.claims.sampling import SamplingPlan
from course_lib.feedback.probe_inputs import drawn
from course_lib.notebook.cell import Cell
from course_lib.protocol.questions import Question

Change = tuple[str, ast.AST]  # what was done, and what stands there now

_ARITHMETIC: dict[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "times",
    ast.Div: "over",
    ast.Pow: "power",
}
_FUNCTIONS = {
    "reduce_sum": ("reduce_mean", "reduce_max", "reduce_min", "reduce_prod"),
    "log": ("log1p", "sqrt", "exp", "abs", "sigmoid"),
    "exp": ("expm1", "square", "abs", "sqrt"),
    "mean": ("max", "min", "median", "sum", "prod", "std"),
    "array": ("abs", "sign", "floor"),
    "x": ("jac", "fun", "nit"),
}


@dataclass(frozen=True)
class About:
    """What is known of the function that is changed: its arguments, those that are arrays."""

    arguments: list[str]
    arrays: frozenset[str]
    tensors: bool


def mutants(cells: Iterable[Cell], plan: SamplingPlan) -> list[Entry]:
    """Every change of every solution cell, each source once, in a fixed order."""
    found = []
    for cell in cells:
        exercise = plan.assignment.exercises.get(cell.grade_id or "")
        if exercise is not None and cell.role == "solution":
            seen = {ast.unparse(ast.parse(cell.source))}
            arrays, tensors = _arrays(plan, exercise), exercise.takes == "tensors"
            for number, (name, source) in enumerate(_changed(cell.source, arrays, tensors)):
                if source not in seen:
                    seen.add(source)
                    slug = f"{number:04d}-{name}"
                    found.append(Entry("mistakes", str(cell.grade_id), slug, name, source))
    return found


def some(entries: list[Entry], count: int, seed: int) -> list[Entry]:
    """`count` of `entries`, drawn from `seed`, in their order; all where there are no more."""
    if count >= len(entries):
        return entries
    chosen = np.random.default_rng(seed).choice(len(entries), size=count, replace=False)
    return [entries[k] for k in sorted(chosen)]


def _arrays(plan: SamplingPlan, exercise: Exercise) -> frozenset[str]:
    """The names of the arguments that are arrays."""
    asked = [q for q in plan.questions.get(exercise.name, []) if q.simple]
    pairs = zip(exercise.arguments, asked[0].arguments, strict=False) if asked else ()
    return frozenset(name for name, value in pairs if isinstance(value, np.ndarray))


def _changed(source: str, arrays: frozenset[str], tensors: bool) -> Iterator[tuple[str, str]]:
    """Sources with one node changed, each with the name of the change."""
    tree = ast.parse(source)
    function = next((node for node in tree.body if isinstance(node, ast.FunctionDef)), None)
    if function is None:
        return
    about = About([argument.arg for argument in function.args.args], arrays, tensors)
    count = sum(1 for _ in ast.walk(function))
    for index in range(count):
        for operator in _OPERATORS:
            original = list(ast.walk(function))[index]
            for name, replacement in operator(original, about):
                copied = copy.deepcopy(tree)
                target = next(n for n in copied.body if isinstance(n, ast.FunctionDef))
                node = list(ast.walk(target))[index]
                _replace(target, node, replacement)
                yield name, ast.unparse(ast.fix_missing_locations(copied))


def _replace(tree: ast.AST, old: ast.AST, new: ast.AST) -> None:
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, field, new)
            elif isinstance(value, list):
                setattr(parent, field, [new if item is old else item for item in value])


def _constants(node: ast.AST, _about: About) -> Iterator[Change]:
    value = node.value if isinstance(node, ast.Constant) else None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        others: list[float] = [value + 1, value - 1, -value, 0, 2 * value, value / 2]
        for other in (*others, value * (1 + 1e-5), value * (1 + 1e-9)):
            if other != value:
                yield "constant", ast.Constant(other)


def _operators(node: ast.AST, _about: About) -> Iterator[Change]:
    if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        for other, name in _ARITHMETIC.items():
            if not isinstance(node.op, other):
                said = f"{_ARITHMETIC[type(node.op)]}_becomes_{name}"
                yield said, ast.BinOp(node.left, other(), node.right)
        yield "right_side_dropped", node.left
        yield "left_side_dropped", node.right
        yield "sides_exchanged", ast.BinOp(node.right, node.op, node.left)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield "minus_dropped", node.operand


def _names(node: ast.AST, about: About) -> Iterator[Change]:
    if not (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)):
        return
    if node.id in about.arguments:
        for other in about.arguments:
            if other != node.id:
                yield f"{node.id}_becomes_{other}", ast.Name(other, ast.Load())
        yield from _wrapped(node, "minus", "-{}")
        yield from _wrapped(node, "absolute", "abs({})")
        if about.tensors:
            yield from _wrapped(node, "gradient_stopped", "tf.stop_gradient({})")
            yield from _wrapped(node, "float32", "tf.cast(tf.cast({}, tf.float32), tf.float64)")
    if node.id in about.arrays:
        yield from _wrapped(node, "last_point_dropped", "{}[:-1]")
        yield from _wrapped(node, "reversed", "{}[::-1]")
        yield from _wrapped(node, "notebooks_own", "{}_tensor")


def _wrapped(node: ast.Name, name: str, pattern: str) -> Iterator[Change]:
    yield f"{node.id}_{name}", ast.parse(pattern.format(node.id), mode="eval").body


def _functions(node: ast.AST, _about: About) -> Iterator[Change]:
    if isinstance(node, ast.Attribute):
        for other in _FUNCTIONS.get(node.attr, ()):
            yield f"{node.attr}_becomes_{other}", ast.Attribute(node.value, other, node.ctx)
    if isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords:
        yield "call_dropped", node.args[0]


def _sequences(node: ast.AST, _about: About) -> Iterator[Change]:
    if isinstance(node, (ast.List, ast.Tuple)) and isinstance(node.ctx, ast.Load):
        for name, elements in _rearranged(node.elts):
            yield f"element_{name}", type(node)(elements, node.ctx)
    if isinstance(node, ast.Call) and len(node.args) > 1:
        for name, arguments in _rearranged(node.args):
            yield f"argument_{name}", ast.Call(node.func, arguments, node.keywords)
    if isinstance(node, ast.Call):
        for k in range(len(node.keywords)):
            rest = node.keywords[:k] + node.keywords[k + 1 :]
            yield "option_dropped", ast.Call(node.func, node.args, rest)


def _rearranged(items: list[Any]) -> Iterator[tuple[str, list[Any]]]:
    for k in range(len(items)):
        yield "dropped", items[:k] + items[k + 1 :]
        yield "repeated", [*items[:k], items[k - 1], *items[k + 1 :]]
        for j in range(k):
            swapped = list(items)
            swapped[j], swapped[k] = swapped[k], swapped[j]
            yield "exchanged", swapped


def _statements(node: ast.AST, about: About) -> Iterator[Change]:
    documented = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    if isinstance(node, (ast.Expr, ast.Assign)) and not documented:
        yield "statement_dropped", ast.Pass()
    if isinstance(node, ast.Return) and node.value is not None:
        for name, pattern in _RETURNED.items():
            value, last = ast.unparse(node.value), (about.arguments or ["1.0"])[-1]
            changed = pattern.format(value, last=last)
            yield f"returned_{name}", ast.parse(changed).body[0]


_RETURNED = {
    "negative": "return -({})",
    "twice": "return 2 * ({})",
    "constant_added": "return ({}) + {last}",
    "float": "return float({})",
    "nothing": "{}",
    "axis": "return tf.reshape({}, [-1])",
    "float32": "return tf.cast({}, tf.float32)",
}
_OPERATORS: tuple[Callable[[ast.AST, About], Iterator[Change]], ...] = (
    _constants,
    _operators,
    _names,
    _functions,
    _sequences,
    _statements,
)


MANY, FEW = 200, 8  # inputs of a function that is quick, and of one that searches or samples


def right_questions(plan: SamplingPlan, exercise: Exercise) -> list[Question]:
    """Questions by which a mutant is told from the solution, drawn without the claims' help."""
    return drawn(plan, exercise, plan.seed, FEW if exercise.slow else MANY)
