"""What a student's package has of an assignment: its claims, and a record in place of its truths.

    files = package_files(assignment)       # {"leapfrog.py": b"…", "record.bin": b"…", …}

From an exercise's file the truth's body, its gradient, the known mistakes and what only these need
are taken out; other modules are included where claims or hints import them. So is the released
notebook, with which a student's own is compared. Nothing of `truth.py`,
of the modules that it is made from, of the bank or of another assignment is in it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from course_lib.claims.assignment import Assignment
from course_lib.claims.faults import as_known
from course_lib.claims.loading import NOT_CODE, RELEASED, SETTINGS, TRUTH
from course_lib.claims.record import RECORD, record_of
from course_lib.errors import AuthorFault
from course_lib.feedback.mistake_archive import FOLDER as MISTAKES
from course_lib.feedback.mistake_archive import NAME as ANSWERS
from course_lib.feedback.recording import ask_for_explanations

HINTS = "hints"  # the module that adds explanations to exercises
EXERCISE, CLAIM, GRADIENT, MISTAKE = "exercise", "claim", "gradient", "mistake"
STAYS = "this stays with the grader"


def package_files(assignment: Assignment) -> dict[str, bytes]:
    """The files by their names; the same assignment gives the same bytes.

    Raises AuthorFault where a truth's source would be among them.
    """
    modules = _modules(assignment.folder)
    secret = _reachable([TRUTH], modules)
    stripped = {
        name: _Module(name, strip(module.source)) if "." not in name else module
        for name, module in modules.items()
    }
    roots = [n for n, m in modules.items() if n == HINTS or _declares_exercises(m.source)]
    sources: dict[str, str] = {}
    for name in sorted(_reachable([n for n in roots if n not in secret], stripped)):
        if name in secret:
            raise _secret_fault(assignment, name, stripped)
        sources[name] = stripped[name].source
    files = {f"{name.replace('.', '/')}.py": text.encode() for name, text in sources.items()}
    files |= _packages(files)
    files[RECORD] = record_of(assignment, [ask_for_explanations])
    for path, name in ((MISTAKES + "/" + ANSWERS, ANSWERS), (SETTINGS, SETTINGS)):
        if (assignment.folder / path).is_file():
            files[name] = (assignment.folder / path).read_bytes()
    if assignment.released is not None:
        files[f"{RELEASED}/{assignment.released.name}"] = assignment.released.read_bytes()
    return dict(sorted(files.items()))


def _secret_fault(assignment: Assignment, name: str, stripped: dict[str, _Module]) -> AuthorFault:
    """That a module which students get imports one that the truth is made from."""
    importers = (n for n, m in stripped.items() if name in _imports(m.source, n, stripped))
    who = next(importers, name)
    return AuthorFault(
        as_known(str(assignment.folder / f"{who.replace('.', '/')}.py")),
        0,
        f"it imports {name.replace('.', '/')}.py, which truth.py is made from: a student's package "
        "would have the truth's source",
        "ask it through `truth` in the claim, or move what is no secret to another file",
    )


@dataclass(frozen=True)
class _Module:
    """A file of an assignment, by its dotted name from the folder on."""

    name: str
    source: str


def _modules(folder: Path) -> dict[str, _Module]:
    found = {}
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        if not any(part in NOT_CODE for part in parts):
            name = ".".join(parts[:-1] if parts[-1] == "__init__" and parts[:-1] else parts)
            found[name] = _Module(name, path.read_text("utf-8"))
    return found


def _packages(files: Iterable[str]) -> dict[str, bytes]:
    """An `__init__.py` for each folder whose own was not taken along."""
    folders = {str(Path(name).parent) for name in files} - {"."}
    as_files = {f"{folder}.py" for folder in folders}
    return {
        f"{folder}/__init__.py": b""
        for folder in folders
        if f"{folder}/__init__.py" not in files and f"{folder}.py" not in as_files & set(files)
    }


def _reachable(names: Iterable[str], modules: dict[str, _Module]) -> set[str]:
    """The modules that `names` import, directly or not, themselves included."""
    found: set[str] = set()
    due = [name for name in names if name in modules]
    while due:
        name = due.pop()
        if name not in found:
            found.add(name)
            due += _imports(modules[name].source, name, modules)
    return found


def _imports(source: str, name: str, modules: dict[str, _Module]) -> list[str]:
    """The modules of the same assignment that a module imports."""
    package = (
        name.split(".") if any(n.startswith(f"{name}.") for n in modules) else name.split(".")[:-1]
    )
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package[: len(package) - node.level + 1]
            prefix = [*base, *(node.module.split(".") if node.module else [])]
            for alias in node.names:
                for candidate in (".".join([*prefix, alias.name]), ".".join(prefix)):
                    if candidate in modules:
                        found.append(candidate)
    return found


def strip(source: str) -> str:
    """A module without truths and mistakes, and without what only these need.

    >>> print(strip("@exercise(points=1)\\ndef f(x):\\n    return 2 * x\\n"))
    @exercise(points=1)
    def f(x):
        raise NotImplementedError('this stays with the grader')
    """
    tree = ast.parse(source)
    if not any(_is_exercise(node) for node in tree.body):
        return source if not _only_mistakes(tree) else ""
    kept = [_stripped(node) for node in tree.body if not _is_secret(node)]
    tree.body = list(_needed(kept))
    return ast.unparse(ast.fix_missing_locations(tree))


def _only_mistakes(tree: ast.Module) -> bool:
    """Whether nothing but known mistakes is written in it."""
    own = [
        node
        for node in tree.body
        if not isinstance(node, ast.Import | ast.ImportFrom) and not _is_docstring(node)
    ]
    return bool(own) and all(_is_secret(node) for node in own)


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _decorators(node: ast.stmt) -> Iterator[str]:
    """The last names of a definition's decorators: `exercise`, `claim`, `gradient`."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        for decorator in node.decorator_list:
            target = decorator.func if isinstance(decorator, ast.Call) else decorator
            if isinstance(target, ast.Attribute):
                yield target.attr
            elif isinstance(target, ast.Name):
                yield target.id


def _is_exercise(node: ast.stmt) -> bool:
    return EXERCISE in _decorators(node)


def _is_secret(node: ast.stmt) -> bool:
    """A gradient of a truth, or a known mistake."""
    if GRADIENT in _decorators(node):
        return True
    call = node.value if isinstance(node, ast.Expr) else None
    return (
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == MISTAKE
    )


def _stripped(node: ast.stmt) -> ast.stmt:
    if not _is_exercise(node):
        return node
    if isinstance(node, ast.ClassDef):
        start = [n for n in node.body if isinstance(n, ast.FunctionDef) and n.name == "__init__"]
        node.body = [*_docstring(node), *map(_emptied, start)] or [ast.Pass()]
    elif isinstance(node, ast.FunctionDef):
        _emptied(node)
    return node


def _emptied(node: ast.FunctionDef) -> ast.FunctionDef:
    stop = ast.parse(f"raise NotImplementedError({STAYS!r})").body
    node.body = [*_docstring(node), *stop]
    return node


def _docstring(node: ast.FunctionDef | ast.ClassDef) -> list[ast.stmt]:
    return node.body[:1] if ast.get_docstring(node) is not None else []


def _needed(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a module that its claims, and what runs at its top, need."""
    statements = [_Statement.of(node) for node in body]
    used: set[str] = set()
    kept: set[int] = set()
    while True:
        more = {
            number
            for number, one in enumerate(statements)
            if number not in kept and (one.always or one.binds & used or one.changes & used)
        }
        if not more:
            break
        kept |= more
        for number in more:
            used |= statements[number].reads
    for number in sorted(kept):
        yield statements[number].with_names(used)


@dataclass
class _Statement:
    """A statement at a module's top: what it binds, changes and reads; whether it always stays."""

    node: ast.stmt
    always: bool = False
    binds: set[str] = field(default_factory=set)
    changes: set[str] = field(default_factory=set)
    reads: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, node: ast.stmt) -> _Statement:
        names = [n for n in ast.walk(node) if isinstance(n, ast.Name)]
        one = cls(node, reads={n.id for n in names if isinstance(n.ctx, ast.Load)})
        match node:
            case ast.Import() | ast.ImportFrom():
                one.always = isinstance(node, ast.ImportFrom) and node.module == "__future__"
                one.binds = {(a.asname or a.name).partition(".")[0] for a in node.names}
            case ast.FunctionDef() | ast.ClassDef():
                one.always = bool({EXERCISE, CLAIM} & set(_decorators(node)))
                one.binds = {node.name}
            case ast.Assign() | ast.AnnAssign():
                one.binds = {n.id for n in names if isinstance(n.ctx, ast.Store)}
                if not one.binds:  # WIDE.y[14] = 50.0
                    one.changes = set(one.reads)
            case ast.AugAssign():
                one.changes = one.reads | {n.id for n in names if isinstance(n.ctx, ast.Store)}
            case _:
                one.always = True
        return one

    def with_names(self, used: set[str]) -> ast.stmt:
        """The statement; of an import only the names that are used."""
        node = self.node
        if isinstance(node, ast.Import | ast.ImportFrom) and not self.always:
            node.names = [a for a in node.names if (a.asname or a.name).partition(".")[0] in used]
        return node


def _declares_exercises(source: str) -> bool:
    """Whether an exercise is declared in a module."""
    return any(_is_exercise(node) for node in ast.parse(source).body)
