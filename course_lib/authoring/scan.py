"""Finds what would leak or break, before students see it.

for fault in scan(notebook, "worksheet.nb.py"):
    print(fault)

worksheet.nb.py, cell check_fit_line: there is no check(fit_line) in it
    next: write check(fit_line) as its first line
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from nbformat import NotebookNode

from course_lib.authoring.faults import Fault
from course_lib.notebook.cell import CHECK_PREFIX, DEMONSTRATION, Cell
from course_lib.notebook.markers import (
    BEGIN_HIDDEN,
    BEGIN_SOLUTION,
    END_SOLUTION,
    misspelt,
    unpaired,
)
from course_lib.notebook.reading import cells_of

Found = Iterator[tuple[Cell, str, str]]  # cell, problem, next step


def scan(
    notebook: NotebookNode,
    file: str,
    points: Mapping[str, float | None] | None = None,
    lines: Sequence[int] = (),
) -> list[Fault]:
    """Every fault of an instructor's notebook; `file` is what the faults call it.

    points: what the claims say each exercise is worth, to be compared; None leaves that out, for
    one exercise or for all. lines: where each cell begins in `file`.
    """
    cells = list(cells_of(notebook))
    rules: tuple[Callable[[list[Cell]], Found], ...] = (
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
    begins = dict(enumerate(lines, 1))
    return [
        Fault(file, cell.label, problem, step, begins.get(cell.number, 0))
        for cell, problem, step in found
    ]


def markers_are_spelt_right(cells: list[Cell]) -> Found:
    """Markers are spelt right, come in pairs, and stand in cells that nbgrader will strip."""
    for cell in cells:
        lines = [line.strip() for line in cell.source.splitlines()]
        for line in lines:
            if meant := misspelt(line):
                problem = f"'{line}' is not a marker, so what follows would be released"
                yield cell, problem, f"write exactly '{meant}'"
        if wrong := unpaired(cell.source):
            yield cell, wrong, "put one BEGIN and one END around what is held back"
        if BEGIN_SOLUTION in lines and not cell.is_answer:
            problem = "has a solution, but nbgrader does not know it as a solution cell"
            yield cell, problem, 'give it the nbgrader metadata "solution": true and a grade_id'
        if BEGIN_HIDDEN in lines and cell.role != "test":
            problem = "has hidden tests, but it is not a test cell"
            yield cell, problem, 'give it the nbgrader metadata "grade": true, or move the tests'


def names_are_given_once(cells: list[Cell]) -> Found:
    """No two cells have the same grade_id."""
    count = Counter(cell.grade_id for cell in cells if cell.grade_id)
    for cell in cells:
        if cell.grade_id and count[cell.grade_id] > 1:
            yield cell, f"{count[cell.grade_id]} cells have this grade_id", "rename all but one"


def exercises_define_their_function(cells: list[Cell]) -> Found:
    """A solution cell's grade_id is a function, a class or a variable that it defines.

    Its solution is marked. A cell whose test has asserts may hold any code.
    """
    plain = tested_by_asserts(cells)
    for cell in cells:
        if not is_exercise(cell) or cell.id in plain:
            continue
        try:
            defined = defines(ast.parse(cell.source))
        except SyntaxError as error:
            yield cell, f"is not Python: {error.msg}, line {error.lineno}", "correct the line"
            continue
        if cell.grade_id not in defined:
            has = " and ".join(defined) or "nothing"
            problem = f"defines {has}, not {cell.grade_id}"
            yield cell, problem, "give the grade_id and what the cell defines the same name"
        if BEGIN_SOLUTION not in cell.source:
            problem = "has no marked solution, so students would lose the signature as well"
            step = f"put '{BEGIN_SOLUTION}' and '{END_SOLUTION}' around the function's body"
            yield cell, problem, step


def exercises_are_checked(cells: list[Cell]) -> Found:
    """Every exercise is followed by its test cell, and every test cell has an exercise."""
    place = {cell.grade_id: cell for cell in cells if cell.grade_id}
    plain = tested_by_asserts(cells)
    for cell in cells:
        name = cell.exercise or ""
        if cell.id in plain:
            continue
        if is_exercise(cell):
            test = place.get(CHECK_PREFIX + name)
            if test is None or test.role != "test":
                problem = f"no test cell is called {CHECK_PREFIX}{name}"
                yield cell, problem, f"add it, locked, with check({name}) in it"
            elif test.number < cell.number:
                yield cell, "comes after its own test cell", "move the test cell below it"
        elif cell.role == "test":
            exercise = place.get(name)
            if exercise is None or not is_exercise(exercise) or name == cell.grade_id:
                step = f"call it {CHECK_PREFIX}NAME after a solution cell NAME"
                yield cell, "tests no exercise", step
            elif f"check({name})" not in cell.source:
                yield cell, f"there is no check({name}) in it", f"write check({name}) in it"
            elif BEGIN_HIDDEN in cell.source:
                problem = f"has hidden tests beside check({name}), where they never count"
                step = f"write them as a claim about {name}, or in a test cell of their own"
                yield cell, problem, step


def graded_cells_have_points(cells: list[Cell]) -> Found:
    """A graded cell is worth something, is locked unless it is answered by hand, and is run."""
    for cell in cells:
        if cell.is_graded and cell.points <= 0:
            yield cell, f"is worth {cell.points:g} points", 'give it "points" above 0'
        if cell.role == "test" and not cell.locked:
            yield cell, "students could edit it", 'give it "locked": true'
        if (cell.is_graded or cell.is_answer) and cell.demonstration:
            yield cell, f"is graded and tagged '{DEMONSTRATION}'", "remove the tag"


def demonstrations_carry_nothing(cells: list[Cell]) -> Found:
    """Names that only demonstrations bind are used by demonstrations only: they may be skipped."""
    carried: dict[str, Cell] = {}
    for cell in cells:
        if not cell.is_code:
            continue
        try:
            bound, used = names(ast.parse(cell.source))
        except SyntaxError:
            if not is_exercise(cell):  # an exercise has been told already
                yield cell, "is not Python (IPython's magics are not)", "write it as Python"
            continue
        if cell.demonstration:
            carried |= dict.fromkeys(bound, cell)
            continue
        for name in sorted(used & set(carried)):
            problem = f"uses {name}, which comes from a demonstration: {carried[name].label}"
            yield cell, problem, f"bind {name} in a cell without the tag, or tag this cell too"
        for name in bound:
            carried.pop(name, None)


def points_agree(cells: list[Cell], points: Mapping[str, float | None]) -> Found:
    """Test cells are worth what the claims share out, exercise by exercise.

    An exercise whose file cannot be loaded has None. Claims without cells are found in `content`.
    """
    plain = tested_by_asserts(cells)
    tests = {c.exercise or "": c for c in cells if c.role == "test" and c.id not in plain}
    for name, cell in tests.items():
        if name not in points:
            yield cell, "there are no claims about it", f"write claims for {name}"
        elif (due := points[name]) is not None and cell.points != due:
            problem = f"is worth {cell.points:g} points, its claims {due:g}"
            yield cell, problem, "make the two agree"


def tested_by_asserts(cells: list[Cell]) -> set[str]:
    """The ids of test cells that judge by `assert`, as any nbgrader notebook's do, and of the
    solution cells that have only such tests.

    A test cell called check_NAME after a solution cell is one that claims judge.
    """
    solutions = {cell.grade_id for cell in cells if is_exercise(cell)}
    found: set[str] = set()
    waiting: set[str] = set()  # solution cells since the last test
    for cell in cells:
        if is_exercise(cell) and f"{CHECK_PREFIX}{cell.grade_id}" not in _names_of_tests(cells):
            waiting.add(cell.id)
        elif cell.role == "test":
            claimed = cell.exercise in solutions and cell.exercise != cell.grade_id
            if not claimed and "check(" not in cell.source and "assert" in cell.source:
                found |= {cell.id, *waiting}
            waiting = set()
    return found


def _names_of_tests(cells: list[Cell]) -> set[str]:
    return {cell.grade_id or "" for cell in cells if cell.role == "test"}


def is_exercise(cell: Cell) -> bool:
    """Whether students write its code and a test cell judges it."""
    return cell.is_code and cell.role == "solution"


def defines(tree: ast.Module) -> list[str]:
    """The functions, classes and variables that a cell defines at its top."""
    found: list[str] = []
    for node in tree.body:
        match node:
            case ast.FunctionDef() | ast.ClassDef():
                found.append(node.name)
            case ast.Assign():
                found += [target.id for target in node.targets if isinstance(target, ast.Name)]
            case ast.AnnAssign(target=ast.Name(id=name)):
                found.append(name)
    return found


def names(tree: ast.Module) -> tuple[set[str], set[str]]:
    """The names that a cell's top binds, and all those that it reads without binding them."""
    bound: set[str] = set(defines(tree))
    used: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else bound).add(node.id)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            bound |= {(entry.asname or entry.name).partition(".")[0] for entry in node.names}
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
    return bound, used - bound
