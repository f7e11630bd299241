"""From an author's text to what students get.

    from course_lib.authoring import build, release

    build("05_hamiltonian", root)      # source/05_hamiltonian/hamiltonian.nb.py → hamiltonian.ipynb
    release("05_hamiltonian", root)    # → release/05_hamiltonian/ and dist/05_hamiltonian.zip

`new`       starts an assignment from `templates/`
`build`     a notebook from its text
`scan`      what would leak or break in a notebook; `content`: in claims and mistakes; each is
            one of `faults`
`plain`     the notebooks of an assignment that nbgrader's users wrote, without a `.nb.py`
`autotests` tests that nbgrader generates in them, and what would stop it
`guard`     steps of nbgrader's generate_assignment that stop a release with a fault in it
`release`   build, scan, strip, pack; `leaks`: compares the release with its source
`beside`    has nbgrader make a release beside the old one; `gradebook`: what its gradebook takes
`package`   what a student's package has in place of truths; `wheel`, `archive`: what is downloaded;
            `requirements`: what it needs
"""

from __future__ import annotations

from course_lib.authoring.build import build, out_of_sync
from course_lib.authoring.faults import Fault
from course_lib.authoring.release import Released, release, scan_assignment
from course_lib.errors import AuthoringError

__all__ = [
    "AuthoringError",
    "Fault",
    "Released",
    "build",
    "out_of_sync",
    "release",
    "scan_assignment",
]
