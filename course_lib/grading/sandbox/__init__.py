"""The sandbox: isolates the fork server once, and each submission's process after its fork.

Linux only, pure Python: system calls by `ctypes`, no compiled code of its own; root is not needed.

    enter_base(readable, *, keep=(), environment=None, without=(), while_open=None) -> SandboxBase
        Once, in the fork server: after its start, with one thread, before TensorFlow.
        Returns in a new process (pid 1 of its own pid namespace, no network, a small /tmp with
        HOME=/tmp/home). The calling process stays behind, only waits, and leaves with the same
        exit status or signal; if it is killed, or `while_open` hangs up, the new process is killed.
    fork_sandbox(base) -> int
        os.fork() for one submission; its child must call `enter_sandbox` at once.
    enter_sandbox(base, limits=Limits(), *, keep=(), stdout=None, stderr=None) -> names of layers
        In that child, before any thread and any of the student's code. cwd is HOME=/tmp/home.
        Raises `SandboxError` when a layer cannot be put on: leave with `os._exit`.
    die_with_parent()
        For processes outside: be killed when the parent ends.
    probe() -> dict of name to Probe(on, reason, advice)
        What this machine has, by trying it in a child.

    Limits(cpu_seconds, memory_bytes, tmp_bytes, tmp_inodes, file_bytes, threads, open_files)
    LAYERS, CORE      names of all layers, and of those that a grade cannot do without
    SandboxBase.layers, SandboxBase.missing_core

One layer a file, each with `put_on` and `available`: `user`, `namespaces` (net, ipc, uts), `pid`,
`mount` (the paths that can be read: `bind_mounts`), `rlimit`, `landlock`, `seccomp` (the system
calls: `syscalls`), `cgroup`. `descriptors` closes what was inherited. `layers` tries them all;
`sandbox_base` and `sandbox` put them on. `doctor` says in words which of them this machine has;
`kernel` makes system calls, `probing` tries a layer in a child process.

Example (the fork server)::

    from course_lib.grading.sandbox import Limits, enter_sandbox, enter_base, fork_sandbox
    base = enter_base([module], keep=[channel])
    import tensorflow
    child = fork_sandbox(base)
    if child == 0:
        layers = enter_sandbox(base, Limits(cpu_seconds=60), keep=[reply])
        run_the_submission(reply)
        os._exit(0)
    os.close(reply)
    pid, status, usage = os.wait4(child, 0)
"""

from course_lib.grading.sandbox.kernel import SandboxError
from course_lib.grading.sandbox.layers import CORE, LAYERS, probe
from course_lib.grading.sandbox.pid import die_with_parent
from course_lib.grading.sandbox.probing import Probe
from course_lib.grading.sandbox.rlimit import Limits
from course_lib.grading.sandbox.sandbox import enter_sandbox, fork_sandbox
from course_lib.grading.sandbox.sandbox_base import SandboxBase, enter_base

__all__ = [
    "CORE",
    "LAYERS",
    "Limits",
    "Probe",
    "SandboxBase",
    "SandboxError",
    "die_with_parent",
    "enter_base",
    "enter_sandbox",
    "fork_sandbox",
    "probe",
]
