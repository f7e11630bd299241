"""The jail: a start-up for the process that runs submissions, and a cell for each of them.

Linux only, pure Python: system calls by `ctypes`, no compiled code of ours, root not needed. Two entrances:

    enter_house(readable, *, keep=(), environment=None, without=()) -> House
        Once, in the *warm* process: after `exec`, single-threaded, before TensorFlow is imported.
        `readable`: files and folders that may be read inside, beside Python, its libraries and of
        `course_lib` only `__init__.py`, `calls/`, `inference/`. Inside they have the path they have outside.
        `keep`: descriptors that stay open (0, 1, 2 always do). Everything else is closed.
        `environment`: variables to set; all others but a short list are cleared.
        `without`: layers to leave off by name (tests, `--unjailed`: `without=LAYERS`).
        Returns in a new process (pid 1 of its own pid namespace, no privileges, no network, its
        own small /tmp with HOME=/tmp/home). The calling process stays behind, only waits, and leaves
        with the same exit status or signal; if it is killed, the house dies with it.

    enter_cell(house, limits=Limits(), *, keep=(), stdout=None, stderr=None) -> tuple[str, ...]
        In each child forked from the warm process, at once: before any thread and any line a student wrote.
        `keep`: descriptors the student's process keeps, under their numbers. `stdout`, `stderr`:
        descriptors to put at 1 and 2 (default /dev/null; 0 is /dev/null always).
        Returns the names of the layers that are on, in a new process that is pid 1 of a fresh
        pid namespace with cwd HOME=/tmp/home. The forked child itself stays behind and leaves with the same
        exit status or signal: `os.wait4(child)` on it gives the student's status and CPU time, and
        SIGKILL to it ends the cell and all that is in it.
        Raises `JailError` when a layer that was said to be there cannot be put on: leave with `os._exit`.

    Limits(cpu_seconds=600, memory_bytes=2 GiB above the present size, tmp_bytes=64 MiB, tmp_inodes=4096,
           file_bytes=64 MiB, threads=None -> from the number of cores, open_files=256)
    LAYERS, CORE: tuples of names.   House.layers: names on.   House.missing_core: names of core layers off.
    probe() -> dict[name, Probe(on, reason, advice)]: what this machine has, by trying it in a child.

Example (the warm process)::

    from course_lib.grading.jail import Limits, enter_cell, enter_house
    house = enter_house([warm_module], keep=[channel])
    import tensorflow
    child = os.fork()
    if child == 0:
        layers = enter_cell(house, Limits(cpu_seconds=60), keep=[reply])
        run_the_submission(reply)
        os._exit(0)
    os.close(reply)
    pid, status, usage = os.wait4(child, 0)
"""

from course_lib.grading.jail.cell import enter_cell
from course_lib.grading.jail.house import House, enter_house
from course_lib.grading.jail.kernel import JailError
from course_lib.grading.jail.layers import CORE, LAYERS, probe
from course_lib.grading.jail.trial import Probe
from course_lib.grading.jail.rlimit import Limits

__all__ = [
    "CORE",
    "LAYERS",
    "House",
    "JailError",
    "Limits",
    "Probe",
    "enter_cell",
    "enter_house",
    "probe",
]
