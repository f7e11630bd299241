"""A course's nbgrader settings with the steps in which this engine judges in place of a kernel.

    config = with_pieces(settings(root))

The settings of a course made by `course new` name these steps themselves. Those of any other course
(`nbgrader quickstart`) stay unchanged on the disk: `course grade` puts the steps where nbgrader's
own would run the notebook. Steps of the course's own, late penalties among them, stay.
"""

from __future__ import annotations

from typing import Any

from nbgrader.converters import Autograde
from traitlets.config import Config, LazyConfigValue

AUTOGRADE = "course_lib.grading.nbgrader.autograde"
FEEDBACK = "course_lib.grading.nbgrader.feedback"
JUDGE = f"{AUTOGRADE}.Judge"

# nbgrader's steps on what a kernel ran. A verdict has the release's cells, ids and metadata, and
# its outputs are cut and cleaned already.
REPLACED = (
    "IgnorePattern",
    "ClearMetadataPreprocessor",
    "LimitOutput",
    "CheckCellMetadata",
)


def with_pieces(config: Config) -> Config:
    """A copy of `config` that autogrades by verdicts; as it is where it does so already."""
    steps = _configured(config)
    if any(_name(step) == "Judge" for step in steps):
        return config
    made = Config(config)
    kept = [step for step in steps if _name(step) not in (*REPLACED, "Execute")]
    made.Autograde.exporter_class = f"{AUTOGRADE}.HandedInExporter"
    made.Autograde.pre_convert_hook = f"{AUTOGRADE}.one_notebook"
    made.Autograde.sanitize_preprocessors = []
    made.Autograde.autograde_preprocessors = [JUDGE, *kept]
    made.GenerateFeedback.exporter_class = f"{FEEDBACK}.FeedbackExporter"
    made.GenerateFeedback.preprocessors = [
        f"{FEEDBACK}.Grades",
        "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
    ]
    return made


def _configured(config: Config) -> list[Any]:
    default = list(Autograde.autograde_preprocessors.default())
    found = config.Autograde.get("autograde_preprocessors", default)
    return list(found.get_value(default) if isinstance(found, LazyConfigValue) else found)


def _name(step: Any) -> str:
    """A step is a class or its path."""
    return step.rpartition(".")[2] if isinstance(step, str) else getattr(step, "__name__", "")
