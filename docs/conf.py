"""Sphinx's settings for the course's pages: `make docs` writes docs/_build/html.

Nothing is fetched while the pages are made or read: formulas become MathML (`site/mathml.py`), and
what comes from elsewhere in the repository is copied beforehand (`site/gather.py`).
"""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "site"))

project = "A course that grades itself"
author = "the course's authors"
copyright = "the course's authors, MIT licence"

extensions = ["myst_nb", "sphinx.ext.autodoc", "docstrings", "gather", "mathml"]
exclude_patterns = ["_build", "site", "_gathered/verdict-fields.md", "**/.ipynb_checkpoints"]
nitpicky = False  # types of NumPy's and hypothesis' are named, and their pages are not here

myst_enable_extensions = ["dollarmath", "deflist", "colon_fence"]
myst_heading_anchors = 3  # so that [text](page.md#section) leads to a section
nb_execution_mode = "off"  # a lesson is shown as students get it
html_math_renderer = "mathml"

default_role = "code"  # docstrings here put names between single backticks
autodoc_member_order = "bysource"
autodoc_typehints = "signature"

html_theme = "furo"
html_title = "A course that grades itself"
html_extra_path = ["verdict.schema.json"]
html_static_path = ["site/static"]
html_css_files = ["math.css"]
html_copy_source = False
html_show_sphinx = False
templates_path: list[str] = []
pygments_style = "friendly"
pygments_dark_style = "monokai"
