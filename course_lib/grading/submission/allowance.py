"""What a whole notebook may still cost: its outputs and pictures, and the page that shows it.

nbconvert makes elements of a page, and formgrader reads the page once more, element by element:
some 10,000 a second. A word, a sign, a cell of a table and a line of a traceback are one each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

CODE = re.compile(r"\w+|[^\w\s]")  # what is coloured by itself
WORDS = re.compile(r"(?s)..?")  # a formula has an element for each letter


@dataclass
class OutputAllowance:
    """What a whole notebook's outputs may still cost, in space and in the grader's time.

    A picture is nothing until it is decoded, and 2 KB of PNG can be 16 million pixels: so pixels
    count, each as often as a JPEG goes over it, and so does the HTML that is cleaned. Measured on
    one core: 10 million pixels a second decoded and encoded; 4 MB of tables a second cleaned,
    0.3 MB of those written to be slow. The worksheet's figures have 3 million pixels.
    """

    left: int = 25 * 1024**2  # bytes that are kept
    pixels: int = 100_000_000  # in all pictures: ten seconds
    markup: int = 1_000_000  # characters of HTML: four seconds at most
    elements: int = 30_000  # of a page, for all outputs: three seconds; a worksheet has hundreds

    def take(self, size: int) -> bool:
        """Whether `size` more bytes fit; if so they are taken."""
        if size > self.left:
            return False
        self.left -= size
        return True

    def take_pixels(self, count: int) -> bool:
        """Whether a picture of `count` pixels may be decoded; if so they are taken."""
        if count > self.pixels:
            return False
        self.pixels -= count
        return True

    def take_markup(self, length: int) -> bool:
        """Whether so many characters of HTML may be cleaned; if so they are taken."""
        if length > self.markup:
            return False
        self.markup -= length
        return True

    def take_elements(self, count: int) -> bool:
        """Whether a page may have so many more elements; if so they are taken."""
        if count > self.elements:
            return False
        self.elements -= count
        return True


@dataclass
class TextAllowance:
    """How many words and signs of a student's own cells a page may still show."""

    pieces: int = 30_000  # 30 pages of prose; a long notebook's code has 10,000

    def cut(self, text: str, piece_of: re.Pattern[str], note: str) -> str:
        """`text` as far as it may be shown, with a `note` where something is left out.

        piece_of: CODE or WORDS.
        """
        for count, piece in enumerate(piece_of.finditer(text)):
            if count >= self.pieces:
                self.pieces = 0
                return f"{text[: piece.start()].rstrip()}{note}"
        self.pieces -= len(piece_of.findall(text))
        return text
