"""What can be read of one function in the text of its cell; nothing is run.

    code = Code.of(cell.source, "energy")
    code.parameters, code.returns         # (("q", "k"), False): it has no `return` with a value

Where a cell does not parse, or makes the function some other way, what is asked for is None.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from course_lib.notebook import magics
from course_lib.notebook.cell import Cell

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
STUB = "NotImplementedError"  # what a released cell raises


@dataclass(frozen=True)
class Code:
    """A function or class as its cell's text has it; `source` is the text of the whole cell."""

    name: str
    source: str = ""

    @classmethod
    def of(cls, source: str, name: str) -> Code:
        """The code of `name` in a cell; one that defines nothing where it is not there."""
        return cls(name, magics.python(source))

    @classmethod
    def in_cells(cls, cells: Iterable[Cell], name: str) -> Code:
        """The code of `name` in the last of the cells that defines it, else in its own cell."""
        every = [cell for cell in cells if cell.may_run]
        defining = [c for c in every if Code.of(c.source, name).node is not None]
        own = [cell for cell in every if cell.grade_id == name]
        found = (defining or own)[-1:]
        return cls.of(found[0].source, name) if found else cls(name)

    @cached_property
    def tree(self) -> ast.Module:
        """The cell, parsed; empty where it cannot be."""
        try:
            return ast.parse(self.source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return ast.Module(body=[], type_ignores=[])

    @cached_property
    def node(self) -> Function | ast.ClassDef | None:
        """The definition that holds at the end of the cell; None where none is seen."""
        found: Function | ast.ClassDef | None = None
        for statement in self.tree.body:
            match statement:
                case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                    found = statement if statement.name == self.name else found
                case ast.Assign(targets=[ast.Name(id=name)], value=value) if name == self.name:
                    found = value if isinstance(value, ast.Lambda) else None
        return found

    @property
    def defined(self) -> tuple[str, ...]:
        """The functions and classes that the cell defines."""
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        return tuple(node.name for node in self.tree.body if isinstance(node, kinds))

    @property
    def parameters(self) -> tuple[str, ...] | None:
        """The names of its arguments in their order; None where they cannot be told."""
        given = self._signature
        if given is None or given.vararg is not None:
            return None
        names = tuple(each.arg for each in (*given.posonlyargs, *given.args))
        return names[1:] if isinstance(self.node, ast.ClassDef) else names

    @property
    def needed(self) -> int:
        """How many of its `parameters` have no default."""
        given, names = self._signature, self.parameters
        return len(names) - len(given.defaults) if given is not None and names is not None else 0

    @property
    def _signature(self) -> ast.arguments | None:
        """What it is called with; of a class, what `__init__` takes, `self` among it."""
        node = self.node
        if isinstance(node, ast.ClassDef):
            own = [n for n in node.body if isinstance(n, ast.FunctionDef) and n.name == "__init__"]
            return own[-1].args if own and not node.bases else None
        if not isinstance(node, Function):
            return None
        around = [ast.unparse(each) for each in getattr(node, "decorator_list", [])]
        kept = all(each.startswith("tf.function") for each in around)  # others may change it
        return node.args if kept else None

    def body(self, method: str | None = None) -> list[ast.stmt] | None:
        """The statements of the function, or of a class's method, without the docstring."""
        node = self.node
        if method is not None and isinstance(node, ast.ClassDef):
            own = [n for n in node.body if isinstance(n, ast.FunctionDef) and n.name == method]
            node = own[-1] if own else None
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            return None
        documented = ast.get_docstring(node, clean=False) is not None
        return node.body[1:] if documented else node.body

    def returns(self, method: str | None = None) -> bool | None:
        """Whether some `return` in it has a value; None where its body is not seen."""
        body = self.body(method)
        if body is None:
            return None
        return any(isinstance(n, ast.Return | ast.Yield) and n.value for n in _own(body))

    def prints(self, method: str | None = None) -> bool:
        """Whether it calls `print`."""
        return any(
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "print"
            for node in _own(self.body(method) or [])
        )

    @property
    def left_over(self) -> bool:
        """Whether code stands beside the `raise NotImplementedError` of the released cell."""
        body = self.body()
        if body is None:
            return False
        stubs = [statement for statement in body if _is_stub(statement)]
        return bool(stubs) and any(not _is_stub(s) and not isinstance(s, ast.Pass) for s in body)

    @property
    def words(self) -> frozenset[str]:
        """The names in the cell, and those with dots as they are written: `np.log`."""
        nodes = [n for n in ast.walk(self.tree) if isinstance(n, ast.Name | ast.Attribute)]
        return frozenset(ast.unparse(node) for node in nodes)

    def gives(self, keyword: str, value: object) -> bool:
        """Whether some call in the cell has `keyword=value`, such as `jac=True`."""
        calls = [node for node in ast.walk(self.tree) if isinstance(node, ast.Call)]
        return any(
            each.arg == keyword
            and isinstance(each.value, ast.Constant)
            and each.value.value == value
            for call in calls
            for each in call.keywords
        )


def _is_stub(statement: ast.stmt) -> bool:
    """Whether it is `raise NotImplementedError`."""
    if not isinstance(statement, ast.Raise) or statement.exc is None:
        return False
    raised = statement.exc.func if isinstance(statement.exc, ast.Call) else statement.exc
    return isinstance(raised, ast.Name) and raised.id == STUB


def _own(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """All that stands in a body, without what functions inside of it have."""
    todo: list[ast.AST] = list(body)
    while todo:
        node = todo.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            todo += ast.iter_child_nodes(node)
