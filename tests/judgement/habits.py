"""Hand-ins as people really have them: notebooks after Colab, VS Code, a friend's tip.

    habits = Habits(released, solved, first="mean")
    habits.all()["shell line"]          # {"basics.ipynb": …, "helper.py": "…"}

Each takes the right answers, in the released notebook, and does to it what somebody did. Nothing
here knows an assignment: `first` is an exercise whose function takes what its cell says, and the
edits are of the kind that fits every notebook.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from course_lib.demo.cohort import HandIn

Notebook = dict[str, Any]
Files = dict[str, Notebook | str]

ABOVE = {  # a line put above the first given cell, which has the imports
    "pip": "!pip install -q emcee corner",
    "percent pip": "%pip install -q emcee corner",
    "bare pip": "pip install -q emcee corner",
    "ls": "files = !ls\n!nvidia-smi",
    "converted pip": "get_ipython().run_line_magic('pip', 'install emcee')",
    "converted shell": "get_ipython().system('pip install emcee')",
    "widget": "%matplotlib widget",
    "qt": "%matplotlib qt",
    "colab": "from google.colab import drive\ndrive.mount('/content/drive')",
    "old tensorflow": "%tensorflow_version 2.x",
    "seaborn": "import seaborn_that_is_not_here as sns\nsns.set()",
    "lab black": "%load_ext lab_black",
    "chdir": "import os\nos.chdir(r'C:\\Users\\me\\Documents')",
    "chdir home": "import os\nos.chdir(os.path.expanduser('~/no such folder'))",
    "version": "import numpy\nassert numpy.__version__.startswith('0.')",
    "exit": "import sys\nsys.exit()",
    "page": "import urllib.request\nurllib.request.urlopen('http://localhost:9/data.csv')",
    "program": "import subprocess\nsubprocess.run(['pip', 'list'], check=True)",
    "own data": "import numpy\ndata = numpy.loadtxt('my_data.csv')",
    "endless": "while True: pass",
}
OWN = {  # a cell of one's own, above all others
    "input": "name = input('your name? ')\nprint(name)",
    "own pip": "pip install emcee",
    "bash": "%%bash\nls",
    "time": "%%time\nx = sum(range(10))",
    "help": "print?\n?print",
    "ends": "import os\nos._exit(1)",
    "quit": "exit()",
    "loud": "import sys\nprint('x' * 100_000)\nsys.stderr.write('careful')",
}
BELOW = {  # a cell of one's own, below all others; FIRST is an exercise
    "defined again": "def FIRST(*anything):\n    return 0",
    "deleted": "del FIRST",
    "module shadowed": "import math as np\nplt = tf = None",
}
HELPER = "def same(value):\n    return value\n"


@dataclass(frozen=True)
class Habits:
    """The hand-ins that are made of one notebook; `first` is the exercise that some of them edit.

    name: the notebook's, without its ending.
    """

    released: Notebook
    solved: Notebook
    name: str
    first: str

    def all(self) -> dict[str, Files]:
        """Every hand-in, by what was done."""
        found: dict[str, Files] = {"blank": self._files(copy.deepcopy(self.released))}
        found["right"] = self._files(self._right())
        for what, line in ABOVE.items():
            found[what] = self._files(self._with_line(line))
        for what, source in OWN.items():
            found[what] = self._files(self._with_own(source))
        for what, source in BELOW.items():
            nb = self._right()
            nb["cells"].append(_code(source.replace("FIRST", self.first)))
            found[what] = self._files(nb)
        for method in self._methods():
            found[method.__name__.replace("_", " ").strip()] = method()
        return found

    def everything(self) -> Files:
        """Most of it at once, so that one run is a quick look at all."""
        nb = self._with_helper()
        given, solution = self._given(nb), self._cell(nb, self.first)
        above = ("pip", "bare pip", "converted shell", "widget", "seaborn", "chdir home")
        given["source"] = "\n".join([*(ABOVE[name] for name in above), _text(given)])
        solution["source"] = f"!pip install emcee\n{_text(solution)}"
        own = [OWN[name] for name in ("input", "bash", "ends", "help")]
        nb["cells"][:0] = [_code(source) for source in own]
        nb["cells"] += [_code(source.replace("FIRST", self.first)) for source in BELOW.values()]
        return self._files(nb) | {"helper.py": HELPER}

    def _methods(self) -> Iterator[Callable[[], Files]]:
        yield from (self.stripped, self.stripped_and_renumbered, self.helper_beside)
        yield from (self.helper_written, self.pip_in_the_solution, self.stub_left_below)
        yield from (self.stub_left_above, self.broken_solution, self.unparsable_own_cell)
        yield from (self.old_format, self.wrong_kernel, self.emptied_first, self.answer_at_the_end)
        yield from (self.answer_in_the_test_cell, self.used_again_later, self.pasted_picture)
        yield from (self.ids_of_another_release, self.copied_cell, self.moved_to_the_end)

    def stripped(self) -> Files:
        """An editor that keeps no metadata and no ids."""
        nb = self._right()
        for cell in nb["cells"]:
            cell["metadata"] = {}
            cell.pop("id", None)
        return self._files(nb)

    def stripped_and_renumbered(self) -> Files:
        """An editor that keeps no metadata and gives ids of its own."""
        nb = self._right()
        for number, cell in enumerate(nb["cells"]):
            cell |= {"metadata": {}, "id": f"v{number:07}"}
        return self._files(nb)

    def helper_beside(self) -> Files:
        """A module beside the notebook, which the solution imports."""
        return self._files(self._with_helper()) | {"helper.py": HELPER}

    def helper_written(self) -> Files:
        """A module that a cell writes."""
        nb = self._with_helper()
        nb["cells"].insert(0, _code(f"%%writefile helper.py\n{HELPER}"))
        return self._files(nb)

    def pip_in_the_solution(self) -> Files:
        """Commands in the cell of an exercise."""
        nb = self._right()
        cell = self._cell(nb, self.first)
        cell["source"] = f"!pip install emcee\n%pip list\n{_text(cell)}\n!ls"
        return self._files(nb)

    def stub_left_below(self) -> Files:
        """The released `raise` below finished code, which returns before it."""
        nb = self._right()
        cell = self._cell(nb, self.first)
        cell["source"] = f"{_text(cell)}\n    # YOUR CODE HERE\n    raise NotImplementedError()"
        return self._files(nb)

    def stub_left_above(self) -> Files:
        """The released `raise` above finished code, which is never reached."""
        nb = self._right()
        cell = self._cell(nb, self.first)
        lines = _text(cell).splitlines()
        at = next(n for n, line in enumerate(lines) if re.match(r"    (return|\w+ = )", line))
        lines[at:at] = ["    # YOUR CODE HERE", "    raise NotImplementedError()"]
        cell["source"] = "\n".join(lines)
        return self._files(nb)

    def broken_solution(self) -> Files:
        """A cell that does not parse."""
        nb = self._right()
        self._cell(nb, self.first)["source"] = f"def {self.first}(:\n    return"
        return self._files(nb)

    def unparsable_own_cell(self) -> Files:
        """Notes in a code cell."""
        return self._files(self._with_own("see the lecture: page 7"))

    def old_format(self) -> Files:
        """Sources as lists of lines, as files have them, and no ids."""
        nb = self._right()
        for cell in nb["cells"]:
            cell["source"] = _text(cell).splitlines(keepends=True)
            cell.pop("id", None)
        return self._files(nb | {"nbformat": 4, "nbformat_minor": 2})

    def wrong_kernel(self) -> Files:
        """Another environment's kernel."""
        nb = self._right()
        nb["metadata"]["kernelspec"] = {
            "display_name": "astro",
            "language": "python",
            "name": "conda-env-astro-py",
        }
        return self._files(nb)

    def emptied_first(self) -> Files:
        """The imports' cell emptied, and moved into a cell of one's own."""
        nb = self._right()
        given = self._given(nb)
        nb["cells"].insert(0, _code(_text(given)))
        given["source"] = ""
        return self._files(nb)

    def answer_at_the_end(self) -> Files:
        """The released stub left in its place, and the answer in a cell at the end."""
        nb = self._right()
        cell = self._cell(nb, self.first)
        nb["cells"].append(_code(_text(cell)))
        cell["source"] = _text(self._cell(self.released, self.first))
        return self._files(nb)

    def answer_in_the_test_cell(self) -> Files:
        """The function above `check(…)`, and nothing in the cell that is meant for it."""
        nb = self._right()
        answer, test = self._cell(nb, self.first), self._cell(nb, f"check_{self.first}")
        test["source"] = f"{_text(answer)}\n\n\n{_text(test)}"
        answer["source"] = _text(self._cell(self.released, self.first))
        return self._files(nb)

    def used_again_later(self) -> Files:
        """A name of the first cell that means something else at the end."""
        nb = self._right()
        names = re.findall(r"^import .* as (\w+)$", _text(self._given(nb)), re.MULTILINE)
        nb["cells"].append(_code("\n".join(f"{name} = 64" for name in names)))
        return self._files(nb)

    def pasted_picture(self) -> Files:
        """A picture in a cell of text, as Jupyter pastes it and as Colab does."""
        nb = self._right()
        dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA"
        dot += "WjR9awAAAABJRU5ErkJggg=="
        text = f"![](attachment:dot.png)\n\n![](data:image/png;base64,{dot})"
        cell = {"cell_type": "markdown", "id": "pasted", "metadata": {}, "source": text}
        nb["cells"].insert(3, cell | {"attachments": {"dot.png": {"image/png": dot}}})
        return self._files(nb)

    def ids_of_another_release(self) -> Files:
        """The notebook of last year: other ids, the same names."""
        nb = self._right()
        for number, cell in enumerate(nb["cells"]):
            cell["id"] = f"last-year-{number}"
        return self._files(nb)

    def copied_cell(self) -> Files:
        """The cell of an exercise twice, the first of them with another try in it."""
        nb = self._right()
        cell = self._cell(nb, self.first)
        place = nb["cells"].index(cell)
        nb["cells"].insert(place, copy.deepcopy(cell) | {"source": "print('first try')"})
        return self._files(nb)

    def moved_to_the_end(self) -> Files:
        """The cell of an exercise below all others."""
        nb = self._right()
        cell = self._cell(nb, self.first)
        nb["cells"].remove(cell)
        nb["cells"].append(cell)
        return self._files(nb)

    def _right(self) -> Notebook:
        return HandIn("right", "", ()).notebook(self.released, self.solved)

    def _files(self, nb: Notebook) -> Files:
        return {f"{self.name}.ipynb": nb}

    def _with_line(self, line: str) -> Notebook:
        nb = self._right()
        given = self._given(nb)
        given["source"] = f"{line}\n{_text(given)}"
        return nb

    def _with_own(self, source: str) -> Notebook:
        nb = self._right()
        nb["cells"].insert(0, _code(source))
        return nb

    def _with_helper(self) -> Notebook:
        nb = self._right()
        cell = self._cell(nb, self.first)
        cell["source"] = f"import helper\nhelper.same\n{_text(cell)}"
        cell["source"] = re.sub(r"    return (.+)", r"    return helper.same(\1)", cell["source"])
        return nb

    @staticmethod
    def _given(nb: Notebook) -> dict[str, Any]:
        code = [cell for cell in nb["cells"] if cell["cell_type"] == "code"]
        found: dict[str, Any] = next(c for c in code if "nbgrader" not in c["metadata"])
        return found

    @staticmethod
    def _cell(nb: Notebook, name: str) -> dict[str, Any]:
        for cell in nb["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("grade_id") == name:
                found: dict[str, Any] = cell
                return found
        raise KeyError(name)


def _text(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def _code(source: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": f"own{abs(hash(source)) % 10**8}",
        "metadata": {},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }
