"""Two steps of nbgrader's generate_assignment that stop a release with a fault in it.

They stand first and last in `GenerateAssignment.preprocessors` (nbgrader_config.py), so that
`nbgrader generate_assignment` and the formgrader's button are guarded like `course release`. Where
one raises, nbgrader removes the half-made release.
"""

from __future__ import annotations

import copy
from pathlib import Path

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from course_lib.authoring.autotests import autotest_faults
from course_lib.authoring.build import out_of_sync
from course_lib.authoring.content import content_faults
from course_lib.authoring.faults import Fault
from course_lib.authoring.leaks import leaks
from course_lib.authoring.plain import plain_faults, plain_sources
from course_lib.authoring.scan import scan
from course_lib.claims.loading import load
from course_lib.errors import AuthorFault, AuthoringError
from course_lib.notebook.plain import HIDDEN_TESTS

SOURCE = "course_source"  # where the first step leaves the source for the last


class RefuseFaults(NbGraderPreprocessor):
    """The first step: the notebook is what its twin says; it and its claims have no fault."""

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Raise AuthoringError with every fault; keep the source for `RefuseLeaks`."""
        about = resources["nbgrader"]
        assignment, file = about["assignment"], f"{about['notebook']}.ipynb"
        # nbgrader runs this in the course's folder
        if stale := out_of_sync(Path.cwd(), assignment):
            raise AuthoringError(
                f"{', '.join(path.name for path in stale)} is not what its .nb.py says. "
                f"Next: course build {assignment}"
            )
        root = Path.cwd()
        ignored: list[str] = self.parent.parent.coursedir.ignore
        if (root / "source" / assignment / HIDDEN_TESTS).is_dir() and HIDDEN_TESTS not in ignored:
            raise AuthoringError(
                f"{assignment}/{HIDDEN_TESTS}/ would be released. Next: add the line "
                f'`c.CourseDirectory.ignore += ["{HIDDEN_TESTS}"]` to nbgrader_config.py, or use '
                f"`course release {assignment}`, which leaves it out"
            )
        if plain_sources(assignment, root):
            folders = (root / "source" / assignment, root)
            faults: list[Fault | AuthorFault] = [
                *plain_faults(nb, file),
                *autotest_faults(nb, file, folders, self.config),
            ]
        else:
            faults = [
                *scan(nb, file, points_of_claims(assignment, root)),
                *content_faults(assignment, root),
            ]
        if faults:
            raise AuthoringError(f"{assignment} cannot be released:", faults)
        resources[SOURCE] = copy.deepcopy(nb)
        return nb, resources


class RefuseLeaks(NbGraderPreprocessor):
    """The last step: nothing that the source holds back is in the release."""

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Raise AuthoringError with every leak; the notebook passes unchanged."""
        about = resources["nbgrader"]
        if faults := leaks(resources.pop(SOURCE), nb, f"{about['notebook']}.ipynb"):
            raise AuthoringError(f"{about['assignment']} would leak:", faults)
        return nb, resources


def points_of_claims(assignment: str, root: Path) -> dict[str, float | None]:
    """What each exercise is worth by the assignment's claims; empty where it has no claims.

    None for files that cannot be loaded, under the names that their exercises should have.
    """
    try:
        content = load(assignment, root)
    except LookupError:
        return {}
    points: dict[str, float | None] = dict.fromkeys(content.broken)
    return points | {name: float(each.points) for name, each in content.exercises.items()}
