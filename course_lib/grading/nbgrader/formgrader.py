"""Formgrader's page of a submission, which loads nothing from the network.

In nbgrader_config.py:

    own_page(c)

nbgrader's page loads MathJax from its public address. This one is nbgrader's own template, with
formulas that are MathML already, as on the feedback page.
"""

from __future__ import annotations

from pathlib import Path

import nbgrader
from traitlets.config import Config

FILTER = "course_lib.grading.nbgrader.feedback.formulas.markdown2html"  # loaded when a page is made


def own_page(config: Config) -> None:
    """Let formgrader use the template `course_formgrade`."""
    nbgraders = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader" / "templates"
    ours = Path(__file__).parent / "feedback" / "templates"
    config.HTMLExporter.template_name = "course_formgrade"
    config.HTMLExporter.extra_template_basedirs = [str(ours), str(nbgraders)]
    config.HTMLExporter.filters = {"markdown2html": FILTER}
