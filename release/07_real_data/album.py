"""Finds the pictures that you have made in this course: `shown()` draws them on one page.

Your lessons are looked for in the folders beside this one, `../*/likelihood.ipynb` and so on. A
picture is there once you have run a lesson and saved it.
"""

import base64
import json
from io import BytesIO
from pathlib import Path

import matplotlib.pyplot as plt

LESSONS = {  # notebook: its title here, and words in the cell whose picture is taken
    "worksheet": ("00 worksheet", "corner.corner"),
    "likelihood": ("01 likelihood", "contourf"),
    "gradients": ("02 gradients", "target"),
    "optimise": ("03 optimise", "Hubble's line"),
    "posterior": ("04 posterior", "panel.contour"),
    "hamiltonian": ("05 hamiltonian", "a hundred orbits"),
    "effective_samples": ("06 effective samples", "not centred"),
}


def pictures_of(notebook):
    """(source of the cell, picture as bytes) for each picture that is saved in a notebook."""
    try:
        cells = json.loads(Path(notebook).read_text(encoding="utf-8"))["cells"]
        return [
            ("".join(cell["source"]), base64.b64decode("".join(output["data"]["image/png"])))
            for cell in cells
            for output in cell.get("outputs", [])
            if "image/png" in output.get("data", {})
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []  # it cannot be read as a notebook: then it has no pictures


def picture_of(name, words, folder):
    """The last picture whose cell has these words in it, else the last one; None without any."""
    found = [one for path in sorted(folder.glob(f"*/{name}.ipynb")) for one in pictures_of(path)]
    chosen = [png for source, png in found if words in source] or [png for _, png in found]
    return chosen[-1] if chosen else None


def shown(draw_last, folder=Path("..")):
    """Draws the pictures, the last one by `draw_last(axes)`, and says which are missing."""
    axes = plt.subplots(2, 4, figsize=(13, 6))[1].ravel()
    missing = []
    for panel in axes:
        panel.set_anchor("N")
        panel.set_box_aspect(0.75)
    for panel, (name, (title, words)) in zip(axes, LESSONS.items(), strict=False):
        png = picture_of(name, words, folder)
        if png is None:
            missing.append(title)
            panel.text(0.5, 0.5, "not here yet", ha="center", va="center", color="0.6")
            panel.set(xlim=(0, 1), ylim=(0, 1))
        else:
            panel.set_box_aspect(None)
            panel.imshow(plt.imread(BytesIO(png)))
        panel.set(xticks=[], yticks=[])
        panel.set_title(title, fontsize=9)
        panel.spines[:].set_visible(png is None)
    draw_last(axes[-1])
    axes[-1].set_title("07 real data", fontsize=9)
    plt.tight_layout()
    if missing:
        print("Not found beside this folder:", ", ".join(missing) + ".")
        print("Run and save them, each in a folder beside this one, and run this cell again.")
    else:
        print("All eight are here.")
