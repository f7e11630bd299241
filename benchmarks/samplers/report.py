"""The tables and the picture of docs/samplers.md, out of what was measured.

A sampler that ran with two numbers of chains shows the better one. Goals of the project stand below
each table: with warm-up 1.5 × the best peer of any kind; sampling only 2 × the best NUTS among the
peers, and level with ChEES.
"""

from __future__ import annotations

from typing import Any

from jobs import OURS, jobs
from pages import PROJECT, rewrite, table
from targets import NAMES

COMMAND = "benchmarks/samplers"
TITLES = {
    "worksheet": "Worksheet (d = 3)",
    "worksheet_sums": "Worksheet, from sufficient statistics (d = 3)",
    "eight_schools": "Eight schools, non-centred (d = 10)",
    "logistic_50": "Logistic regression (d = 50)",
    "ar1_100": "AR(1), φ = 0.9 (d = 100)",
    "ar1_1000": "AR(1), φ = 0.9 (d = 1000)",
    "funnel": "Neal's funnel (d = 10)",
    "eight_centred": "Eight schools, centred (d = 10)",
    "rosenbrock": "Rosenbrock's banana (d = 2)",
    "student_t3": "Student's t, 3 degrees of freedom (d = 10)",
}
Rows = dict[str, dict[str, Any]]
"""Sampler: its figures, with its chains"""


def write(stored: dict[str, Any]) -> None:
    """docs/samplers.md and docs/img/samplers.png."""
    parts = []
    for target in NAMES:
        rows = best(target, stored)
        if rows:
            parts.append(section(target, rows))
    rewrite("samplers.md", COMMAND, "\n\n".join(parts))
    picture({target: best(target, stored) for target in NAMES})


def best(target: str, stored: dict[str, Any]) -> Rows:
    """Of each sampler, its best number of chains: by what sampling with warm-up gives."""
    found: Rows = {}
    for job in jobs(target):
        name = "NumPyro, many chains" if job.name == "NumPyro" and job.chains > 1 else job.name
        row = stored.get(f"{target} | {job.name} | {job.chains}")
        if row is None:
            continue
        row = {**row, "chains": job.chains}
        old = found.get(name)
        if old is None or merit(row) > merit(old):
            found[name] = row
    return found


def merit(row: dict[str, Any]) -> float:
    return -1.0 if row["trouble"] else float(row["with warm-up"])


def section(target: str, rows: Rows) -> str:
    head = [
        "", "chains", "sampling", "with warm-up", "with compiling", "compiling, s",
        "leapfrogs/s", "leapfrogs each", "divergent",
    ]  # fmt: skip
    lines = []
    for name, row in sorted(rows.items(), key=lambda item: -merit(item[1])):
        bold = f"**{name}**" if name.startswith(OURS) else name
        lost = f"{row['divergent']:.2%}" if row.get("divergent") else "0"
        if row["trouble"]:
            speed = (
                [f"{row['compile']:.1f}", short(row["leapfrogs"]), ""]
                if "each" in row
                else 3 * [""]
            )
            lines.append([bold, str(row["chains"]), f"– ({row['trouble']})", "", "", *speed, lost])
            continue
        lines.append(
            [bold, str(row["chains"])]
            + [short(row[k]) for k in ("sampling", "with warm-up", "with compile")]
            + [f"{row['compile']:.1f}", short(row["leapfrogs"]), f"{row['each']:.1f}"]
            + [lost]
        )
    return f"### {TITLES[target]}\n\n{table(head, lines)}\n\n{goals(rows)}"


def goals(rows: Rows) -> str:
    """The ratios that were aimed at, and what they are."""
    right = {name: row for name, row in rows.items() if not row["trouble"]}
    ours = [row for name, row in right.items() if name.startswith(OURS)]
    peers = {name: row for name, row in right.items() if not name.startswith((OURS, "the "))}
    if not ours or not peers:
        return "No ratio: " + (
            "no peer's draws are right." if ours else "our own draws are not right."
        )
    nuts = {n: r for n, r in peers.items() if "ChEES" not in n and n != "emcee"}
    said = []
    for what, figure, goal, rivals in (
        ("with warm-up, beside any peer", "with warm-up", 1.5, peers),
        ("sampling, beside the best NUTS", "sampling", 2.0, nuts),
        ("sampling, beside ChEES", "sampling", 1.0,
         {n: r for n, r in peers.items() if "ChEES" in n}),
    ):  # fmt: skip
        if rivals:
            name = max(rivals, key=lambda n: rivals[n][figure])
            ratio = max(row[figure] for row in ours) / rivals[name][figure]
            said.append(f"{what} ({name}): {ratio:.3g} × (goal {goal:g})")
    return "Here " + "; ".join(said) + "."


def short(number: float) -> str:
    """1.75 M, 353 k, 4.2 k, 87."""
    for size, unit in ((1e6, " M"), (1e3, " k")):
        if number >= size:
            return f"{number / size:.3g}{unit}"
    return f"{number:.3g}"


def picture(found: dict[str, Rows]) -> None:
    """Every sampler's effective draws a second with warm-up, one line of points a target."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    shown = {t: rows for t, rows in found.items() if any(not r["trouble"] for r in rows.values())}
    if not shown:
        return
    names = sorted({name for rows in shown.values() for name in rows})
    colours = dict(zip(names, plt.get_cmap("tab20").colors, strict=False))
    figure, axis = plt.subplots(figsize=(8, 0.55 * len(shown) + 2.2))
    for y, rows in enumerate(shown.values()):
        for name, row in rows.items():
            if row["trouble"]:
                continue
            mine = name.startswith(OURS)
            axis.plot(row["with warm-up"], y, "D" if mine else "o", markersize=9 if mine else 6,
                      color="#c8553d" if name == f"{OURS}, NUTS" else colours[name],
                      markeredgecolor="black" if mine else "white", label=name)  # fmt: skip
    handles = dict(zip(*reversed(axis.get_legend_handles_labels()), strict=True))
    axis.legend(handles.values(), handles.keys(), fontsize=8, frameon=False, ncols=4,
                loc="upper center", bbox_to_anchor=(0.4, -0.18))  # fmt: skip
    axis.set_xscale("log")
    axis.set_yticks(range(len(shown)), [TITLES[t] for t in shown])
    axis.invert_yaxis()
    axis.grid(axis="x", color="0.9")
    axis.spines[["top", "right", "left"]].set_visible(False)
    axis.set_xlabel("effective draws a second, warm-up included (worst parameter, bulk or tail)")
    figure.savefig(PROJECT / "docs" / "img" / "samplers.png", dpi=120, bbox_inches="tight")
