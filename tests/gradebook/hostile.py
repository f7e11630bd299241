"""Hand-ins that are made to load something, or to cost much, where they are shown."""

from __future__ import annotations

from typing import Any

Cell = dict[str, Any]


def code(source: str, *outputs: dict[str, Any]) -> Cell:
    """A code cell of a student's own."""
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": list(outputs)}


def words(source: str) -> Cell:
    """A Markdown cell of a student's own."""
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def table(rows: int) -> dict[str, Any]:
    """An output with a table of one cell a row."""
    html = f"<table>{'<tr><td></td></tr>' * rows}</table>"
    return {"output_type": "display_data", "data": {"text/html": html}, "metadata": {}}


def error(lines: int) -> dict[str, Any]:
    """An output with a traceback of short lines."""
    return {"output_type": "error", "ename": "E", "evalue": "", "traceback": ["x"] * lines}


LONG = 48_000  # characters: below a cell's limit, and ten below a notebook's
COSTLY: dict[str, list[Cell]] = {
    "signs": [code("(" * LONG) for _ in range(10)],
    "sums": [code("a+" * (LONG // 2)) for _ in range(10)],
    "lines": [code("a\n" * (LONG // 2)) for _ in range(10)],
    "emphasis": [words("*a* " * (LONG // 4)) for _ in range(10)],
    "code spans": [words("`a`b" * (LONG // 4)) for _ in range(10)],
    "formulas": [words("$a$ " * (LONG // 4)) for _ in range(10)],
    "lists": [words("- a\n" * (LONG // 4)) for _ in range(10)],
    "quotes": [words("> " * 99 + "a\n\n") for _ in range(900)],
    "html": [words("<b>" * (LONG // 3)) for _ in range(10)],
    "short cells": [words("a") for _ in range(900)],
}
OUTPUTS: dict[str, list[dict[str, Any]]] = {
    "tables": [table(2_000) for _ in range(90)],
    "tracebacks": [error(20_000) for _ in range(90)],
    "prints": [
        {"output_type": "stream", "name": name, "text": "x"} for name in ("stdout", "stderr") * 45
    ],
}


def loading(at: str) -> list[Cell]:
    """Cells of a student's own that would fetch something from `at`, if they could."""
    shapes = [
        "![x]({})",
        "![a [b](attachment:ok.png)]({})",
        "![a `](attachment:ok.png)`]({})",
        "![a\\](attachment:ok.png)]({})",
        "![![inner]({})](attachment:ok.png)",
        "[![x]({})](https://example.org)",
        "![x][y]\n\n[y]: {}",
        "![y]\n\n[y]: <{}>",
        '![x]({} "title")',
        "![x](<{}>)",
        "| a |\n|---|\n| ![x]({}) |",
        "> - 1. ![x]({})",
        "Term\n: ![x]({})",
        "# ![x]({})",
        "*a ![x]({})*",
        "<img src={}>",
        "<IMG\nSRC='{}'\n>",
        "a <img/src={}> b",
        "<picture><source srcset={}><img></picture>",
        "<video poster={0}><source src={0}></video><audio src={0} autoplay>",
        "<iframe src={0}></iframe><object data={0}></object><embed src={0}>",
        "<link rel=stylesheet href={0}><link rel=prefetch href={0}><style>@import '{0}';</style>",
        "<p style='background:url({})'>p</p>",
        "<table background={}><tr><td>t</td></tr></table>",
        "<svg><image href={0} /><use href={0} /></svg>",
        "<meta http-equiv=refresh content='0;url={}'>",
        "<base href={}>\n\n![x](relative.png)",
        "<script>fetch('{}')</script>",
        "```mermaid\n<img src={}>\n```",
        "```x\n</code></pre><img src={}>\n```",
        "`a`<!-- --><img src={}>",
        "&lt;img src={0}&gt; &#60;img src={0}>",
        "$$\\includegraphics{{{}}}$$",
        "$\\unicode[url({})]{{65}}$ \\begin{{x}}<img src={}>\\end{{x}}",
        "$<img src={}>$",
        "\\<img src={}>",
        "\\\\[ <img src={}> \\\\]",
        "- [ ] ![x]({})",
        "![x](\\{})",
        "![x](//{})",
    ]
    pictures = [words(s.format(*[f"{at}/{n}.png"] * 3)) for n, s in enumerate(shapes)]
    html = f"<table background={at}/o><tr><td><img src={at}/p><style>@import '{at}/q'</style></td>"
    rich = {
        "text/html": html,
        "text/markdown": f"![x]({at}/r)",
        "image/svg+xml": f"<svg xmlns='http://www.w3.org/2000/svg'><image href='{at}/s'/></svg>",
        "text/latex": f"$\\includegraphics{{{at}/t}}$",
        "application/javascript": f"fetch('{at}/u')",
    }
    outputs = [
        {"output_type": "display_data", "data": {kind: text}, "metadata": {}}
        for kind, text in rich.items()
    ]
    return [*pictures, code(f"# <img src={at}/v>", *outputs)]
