"""The notebooks as a reader meets them: run for real, with the numbers of 2018 in them."""

from __future__ import annotations

import re
import resource
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

from course_lib.authoring.build import assignments, read_twin, twins
from course_lib.notebook.reading import cells_of

WORKSHEET = Path("source/00_worksheet/worksheet.nb.py")
APPENDIX = Path("source/appendix_graph_mode/graph_mode.nb.py")

# Two orders of summation differ in the last bits: 50 terms of up to 10 each and a result of some
# 10, so the relative error is at most 50 · 10/10 · eps = 1e-14; the table is kept to 1e-12.
SAME = 1e-12
# L-BFGS-B stops when the log likelihood gains less than 2.2e-9 of itself. It is flat there, so the
# place is known to sqrt(2 · 39.8 · 2.2e-9) = 4e-4 standard errors (0.035, 0.016, 0.011).
FOUND = 1.5e-5

AT_THE_TRUTH = [38.043974115093675, -121.37882419883077, -19.321491806784866]
GRADIENT = [-48.6057096067264, 52.63990461776443, 122.76707748749914, 12.276707748749913]
BEST = [-0.4451492551952392, 0.0406957941288166, 0.10910471750576961, 39.8254388012575]
LOG_PROB = 37.821344107416266


def run(notebook: NotebookNode, folder: Path) -> float:
    """Run it in a fresh kernel, as Jupyter does; returns the CPU seconds that took."""
    began = resource.getrusage(resource.RUSAGE_CHILDREN)
    NotebookClient(
        notebook, timeout=900, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    ).execute()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime - began.ru_utime - began.ru_stime


def printed(notebook: NotebookNode) -> str:
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return "\n".join(output.text for output in outputs if output.get("name") == "stdout")


def earned(notebook: NotebookNode) -> float:
    """The points that the cards of all `check` cells show."""
    cards = [
        output.data["text/plain"]
        for cell, node in zip(cells_of(notebook), notebook.cells, strict=True)
        for output in node.get("outputs", [])
        if cell.role == "test" and "text/plain" in output.get("data", {})
    ]
    return sum(float(re.findall(r": ([\d.]+) of [\d.]+ points?", card)[0]) for card in cards)


def missing(text: str, wanted: list[float], rel: float = 0.0, abs_: float = 0.0) -> list[float]:
    """Which of the `wanted` numbers are not among those that `text` prints."""
    numbers = [float(match) for match in re.findall(r"-?\d+\.\d*(?:e[-+]\d+)?", text)]
    return [
        value
        for value in wanted
        if not any(abs(number - value) <= max(rel * abs(value), abs_) for number in numbers)
    ]


def test_the_numbers_of_2018_come_without_the_demonstrations(root: Path, course: Path) -> None:
    """Nothing graded and none of the table's numbers needs a cell that grading may skip."""
    notebook = read_twin(root / WORKSHEET)
    pairs = zip(cells_of(notebook), notebook.cells, strict=True)
    notebook.cells = [node for cell, node in pairs if not cell.demonstration]
    run(notebook, course)
    text = printed(notebook)
    assert missing(text, [*AT_THE_TRUTH, *GRADIENT, LOG_PROB], rel=SAME) == []
    assert missing(text, BEST, abs_=FOUND) == []
    assert earned(notebook) == 18, "by what `check` shows to a student who has solved everything"


def test_the_appendix_gives_the_old_numbers_and_shows_the_trap(root: Path, tmp_path: Path) -> None:
    notebook = read_twin(root / APPENDIX)
    run(notebook, tmp_path)
    text = printed(notebook)
    assert missing(text, [*AT_THE_TRUTH, *GRADIENT, LOG_PROB], rel=SAME) == []
    assert missing(text, BEST, abs_=FOUND) == []
    [trap] = re.findall(r"slope 0\.1: (\S+)  <- still the old slope", text)
    assert missing(trap, AT_THE_TRUTH[:1], rel=SAME) == []


def compare_four_ways(text: str) -> None:
    """The fair race: the table's columns follow from each other, and bear the prose out."""
    rows = re.findall(r"^((?:emcee|NUTS), [a-z ]+?) +([\d. ]+)$", text, re.MULTILINE)
    table = {name: [float(number) for number in numbers.split()] for name, numbers in rows}
    assert len(table) == 4 and {len(row) for row in table.values()} == {9}
    for compiling, warming, sampling, n_eff, during, whole, *microseconds in table.values():
        assert during < whole
        waits = (sampling, warming + sampling, compiling + warming + sampling)
        for shown, seconds in zip(microseconds, waits, strict=True):
            # Seconds are shown to 0.01, prices to 0.1 µs, n_eff to 1: each rounds by half of that,
            # and up to three of the seconds are added up.
            rounding = 3 * 0.005 + (0.05 * n_eff + 0.5 * shown) / 1e6
            assert abs(shown * n_eff / 1e6 - seconds) <= rounding
    asked = {name: row[4] for name, row in table.items()}
    assert asked["emcee, one by one"] == asked["emcee, vectorised"] > 3 * asked["NUTS, readable"]


@pytest.mark.slow
def test_the_whole_worksheet_runs_and_compares_the_samplers(root: Path, tmp_path: Path) -> None:
    notebook = read_twin(root / WORKSHEET)
    seconds = run(notebook, tmp_path)
    assert seconds < 240, "two minutes on two cores is what students are promised"
    text = printed(notebook)
    rows = re.findall(r"(emcee|NUTS) +n_eff +(\d+).* ([\d.]+) ms\s+and ([\d.]+) evaluations", text)
    cost = {name: (float(n_eff), float(asked)) for name, n_eff, _, asked in rows}
    # n_eff itself is uncertain to some 10 % (Sokal's formula at tau = 33, 64 000 samples); the
    # prices are an order of magnitude apart.
    assert 1500 < cost["emcee"][0] < 2500
    assert 3300 < cost["NUTS"][0] < 6300  # 3500 draws, 1.3 effective ones each
    assert cost["emcee"][1] > 5 * cost["NUTS"][1]
    compare_four_ways(text)
    stored = re.findall(r"stored and recomputed: (\S+)", text)
    assert float(stored[0]) < 1e-11  # the last bits of 38: the point reached, not the one left
    figures = [
        output
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    assert len(figures) == 10
    nbformat.validate(notebook)


def test_cells_are_short_and_prose_comes_first(root: Path) -> None:
    for name in assignments(root):
        for twin in twins(name, root):
            cells = cells_of(read_twin(twin))
            assert not cells[0].is_code
            for cell in cells:
                if cell.is_code:
                    lines = cell.source.count("\n") + 1
                    assert lines <= 25, f"{twin.name}, {cell.label} has {lines} lines"


def test_only_pictures_and_sampling_are_demonstrations(root: Path) -> None:
    cells = cells_of(read_twin(root / WORKSHEET))
    tagged = [cell for cell in cells if cell.demonstration]
    assert tagged
    assert all(cell.is_code and cell.role == "given" and not cell.grade_id for cell in tagged)
    untagged = "\n".join(cell.source for cell in cells if cell.is_code and cell not in tagged)
    assert not re.findall(r"plt\.(?!rcParams)|emcee|corner|nuts\(", untagged)
