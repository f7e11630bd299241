"""A student's Markdown whose words, formulas and pictures stay, and in which nothing acts.

    harmless_markdown("*Plain* words: $s < 1$.")           # as it was written
    harmless_markdown("![plot](https://elsewhere/a.png)")  # "[picture: plot](https://elsewhere/a.png)"
    harmless_markdown("a <b onclick=x>b</b>")              # "a \\<b onclick=x\\>b\\</b\\>"
    harmless_markdown("between $5 and $10")                # "between \\$5 and \\$10"

It is read by the parser of the pages that show it, nbconvert's. A text of harmless parts only is
kept as it is. Any other, and one with dollars that are money, is written anew from its parts, with
HTML as typed text, pictures that are elsewhere as links, and those that are nowhere as a sentence;
then it is read once more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

from mistune.core import BlockState
from mistune.renderers.markdown import MarkdownRenderer
from mistune.util import unescape
from nbconvert.filters.markdown_mistune import MarkdownWithMath

from course_lib.grading.submission import money
from course_lib.grading.submission.markup import harmless_tex, markdown_text, without_gaps
from course_lib.text import one_line, plain

# Characters of one text: some pages. What it costs to lay out grows with the square of it: 0.4 s.
MARKDOWN_LIMIT = 20_000

ATTACHED = "attachment:"
NOT_SHOWN = (
    "[The picture {name} cannot be shown here. Pictures that can are inside the notebook, as PNG, "
    "JPEG, GIF or WebP.]"
)
_PARTS = {
    "paragraph", "block_text", "heading", "emphasis", "strong", "strikethrough", "codespan",
    "linebreak", "softbreak", "blank_line", "thematic_break", "block_quote", "list", "list_item",
    "task_list_item", "table", "table_head", "table_body", "table_row", "table_cell", "def_list",
    "def_list_head", "def_list_item", "block_math", "inline_math", "latex_environment",
}  # fmt: skip
_LANGUAGES = ("", "python", "py", "python3", "ipython3")  # others have lexers that can take minutes
_ADDRESS = re.compile(r"(?i)https?://[^/\\]|mailto:|#")  # where a link may lead
_ELSEWHERE = re.compile(r"(?i)(?:https?:)?//[^/\\]")
_WHOLE_ADDRESS = re.compile(r"https?://[^\s<>\\]+")
_SPECIAL = re.compile(r"[\\`*_\[\]<>&$~|!]")
# HTML that people use for looks: it goes, the words in it stay.
_LOOKS = {"b", "i", "u", "em", "strong", "sub", "sup", "font", "center", "div", "p", "span"}

Token = dict[str, Any]


def harmless_markdown(
    text: str, pictures: Mapping[str, str] | None = None, limit: int = MARKDOWN_LIMIT
) -> str:
    """`text` as Markdown in which nothing acts: no HTML, no scripts, nothing that is fetched.

    pictures: the cell's attachments, by the name that the text has for each (`picture_names`).
    """
    shown = pictures or {}
    words = harmless_tex(without_gaps(plain(text, limit)))
    try:
        tokens, state = money.parser(None).parse(words)
        if _harmless(tokens, set(shown.values())) and money.SEEN not in state.env:
            return words
        anew = _Writer(shown)(tokens, state)
        if harmless_tex(anew) == anew and _harmless_everywhere(anew, set(shown.values())):
            return anew
    except RecursionError:
        pass
    return "  \n".join(markdown_text(line.strip(), limit) for line in words.splitlines())


def picture_names(names: Iterable[str]) -> dict[str, str]:
    """For each attachment's name one that every page finds: ASCII, without spaces, no two alike.

    >>> picture_names(["plot.png", "my plot.png"])
    {'plot.png': 'plot.png', 'my plot.png': 'my-plot.png'}
    """
    given: dict[str, str] = {}
    for name in names:
        ascii_ = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
        stem = short = re.sub(r"[^A-Za-z0-9._]+", "-", ascii_).strip("-._")[-80:] or "picture"
        number = 1
        while short in given.values():
            number += 1
            short = f"{number}-{stem}"
        given[_comparable(name)] = short
    return given


def _comparable(name: str) -> str:
    """A name as it stands in an address or under attachments; macOS writes accents apart."""
    return unicodedata.normalize("NFC", unquote(name))


def _harmless_everywhere(text: str, pictures: set[str]) -> bool:
    """Whether it is harmless on our pages and on nbgrader's, for which money may be a formula."""
    parsers = (money.parser(None), MarkdownWithMath(renderer=None))
    return all(_harmless(parser.parse(text)[0], pictures) for parser in parsers)


def _harmless(tokens: Iterable[Token], pictures: set[str]) -> bool:
    return all(_acts_not(token, pictures) for token in tokens) and all(
        _harmless(token["children"], pictures) for token in tokens if "children" in token
    )


def _acts_not(token: Token, pictures: set[str]) -> bool:
    attrs = token.get("attrs", {})
    match token["type"]:
        case "text":  # an entity may write what the words do not say
            return unescape(token["raw"]) == token["raw"]
        case "link":
            return bool(_ADDRESS.match(attrs["url"]))
        case "image":
            return attrs["url"] in {f"{ATTACHED}{name}" for name in pictures}
        case "block_code":
            return attrs.get("info", "") in _LANGUAGES
    return token["type"] in _PARTS


class _Writer(MarkdownRenderer):
    """Writes parsed Markdown: what would act as text, a link or a sentence, all else as it was."""

    def __init__(self, pictures: Mapping[str, str]) -> None:
        super().__init__()
        self._pictures = pictures

    def __call__(self, tokens: Iterable[Token], state: BlockState) -> str:
        return self.render_tokens(list(tokens), state).strip("\n")

    def text(self, token: Token, state: BlockState) -> str:
        return _typed(token["raw"])

    def link(self, token: Token, state: BlockState) -> str:
        text, url = self.render_children(token, state), token["attrs"]["url"]
        if _ADDRESS.match(url):
            return f"[{text}](<{url}>)"
        return f"{text} ({_typed(unquote(url))})"

    def image(self, token: Token, state: BlockState) -> str:
        return self.picture(token["attrs"]["url"], _words(token))

    def picture(self, url: str, words: str) -> str:
        """A picture of the cell's own; a link to one that is elsewhere; a sentence otherwise."""
        if _ELSEWHERE.match(url):
            whole = f"https:{url}" if url.startswith("//") else url
            address = re.sub(r"[\s<>\\]", "", whole)
            return f"[picture: {_typed(one_line(words, 100)) or 'elsewhere'}](<{address}>)"
        if url.lower().startswith(ATTACHED):
            name = _comparable(url[len(ATTACHED) :])
            if name in self._pictures:
                return f"![{_typed(one_line(words, 100))}]({ATTACHED}{self._pictures[name]})"
        else:
            name = "" if url.lower().startswith("data:") else unquote(url)
        return _typed(NOT_SHOWN.format(name=one_line(name or words, 80)))

    def block_code(self, token: Token, state: BlockState) -> str:
        info = token.get("attrs", {}).get("info", "")
        kept = {"info": info} if info in _LANGUAGES else {}
        return super().block_code(token | {"attrs": kept}, state)

    def inline_html(self, token: Token, state: BlockState) -> str:
        html = _Html(self)
        html.feed(token["raw"])
        html.close()
        return "".join(html.pieces)

    def block_html(self, token: Token, state: BlockState) -> str:
        lines = self.inline_html(token, state).strip().splitlines()
        return "\n".join(line.strip() for line in lines) + "\n\n"

    def block_math(self, token: Token, state: BlockState) -> str:
        return f"$${token['raw']}$$"

    def inline_math(self, token: Token, state: BlockState) -> str:
        return f"${token['raw']}$"

    def latex_environment(self, token: Token, state: BlockState) -> str:
        name, body = token["attrs"]["name"], token["attrs"]["body"]
        return f"\\begin{{{name}}}{body}\\end{{{name}}}"

    def def_list(self, token: Token, state: BlockState) -> str:
        return self.render_children(token, state) + "\n"

    def def_list_head(self, token: Token, state: BlockState) -> str:
        return self.render_children(token, state) + "\n"

    def def_list_item(self, token: Token, state: BlockState) -> str:
        return ": " + self.render_children(token, state).strip() + "\n"


class _Html(HTMLParser):
    """A piece of HTML as Markdown: pictures and line ends; other tags as they were typed."""

    def __init__(self, writer: _Writer) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._writer = writer

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "img":
            self.pieces.append(self._writer.picture(given.get("src") or "", given.get("alt") or ""))
        elif tag == "a":
            address = given.get("href") or ""
            self.pieces.append(f"<{address}> " if _WHOLE_ADDRESS.fullmatch(address) else "")
        elif tag == "br":
            self.pieces.append("  \n")
        elif tag not in _LOOKS:
            self.pieces.append(_typed(self.get_starttag_text() or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _LOOKS | {"a"}:
            self.pieces.append(_typed(f"</{tag}>"))

    def handle_data(self, data: str) -> None:
        self.pieces.append(_typed(data))

    def handle_decl(self, decl: str) -> None:
        self.pieces.append(_typed(f"<!{decl}>"))

    def handle_pi(self, data: str) -> None:
        self.pieces.append(_typed(f"<?{data}>"))


def _typed(text: str) -> str:
    """`text` as the words that it is: nothing in it is markup, nor writes a formula that acts."""
    words = harmless_tex(unescape(text))
    return _SPECIAL.sub(lambda found: "\\" + found[0], words)


def _words(token: Token) -> str:
    """The text of a token and of all that is in it."""
    return token.get("raw", "") + "".join(map(_words, token.get("children", [])))
