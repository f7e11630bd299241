"""The cell: what each process forked for one submission enters before anything of the student's.

child = fork_cell(house)
if child == 0:
    on = enter_cell(house, Limits(cpu_seconds=60), keep=[reply])
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection

from course_lib.grading.jail import (
    cgroup,
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


def fork_cell(house: House) -> int:
    """os.fork() for one submission: the child, which must `enter_cell`, is pid 1 where it can be.

    os.wait4 on the child gives its status and CPU time; when it ends, or is killed, all that it
    started ends.
    """
    if house.group is not None:
        cgroup.sweep(house.group)
    return pid.fork(fresh=house.has("pid"))


def enter_cell(
    house: House,
    limits: Limits | None = None,
    *,
    keep: Collection[int] = (),
    stdout: int | None = None,
    stderr: int | None = None,
) -> tuple[str, ...]:
    """Lock up this process, fresh from `fork_cell`, for good. Call it before any thread.

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
        The names of the layers that are on.

    Raises
    ------
    JailError
        When a layer of the house cannot be put on, or the process is not from `fork_cell`.
        Run nothing then: `os._exit`.
    """
    if house.has("pid") and os.getpid() != 1:
        raise JailError(f"expected pid 1, got {os.getpid()}: fork with fork_cell(house)")
    limits = limits or Limits()
    try:
        _enter(house, limits, keep, stdout, stderr)
    except OSError as error:
        raise JailError(f"the cell cannot be closed: {error}") from error
    return house.layers


def _enter(
    house: House, limits: Limits, keep: Collection[int], stdout: int | None, stderr: int | None
) -> None:
    if house.has("cgroup") and house.group is not None:
        cgroup.join(house.group, cgroup.settings(limits))
    descriptors.redirect(stdout, stderr)
    descriptors.close_all_but({*descriptors.STANDARD, *keep})
    for name in namespaces.FLAGS:
        if house.has(name):
            namespaces.put_on(name)
    proc_self = os.open("/proc/self", os.O_PATH) if house.has("user") else None
    if house.has("mount"):
        mount.furnish_cell(limits.tmp_bytes, limits.tmp_inodes, house.in_tmp)
        workplace = "/tmp"
    else:  # the caller's to remove
        workplace = tempfile.mkdtemp()
        os.chdir(workplace)
        os.environ["HOME"] = os.environ["TMPDIR"] = workplace
    if house.has("user"):
        user.put_on(proc_self)
    os.setsid()
    if house.has("rlimit"):
        rlimit.put_on(limits)
    if kernel.SUPPORTED:
        user.drop_capabilities()
    if house.has("landlock"):
        landlock.put_on(workplace)
    if house.has("seccomp"):
        seccomp.put_on()
