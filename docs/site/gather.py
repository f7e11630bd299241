"""Copies into docs/_gathered what the pages show from elsewhere in the repository.

- the root's SECURITY, CHANGELOG and CONTRIBUTING; links to the repository's files become plain text
- the help of every `course` command
- the fields of a verdict, from its schema
- the released notebooks, as students get them, and a map of them
"""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import click
from sphinx.application import Sphinx

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
GATHERED = DOCS / "_gathered"
PAGES = ("SECURITY", "CHANGELOG", "CONTRIBUTING")
MAP_WORDS = """Each lesson is an afternoon. The worksheet makes the whole journey once; the others
take its parts apart. None needs another's code. Two good places to begin, beside the worksheet, are
likelihood and posterior; what a lesson builds on is said at its beginning."""
LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)]+)\)")


def gather(_app: Sphinx) -> None:
    """Make the folder anew: what is gone from the repository is gone from the pages."""
    shutil.rmtree(GATHERED, ignore_errors=True)
    for name in PAGES:
        text = (ROOT / f"{name}.md").read_text("utf-8")
        write(f"{name.lower()}.md", LINK.sub(readable_here, text))
    write("commands.md", commands_page())
    write(
        "verdict-fields.md",
        fields_of(json.loads((DOCS / "verdict.schema.json").read_text("utf-8"))),
    )
    write("map.md", map_page())
    released = [*(ROOT / "release").glob("*/*.ipynb"), *(ROOT / "release").glob("*/*.png")]
    for path in sorted(released):
        target = GATHERED / "lessons" / path.parent.name / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def write(name: str, text: str) -> None:
    """One page."""
    GATHERED.mkdir(exist_ok=True)
    (GATHERED / name).write_text(text, "utf-8")


def readable_here(link: re.Match[str]) -> str:
    """A link of a page at the root, for these pages: to another page, to the web, or its text."""
    text, target = link.groups()
    if target.startswith(("https://", "#")):
        return link[0]
    if target.startswith("docs/") and target.partition("#")[0].endswith(".md"):
        return f"[{text}](/{target.removeprefix('docs/')})"
    name, _, section = target.partition("#")
    if name.removesuffix(".md") in PAGES:
        return f"[{text}](/_gathered/{name.lower()}{'#' + section if section else ''})"
    return text


def map_page() -> str:
    """The assignments in their order: question, minutes, points, what one can do afterwards."""
    from course_lib.report.listing import overview

    parts = ["# The map of the course", MAP_WORDS]
    for one in (each for each in overview(ROOT) if each.question):
        lesson = next((ROOT / "release" / one.name).glob("*.ipynb"), None)
        link = f"lessons/{one.name}/{lesson.stem}" if lesson else ""
        parts.append(f"## {f'[{one.name}]({link})' if link else one.name}")
        parts.append(
            f"*{one.question}* {one.minutes} minutes, {one.checked:g} points by checks and "
            f"{one.by_hand:g} for an answer in words."
        )
        if one.afterwards:
            parts.append(f"Afterwards you can {one.afterwards}.")
    return "\n\n".join(parts) + "\n"


def fields_of(schema: dict[str, Any]) -> str:
    """Each object of a schema as a table: field, kind, meaning."""
    objects = {"The verdict": schema}
    for name in ("check", "claim", "cell"):
        objects[f"A {name}"] = schema["$defs"][name]
    parts = []
    for title, described in objects.items():
        parts.append(f"### {title}\n\n| field | kind | meaning |\n|---|---|---|")
        for name, field in described["properties"].items():
            optional = "" if name in described["required"] else ", optional"
            meaning = field.get("description", "")
            parts[-1] += f"\n| `{name}` | {kind_of(field)}{optional} | {meaning} |"
    return "\n\n".join(parts) + "\n"


def kind_of(field: dict[str, Any]) -> str:
    """What a field holds, in words."""
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    if "const" in field:
        return f"`{field['const']}`"
    if "$ref" in field:
        return str(field["$ref"]).rpartition("/")[2]
    inner = field.get("items") or field.get("additionalProperties")
    kind = str(field.get("type", "anything"))
    return f"{kind} of {kind_of(inner)}" if isinstance(inner, dict) else kind


def commands_page() -> str:
    """Every command of `course` with its help, as a terminal shows it."""
    from course_lib.cli import main

    parts = ["# The commands", "Each explains itself with `--help`; this is what they say."]
    parts.append(help_of(main, "course", None))
    with click.Context(main, info_name="course") as context:
        for name in main.list_commands(context):
            command = main.get_command(context, name)
            assert command is not None
            parts += [f"## course {name}", help_of(command, name, context)]
    return "\n\n".join(parts) + "\n"


def help_of(command: click.Command, name: str, parent: click.Context | None) -> str:
    """A command's help as a block of text."""
    with click.Context(command, info_name=name, parent=parent, terminal_width=88) as context:
        return f"```text\n{command.get_help(context)}\n```"


def setup(app: Sphinx) -> dict[str, Any]:
    """Gather before Sphinx looks for pages."""
    app.connect("builder-inited", gather)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
