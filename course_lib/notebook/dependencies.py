"""Which cells must run for a verdict, and which may be left alone.

    chosen = choose(submission.cells, {"leapfrog", …})
    chosen.run, chosen.skipped

Demonstrations (the long sampling runs that the instructor tagged) are left alone unless something
graded reads a name that they bind, or whose parts they set (`scale["x"] = 2`, or
`scale.update(x=2)`). The analysis reads names, it runs nothing; where code reaches for names in
ways that cannot be read (`eval`, `globals()`), everything runs. IPython's commands are read as what
is run in their place (`magics`): the words of `!pip install emcee` are nobody's names.
"""

from __future__ import annotations

import ast
import functools
import keyword
import re
import symtable
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from course_lib.notebook import magics
from course_lib.notebook.cell import Cell

_NAME = re.compile(r"[A-Za-z_]\w*")
_UNREADABLE = frozenset(
    """eval exec globals locals vars compile get_ipython __main__ __import__ In Out
    _ __ ___""".split()  # noqa: SIM905 - fourteen words are read more easily than quoted ones
)
_KEYWORDS = frozenset(keyword.kwlist)
_COMMENT = re.compile(r"#[^\n]*")
# `def f`, `class C`, `a, b = …`, `a += …`, `import a`, `from b import c as d`, `for a in …`,
# `with … as a`, at the start of a line
_DEFINES = re.compile(
    r"^[^\S\n]*(?:(?:async\s+)?def\s+(?=\w)|class\s+(?=\w)|for\s+|import\s+|from\s+[\w.]+\s+import"
    r"|with\s[^\n]*?\bas\b|(?=[\w, ]+(?:[-+*/%|&^@]|//|\*\*)?=(?!=)))"
    r"\s*([\w, ]+)",
    re.MULTILINE,
)


AnyCell = TypeVar("AnyCell", bound=Cell)
AnyCell_co = TypeVar("AnyCell_co", bound=Cell, covariant=True)
Key = TypeVar("Key")


@dataclass(frozen=True)
class Names:
    """The global names that a cell binds, those that it reads, and those whose parts it sets.

    `calls` are those whose methods it calls for nothing but their effect; `imports` those that it
    binds to modules, or to what is in them.
    """

    binds: frozenset[str]
    reads: frozenset[str]
    sets: frozenset[str] = frozenset()
    calls: frozenset[str] = frozenset()
    imports: frozenset[str] = frozenset()

    @classmethod
    @functools.lru_cache(maxsize=256)  # most cells are the instructor's: the same for a cohort
    def of(cls, source: str) -> Names:
        """Read `source`; where it does not parse, line by line."""
        text = magics.python(source)
        try:
            tree = ast.parse(text)
            table = symtable.symtable(text, "<cell>", "exec")
        except (SyntaxError, ValueError, RecursionError, MemoryError, SystemError):
            return cls._line_by_line(source)
        binds, reads = set[str](), set[str]()
        for symbol in table.get_symbols():
            if symbol.is_assigned() or symbol.is_imported():
                binds.add(symbol.get_name())
            if symbol.is_referenced():  # perhaps before it is bound: the order is not looked at
                reads.add(symbol.get_name())
        for child in _scopes(table):
            for symbol in child.get_symbols():
                if symbol.is_global() and symbol.is_assigned():
                    binds.add(symbol.get_name())
                if symbol.is_global() and symbol.is_referenced():
                    reads.add(symbol.get_name())
        imports = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_imported()}
        found = (binds, reads, _set_in_part(tree), _called_for_effect(tree), imports)
        return cls(*map(frozenset, found))

    @classmethod
    def _line_by_line(cls, source: str) -> Names:
        """What the lines of a cell that does not parse define, and the words in it."""
        found = (line.partition(" in ")[0] for line in _DEFINES.findall(source))
        binds = {name for line in found for name in _NAME.findall(line)}
        words = set(_NAME.findall(_COMMENT.sub("", source)))
        return cls(frozenset(binds - _KEYWORDS), frozenset(words - _UNREADABLE - _KEYWORDS))

    def makes(self, modules: Collection[str]) -> frozenset[str]:
        """The names that may be others, or hold something else, after it has run.

        What is called in one of the `modules` (`plt.show()`) is not taken for a change of it.
        """
        return self.binds | self.sets | self.calls.difference(modules)

    @property
    def free(self) -> frozenset[str]:
        """The names that it surely reads from elsewhere."""
        return self.reads - self.binds

    @property
    def readable(self) -> bool:
        """Whether the names that it reads can be told from its text."""
        return not (self.reads & _UNREADABLE)


def _set_in_part(tree: ast.AST) -> Iterable[str]:
    """The names that `name.part = …` and `name[part] = …` begin with, wherever they stand."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            yield from _beginning(node)


def _called_for_effect(tree: ast.AST) -> Iterable[str]:
    """The names that `name.method(…)` begins with, where what it returns is not used."""
    for node in ast.walk(tree):
        call = node.value if isinstance(node, ast.Expr) else None
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
            yield from _beginning(call.func)


def _beginning(node: ast.expr) -> Iterable[str]:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    if isinstance(node, ast.Name):
        yield node.id


def _scopes(table: symtable.SymbolTable) -> Iterable[symtable.SymbolTable]:
    for child in table.get_children():
        yield child
        yield from _scopes(child)


@dataclass(frozen=True)
class Chosen(Generic[AnyCell_co]):
    """Cells that run, in order, and cells that are left as they were handed in."""

    run: tuple[AnyCell_co, ...]
    skipped: tuple[AnyCell_co, ...]

    @cached_property
    def unbound(self) -> frozenset[str]:
        """Names that only a skipped cell would have bound."""
        bound = frozenset[str]().union(*(Names.of(cell.code).binds for cell in self.run))
        skipped = frozenset[str]().union(*(Names.of(cell.code).binds for cell in self.skipped))
        return skipped - bound


def made_by(names: Mapping[Key, Names]) -> dict[Key, frozenset[str]]:
    """What each cell of a notebook makes; modules are those that any of them imports."""
    modules = frozenset[str]().union(*(found.imports for found in names.values()))
    return {cell: found.makes(modules) for cell, found in names.items()}


def made_from(wanted: Collection[str], names: Mapping[Key, Names]) -> set[Key]:
    """The cells that make what is `wanted`, those that make what they read, and so on."""
    makes, found, needed = made_by(names), set[Key](), set(wanted)
    while more := {cell for cell, made in makes.items() if not needed.isdisjoint(made)} - found:
        found |= more
        needed.update(*(names[cell].reads for cell in more))
    return found


def choose(cells: Iterable[AnyCell], graded: Collection[str]) -> Chosen[AnyCell]:
    """Divide the cells that may run; `graded` are the names of the graded functions."""
    runnable = [cell for cell in cells if cell.may_run]
    demonstrations = [cell for cell in runnable if cell.demonstration]
    if not demonstrations:
        return Chosen(tuple(runnable), ())
    names = {cell.id: Names.of(cell.code) for cell in runnable}
    makes = made_by(names)
    needed = {
        cell.id
        for cell in runnable
        if cell.role in ("solution", "test") or makes[cell.id] & set(graded)
    }
    needed |= made_from(frozenset[str]().union(*(names[id_].reads for id_ in needed)), names)
    if not all(names[identity].readable for identity in needed):
        return Chosen(tuple(runnable), ())
    skipped = {cell.id for cell in demonstrations} - needed
    bound_elsewhere = frozenset[str]().union(
        *(names[cell.id].binds for cell in runnable if cell.id not in skipped)
    )
    lost = frozenset[str]().union(*(names[identity].binds for identity in skipped))
    lost -= bound_elsewhere
    while True:  # cells that would only fail without a skipped one's names
        more = {cell.id for cell in runnable if names[cell.id].free & lost} - needed - skipped
        if not more:
            break
        skipped |= more
        lost |= frozenset[str]().union(*(names[identity].binds for identity in more)) - set(graded)
    return Chosen(
        tuple(cell for cell in runnable if cell.id not in skipped),
        tuple(cell for cell in runnable if cell.id in skipped),
    )


def imported(source: str) -> list[str]:
    """The modules that a cell imports, wherever in it, as Python would name them.

    >>> imported("import numpy as np\\nfrom scipy.optimize import minimize")
    ['numpy', 'scipy.optimize']
    """
    try:
        tree = ast.parse(magics.python(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.append(node.module)
    return list(dict.fromkeys(found))
