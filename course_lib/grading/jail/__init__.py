"""The jail: a start-up for the process that runs submissions, and a cell for each of them.

Linux only, pure Python: system calls by `ctypes`, no compiled code of ours, root not needed.

    enter_house(readable, *, keep=(), environment=None, without=(), while_open=None) -> House
        Once, in the *warm* process: after its start, with one thread, before TensorFlow.
        Returns in a new process (pid 1 of its own pid namespace, no network, a small /tmp with
        HOME=/tmp/home). The calling process stays behind, only waits, and leaves with the same
        exit status or signal; if it is killed, or `while_open` hangs up, the house dies with it.
    fork_cell(house) -> int
        os.fork() for one submission; its child must call `enter_cell` at once.
    enter_cell(house, limits=Limits(), *, keep=(), stdout=None, stderr=None) -> tuple[str, ...]
        In that child, before any thread and any line a student wrote. cwd is HOME=/tmp/home.
        Raises `JailError` when a layer cannot be put on: leave with `os._exit`.
    die_with_parent()
        For processes outside: be killed when the parent ends.
    probe() -> dict of name to Probe(on, reason, advice)
        What this machine has, by trying it in a child.

    Limits(cpu_seconds, memory_bytes, tmp_bytes, tmp_inodes, file_bytes, threads, open_files)
    LAYERS, CORE      names of all layers, and of those that a grade cannot do without
    House.layers, House.missing_core

One layer a file, each with `put_on` and `available`: `user`, `namespaces` (net, ipc, uts), `pid`,
`mount` (what is visible: `visible`), `rlimit`, `landlock`, `seccomp` (the calls: `syscalls`),
`cgroup`. `descriptors` closes what was inherited. `layers` tries them all; `house` and `cell` put
them on.

Example (the warm process)::

    from course_lib.grading.jail import Limits, enter_cell, enter_house, fork_cell
    house = enter_house([warm_module], keep=[channel])
    import tensorflow
    child = fork_cell(house)
    if child == 0:
        layers = enter_cell(house, Limits(cpu_seconds=60), keep=[reply])
        run_the_submission(reply)
        os._exit(0)
    os.close(reply)
    pid, status, usage = os.wait4(child, 0)
"""

from course_lib.grading.jail.cell import enter_cell, fork_cell
from course_lib.grading.jail.house import House, enter_house
from course_lib.grading.jail.kernel import JailError
from course_lib.grading.jail.layers import CORE, LAYERS, probe
from course_lib.grading.jail.pid import die_with_parent
from course_lib.grading.jail.rlimit import Limits
from course_lib.grading.jail.trial import Probe

__all__ = [
    "CORE",
    "LAYERS",
    "House",
    "JailError",
    "Limits",
    "Probe",
    "die_with_parent",
    "enter_cell",
    "enter_house",
    "fork_cell",
    "probe",
]
