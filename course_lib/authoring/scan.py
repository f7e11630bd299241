"""Finds what would leak or break, before students see it.

for fault in scan(notebook, "worksheet.nb.py"):
    print(fault)

worksheet.nb.py, cell check_fit_line: there is no check(fit_line) in it
    next: write check(fit_line) as its first line
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from nbformat import NotebookNode

from course_lib.authoring.cells import CHECK, DEMONSTRATION, View, views
from course_lib.authoring.faults import Fault
from course_lib.authoring.markers import (
    BEGIN_HIDDEN,
    BEGIN_SOLUTION,
    END_SOLUTION,
    misspelt,
    unpaired,
)

Found = Iterator[tuple[View, str, str]]  # cell, problem, next step


def scan(
    notebook: NotebookNode, file: str, points: Mapping[str, float] | None = None
) -> list[Fault]:
    """Every fault of an instructor's notebook; `file` is what the faults call it.

    points: what the claims say each exercise is worth, to be compared; None leaves that out.
    """
    cells = list(views(notebook))
    rules: tuple[Callable[[list[View]], Found], ...] = (
        markers_are_spelt_right,
        names_are_given_once,
        exercises_define_their_function,
        exercises_are_checked,
        graded_cells_have_points,
        demonstrations_carry_nothing,
    )
    found = [entry for rule in rules for entry in rule(cells)]
    if points is not None:
        found += points_agree(cells, points)
    return [Fault(file, cell.label, problem, step) for cell, problem, step in found]


def markers_are_spelt_right(cells: list[View]) -> Found:
    """Markers are spelt right, come in pairs, and stand in cells that nbgrader will strip."""
    for cell in cells:
        lines = [line.strip() for line in cell.source.splitlines()]
        for line in lines:
            if meant := misspelt(line):
                problem = f"'{line}' is no marker, so what follows would be released"
                yield cell, problem, f"write exactly '{meant}'"
        if wrong := unpaired(cell.source):
            yield cell, wrong, "put one BEGIN and one END around what is held back"
        if BEGIN_SOLUTION in lines and not cell.is_solution:
            problem = "has a solution, but nbgrader does not know it as a solution cell"
            yield cell, problem, 'give it the nbgrader metadata "solution": true and a grade_id'
        if BEGIN_HIDDEN in lines and not cell.is_check:
            problem = "has hidden tests, but it is not a test cell"
            yield cell, problem, 'give it the nbgrader metadata "grade": true, or move the tests'


def names_are_given_once(cells: list[View]) -> Found:
    """No two cells have the same grade_id."""
    count = Counter(cell.grade_id for cell in cells if cell.grade_id)
    for cell in cells:
        if count[cell.grade_id] > 1:
            yield cell, f"{count[cell.grade_id]} cells have this grade_id", "rename all but one"


def exercises_define_their_function(cells: list[View]) -> Found:
    """A solution cell's grade_id is a function that it defines, with a marked solution in it."""
    for cell in cells:
        if not cell.is_exercise:
            continue
        try:
            defined = functions(cell.tree())
        except SyntaxError as error:
            yield cell, f"is not Python: {error.msg}, line {error.lineno}", "mend the line"
            continue
        if cell.grade_id not in defined:
            has = " and ".join(defined) or "no function"
            problem = f"defines {has}, not {cell.grade_id}"
            yield cell, problem, "give the grade_id and the function the same name"
        if BEGIN_SOLUTION not in cell.source:
            problem = "has no marked solution, so students would lose the signature as well"
            step = f"put '{BEGIN_SOLUTION}' and '{END_SOLUTION}' around the function's body"
            yield cell, problem, step


def exercises_are_checked(cells: list[View]) -> Found:
    """Every exercise is followed by its test cell, and every test cell has an exercise."""
    place = {cell.grade_id: cell for cell in cells if cell.grade_id}
    for cell in cells:
        if cell.is_exercise:
            test = place.get(CHECK + cell.grade_id)
            if test is None or not test.is_check:
                problem = f"no test cell is called {CHECK}{cell.grade_id}"
                yield cell, problem, f"add it, locked, with check({cell.grade_id}) in it"
            elif test.number < cell.number:
                yield cell, "comes after its own test cell", "move the test cell below it"
        elif cell.is_check:
            name = cell.grade_id.removeprefix(CHECK)
            exercise = place.get(name)
            if not cell.grade_id.startswith(CHECK) or exercise is None or not exercise.is_exercise:
                yield cell, "tests no exercise", f"call it {CHECK}NAME after a solution cell NAME"
            elif f"check({name})" not in cell.source:
                yield cell, f"there is no check({name}) in it", f"write check({name}) in it"


def graded_cells_have_points(cells: list[View]) -> Found:
    """A graded cell is worth something, is locked unless it is answered by hand, and is run."""
    for cell in cells:
        if cell.is_graded and cell.points <= 0:
            yield cell, f"is worth {cell.points:g} points", 'give it "points" above 0'
        if cell.is_check and not cell.nbgrader.get("locked"):
            yield cell, "students could edit it", 'give it "locked": true'
        if (cell.is_graded or cell.is_solution) and cell.is_demonstration:
            yield cell, f"is graded and tagged '{DEMONSTRATION}'", "remove the tag"


def demonstrations_carry_nothing(cells: list[View]) -> Found:
    """Names that only demonstrations bind are used by demonstrations only: they may be skipped."""
    carried: dict[str, View] = {}
    for cell in cells:
        if not cell.is_code:
            continue
        try:
            bound, used = names(cell.tree())
        except SyntaxError:
            if not cell.is_exercise:  # an exercise has been told already
                yield cell, "is not Python (IPython's magics are not)", "write it as Python"
            continue
        if cell.is_demonstration:
            carried |= dict.fromkeys(bound, cell)
            continue
        for name in sorted(used & set(carried)):
            problem = f"uses {name}, which comes from a demonstration: {carried[name].label}"
            yield cell, problem, f"bind {name} in a cell without the tag, or tag this cell too"
        for name in bound:
            carried.pop(name, None)


def points_agree(cells: list[View], points: Mapping[str, float]) -> Found:
    """Test cells are worth what the claims share out, exercise by exercise."""
    tests = {cell.grade_id.removeprefix(CHECK): cell for cell in cells if cell.is_check}
    for name, cell in tests.items():
        if name not in points:
            yield cell, "there are no claims about it", f"write claims for {name}"
        elif cell.points != points[name]:
            problem = f"is worth {cell.points:g} points, its claims {points[name]:g}"
            yield cell, problem, "make the two agree"
    for name in sorted(set(points) - set(tests)):
        problem = f"no test cell in the notebook for {name}, about which there are claims"
        yield cells[-1], problem, f"add the cells {name} and {CHECK}{name}"


def functions(tree: ast.Module) -> list[str]:
    """The functions that a cell defines at its top."""
    return [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]


def names(tree: ast.Module) -> tuple[set[str], set[str]]:
    """The names that a cell's top binds, and all those that it reads without binding them."""
    bound: set[str] = set(functions(tree))
    used: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else bound).add(node.id)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            bound |= {(entry.asname or entry.name).partition(".")[0] for entry in node.names}
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
    return bound, used - bound
