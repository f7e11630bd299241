"""IPython's own commands in a cell's text (`%time`, `!ls`, `%%bash`), turned into plain Python.

    python("x = 1\\n%time y = x + 1\\n!pip install emcee")    # "x = 1\\ny = x + 1\\npass"
    shell_lines("!pip install emcee")                        # ["!pip install emcee"]

Everyone who runs or reads a cell reads this text: `course check`, the grader, the analysis of which
cell needs which. What a command does that only a notebook has (another program, a setting of
Jupyter's) is left out: a submission has no other program, and its points do not depend on one.
Python inside a command stays (`%time`), and so does a file that a cell writes (`%%writefile`).
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator

_CELL_MAGIC = re.compile(r"\A\s*%%(\w+)[^\S\n]*([^\n]*)\n?")
_COMMAND = re.compile(r"[%!?]|(?:pip3?|conda|mamba|apt(?:-get)?)\s+[\w-]+\b(?!\s*[=(.,\[])")
_HELP = re.compile(r"%{0,2}[A-Za-z_][\w.]*\?{1,2}\s*\Z")
_ASSIGNED = re.compile(r"([A-Za-z_][\w., ]*=)\s*(!|%(?!\s))(.*)\Z", re.DOTALL)
_LINE_MAGIC = re.compile(r"%{1,2}(\w+)[^\S\n]*(.*)\Z", re.DOTALL)
_BY_CALL = re.compile(
    r"get_ipython\(\)\.(run_line_magic|magic|system|getoutput|run_cell_magic)(\(.*\));?\s*\Z",
    re.DOTALL,
)
_OPTIONS = re.compile(r"(?:-\w+\s+)+")  # of %time and %prun, before the statement
# Cell magics above what is still Python that binds names; %%timeit binds none.
_OF_PYTHON = ("time", "capture", "prun")
_WRITES = ("writefile", "file")
_SHELL_MAGICS = ("pip", "conda", "mamba", "uv", "system", "sx", "sc", "bash", "sh", "script")


@functools.lru_cache(maxsize=256)  # most cells are the instructor's: the same for a cohort
def python(source: str) -> str:
    """A cell's text as plain Python, with its lines' numbers; "" where it is another language's."""
    magic = _CELL_MAGIC.match(source)
    if magic is None:
        return "".join(line for line, _ in _lines(source))
    above, body = "\n" * magic[0].count("\n"), source[magic.end() :]
    if magic[1] in _WRITES:
        return _written(magic[2], body)
    return above + python(body) if magic[1] in _OF_PYTHON else ""


def shell_lines(source: str) -> list[str]:
    """The commands in a cell that would have started another program: they do nothing."""
    magic = _CELL_MAGIC.match(source)
    if magic is not None:
        if magic[1] in _SHELL_MAGICS:
            return [magic[0].strip()]
        return shell_lines(source[magic.end() :]) if magic[1] in _OF_PYTHON else []
    return [command for _, command in _lines(source) if command and _starts_program(command)]


def _starts_program(command: str) -> bool:
    name = _LINE_MAGIC.match(command)
    return name[1] in _SHELL_MAGICS if name else command[:1] != "?" and command[-1:] != "?"


def _lines(source: str) -> Iterator[tuple[str, str]]:
    """The lines of a cell as Python, each with the command that was there, else ""."""
    if _is_python(source):
        yield source, ""
        return
    lines = source.splitlines(keepends=True)
    state, number = _State(), 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if state.within:
            state.read(line)
            yield line, ""
            continue
        indent = line[: len(line) - len(line.lstrip())]
        command = line.strip()
        first = number
        if _command(command) is not None:
            while command.endswith("\\") and number < len(lines):  # it goes on below
                command = command[:-1] + lines[number].strip()
                number += 1
        found = _command(command)
        if found is None:
            state.read(line)
            yield line, ""
        else:
            plain, shown = found
            rest = "\n" * (number - first) + ("\n" if lines[number - 1].endswith("\n") else "")
            yield indent + plain + rest, shown


def _is_python(source: str) -> bool:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return "get_ipython" not in source


def _command(line: str) -> tuple[str, str] | None:
    """What takes a command's place, and the command as it is shown; None where a line is Python."""
    by_call = _BY_CALL.match(line)
    if by_call is not None:
        return _called(by_call[1], by_call[2])
    assigned = _ASSIGNED.match(line)
    if assigned is not None:
        names, sign, rest = assigned.groups()
        magic = _LINE_MAGIC.match(f"%{rest}") if sign == "%" else None
        if magic is not None and magic[1] in ("time", "prun"):
            return f"{names.rstrip()} {_OPTIONS.sub('', magic[2], count=1)}", ""
        return f"{names.rstrip()} []", f"{sign}{rest}"
    if _HELP.match(line):
        return "pass", line
    if not _COMMAND.match(line):
        return None
    magic = _LINE_MAGIC.match(line)
    if magic is not None and magic[1] in ("time", "prun"):
        statement = _OPTIONS.sub("", magic[2], count=1)
        return (statement or "pass"), ""
    if magic is not None and magic[1] == "run" and magic[2].split():
        return f"exec(open({magic[2].split()[-1]!r}).read())", ""
    return "pass", line


def _called(method: str, arguments: str) -> tuple[str, str] | None:
    """`get_ipython().run_line_magic("pip", "install emcee")` with constants, as `%pip` is read."""
    try:
        given = ast.literal_eval(f"({arguments[1:-1]},)")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    if not given or not all(isinstance(each, str) for each in given):
        return None
    match method:
        case "system" | "getoutput":
            return _command(f"!{given[0]}")
        case "run_cell_magic" if len(given) == 3:
            name, line, body = given
            text = python(f"%%{name} {line}\n{body}")
            return f"exec({text!r})" if text.strip() else "pass", f"%%{name} {line}".strip()
    return _command(f"%{' '.join(given)}".strip())


def writing(name: str, text: str, mode: str = "w") -> str:
    """Python that writes a file."""
    return f"open({name!r}, {mode!r}, encoding='utf-8').write({text!r});"


def _written(where: str, body: str) -> str:
    *options, name = where.split() or [""]
    appends = {"-a", "--append"} & set(options)
    return writing(name.strip("\"'"), body, "a" if appends else "w") if name else ""


class _State:
    """Whether the next line goes on with what an earlier one has begun: a text, a bracket."""

    def __init__(self) -> None:
        self._quote, self._open, self._joined = "", 0, False

    @property
    def within(self) -> bool:
        return bool(self._quote) or self._open > 0 or self._joined

    def read(self, line: str) -> None:
        """Follow one line of Python."""
        place, text = 0, line.rstrip("\r\n")
        self._joined = False
        while place < len(text):
            rest = text[place:]
            if self._quote:
                if rest[0] == "\\":
                    place += 2
                elif rest.startswith(self._quote):
                    place += len(self._quote)
                    self._quote = ""
                else:
                    place += 1
                continue
            if rest[0] == "#":
                return
            if rest == "\\":
                self._joined = True
            elif rest[0] in "\"'":
                self._quote = rest[:3] if rest[:3] in ('"""', "'''") else rest[0]
                place += len(self._quote) - 1
            self._open = max(0, self._open + (rest[0] in "([{") - (rest[0] in ")]}"))
            place += 1
        if len(self._quote) == 1 and not text.endswith("\\"):
            self._quote = ""  # a text in single quotes ends with its line
