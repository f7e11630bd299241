"""The sandbox of one submission, which each fork enters before it runs any of the student's code.

child = fork_sandbox(base)
if child == 0:
    on = enter_sandbox(base, Limits(cpu_seconds=60), keep=[reply])
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection

from course_lib.grading.sandbox import (
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
from course_lib.grading.sandbox.kernel import SandboxError
from course_lib.grading.sandbox.rlimit import Limits
from course_lib.grading.sandbox.sandbox_base import SandboxBase


def fork_sandbox(base: SandboxBase) -> int:
    """os.fork() for one submission; the child must call `enter_sandbox`. It is pid 1 if possible.

    os.wait4 on the child gives its status and CPU time; when it ends, or is killed, all that it
    started ends.
    """
    if base.group is not None:
        cgroup.sweep(base.group)
    return pid.fork(fresh=base.has("pid"))


def enter_sandbox(
    base: SandboxBase,
    limits: Limits | None = None,
    *,
    keep: Collection[int] = (),
    stdout: int | None = None,
    stderr: int | None = None,
) -> tuple[str, ...]:
    """Isolate this process, fresh from `fork_sandbox`, for good. Call it before any thread.

    Parameters
    ----------
    base : SandboxBase
        What `enter_base` returned.
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
    SandboxError
        When a layer of the base cannot be put on, or the process is not from `fork_sandbox`.
        Run nothing then: `os._exit`.
    """
    if base.has("pid") and os.getpid() != 1:
        raise SandboxError(f"expected pid 1, got {os.getpid()}: fork with fork_sandbox(base)")
    limits = limits or Limits()
    try:
        _enter(base, limits, keep, stdout, stderr)
    except OSError as error:
        raise SandboxError(f"the sandbox cannot be closed: {error}") from error
    return base.layers


def _enter(
    base: SandboxBase, limits: Limits, keep: Collection[int], stdout: int | None, stderr: int | None
) -> None:
    if base.has("cgroup") and base.group is not None:
        cgroup.join(base.group, cgroup.settings(limits))
    descriptors.redirect(stdout, stderr)
    descriptors.close_all_but({*descriptors.STANDARD, *keep})
    for name in namespaces.FLAGS:
        if base.has(name):
            namespaces.put_on(name)
    proc_self = os.open("/proc/self", os.O_PATH) if base.has("user") else None
    if base.has("mount"):
        mount.furnish_sandbox(limits.tmp_bytes, limits.tmp_inodes, base.in_tmp)
        workplace = "/tmp"
    else:  # the caller's to remove
        workplace = tempfile.mkdtemp()
        os.chdir(workplace)
        os.environ["HOME"] = os.environ["TMPDIR"] = workplace
    if base.has("user"):
        user.put_on(proc_self)
    os.setsid()
    if base.has("rlimit"):
        rlimit.put_on(limits)
    if kernel.SUPPORTED:
        user.drop_capabilities()
    if base.has("landlock"):
        landlock.put_on(workplace)
    if base.has("seccomp"):
        seccomp.put_on()
