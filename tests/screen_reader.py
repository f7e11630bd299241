"""What a screen reader is given of a page, as Chromium works it out."""

from __future__ import annotations

from itertools import pairwise

from playwright.sync_api import Page

NAMED = {"image", "link", "button", "table", "dialog", "heading", "columnheader"}
Node = tuple[str, str, dict[str, object]]


def tree_of(page: Page) -> list[Node]:
    """The role, the name and the properties of each thing."""
    session = page.context.new_cdp_session(page)
    return [
        (
            node.get("role", {}).get("value", ""),
            node.get("name", {}).get("value", "").strip(),
            {each["name"]: each["value"].get("value") for each in node.get("properties", [])},
        )
        for node in session.send("Accessibility.getFullAXTree")["nodes"]
        if not node.get("ignored")
    ]


def faults_of(page: Page) -> list[str]:
    """What is missing for somebody who listens: names, a language, headings in their order."""
    tree = tree_of(page)
    faults = [f"a {role} has no name" for role, name, _ in tree if role in NAMED and not name]
    headings = [(int(str(more["level"])), name) for role, name, more in tree if role == "heading"]
    faults += [
        f"heading {name!r} of level {level} follows one of level {before}"
        for (before, _), (level, name) in pairwise([(0, ""), *headings])
        if level > before + 1
    ]
    if not page.evaluate("document.documentElement.lang"):
        faults.append("the page names no language")
    if not page.title():
        faults.append("the page has no title")
    return faults
