"""The cell: what each process forked for one submission enters before anything of the student's.

    child = os.fork()
    if child == 0:
        on = enter_cell(house, Limits(cpu_seconds=60), keep=[reply])
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection

from course_lib.grading.jail import (
    descriptors,
    kernel,
    landlock,
    mount,
    namespaces,
    pid,
    rlimit,
    seccomp,
    user,
)
from course_lib.grading.jail.house import House
from course_lib.grading.jail.kernel import JailError
from course_lib.grading.jail.rlimit import Limits


def enter_cell(
    house: House,
    limits: Limits | None = None,
    *,
    keep: Collection[int] = (),
    stdout: int | None = None,
    stderr: int | None = None,
) -> tuple[str, ...]:
    """Lock this freshly forked process up for one submission. Call it before any thread.

    Parameters
    ----------
    house : House
        What `enter_house` returned.
    limits : Limits or None
        What the submission may use; None: `Limits()`.
    keep : collection of int
        Descriptors that the submission's process keeps, under their numbers.
    stdout, stderr : int or None
        Descriptors to put at 1 and 2; None: /dev/null, as 0 always is.

    Returns
    -------
    tuple of str
        The names of the layers that are on. In a new process where there is a pid layer: the calling one
        only waits and ends as it ends, and when it is killed the cell is gone.

    Raises
    ------
    JailError
        When a layer of the house cannot be put on. Run nothing then: `os._exit`.
    """
    limits = limits or Limits()
    try:
        _enter(house, limits, keep, stdout, stderr)
    except OSError as error:
        raise JailError(f"the cell cannot be closed: {error}") from error
    return house.layers


def _enter(
    house: House, limits: Limits, keep: Collection[int], stdout: int | None, stderr: int | None
) -> None:
    descriptors.redirect(stdout, stderr)
    descriptors.close_all_but({*descriptors.STANDARD, *keep})
    if house.has("user"):
        user.put_on()
    for name in namespaces.FLAGS:
        if house.has(name):
            namespaces.put_on(name)
    if house.has("mount"):
        kernel.unshare(kernel.CLONE_NEWNS)
    if house.has("pid"):
        pid.put_on()
    os.setsid()
    if house.has("mount"):
        mount.furnish_cell(limits.tmp_bytes, limits.tmp_inodes)
        workplace = "/tmp"
    else:  # the caller's to remove
        workplace = tempfile.mkdtemp()
        os.chdir(workplace)
        os.environ["HOME"] = os.environ["TMPDIR"] = workplace
    if house.has("rlimit"):
        rlimit.put_on(limits)
    if kernel.SUPPORTED:
        user.drop_capabilities()
    if house.has("landlock"):
        landlock.put_on(workplace)
    if house.has("seccomp"):
        seccomp.put_on()
