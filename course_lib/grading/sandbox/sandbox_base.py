"""The base sandbox, which the fork server enters once, before it imports TensorFlow.

base = enter_base([Path(module.__file__)], keep=[channel])
print(base.layers, base.missing_core)
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from course_lib.grading.sandbox import cgroup, descriptors, layers, mount, namespaces, pid, user
from course_lib.grading.sandbox.kernel import SandboxError
from course_lib.grading.sandbox.probing import Probe

_ENVIRONMENT = {
    "HOME": "/tmp/home",
    "TMPDIR": "/tmp",
    "USER": "student",
    "LOGNAME": "student",
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "MPLBACKEND": "Agg",
}


@dataclass(frozen=True)
class SandboxBase:
    """The isolation of the fork server, and what the sandbox of each of its forks will have.

    Attributes
    ----------
    probes : dict of str to Probe
        What was found for each layer.
    group : int or None
        Descriptor of the control group in which sandboxes are made.
    in_tmp : tuple of Path
        What can be read although it lies in /tmp, which is otherwise private to each sandbox.
    """

    probes: Mapping[str, Probe]
    group: int | None = None
    in_tmp: tuple[Path, ...] = ()

    def has(self, layer: str) -> bool:
        """Whether `layer` is on."""
        return self.probes[layer].on

    @property
    def layers(self) -> tuple[str, ...]:
        """The names of the layers that are on."""
        return tuple(name for name in layers.LAYERS if self.has(name))

    @property
    def missing_core(self) -> tuple[str, ...]:
        """The names of the layers without which a grade is not to be trusted, and that are off."""
        return tuple(name for name in layers.CORE if not self.has(name))


def enter_base(
    readable: Iterable[Path],
    *,
    keep: Collection[int] = (),
    environment: Mapping[str, str] | None = None,
    without: Collection[str] = (),
    while_open: int | None = None,
) -> SandboxBase:
    """Isolate the fork server: only `readable` and Python can be read. Call it with one thread.

    Parameters
    ----------
    readable : iterable of Path
        Files and folders beside Python, its libraries and the course's `protocol` and `inference`.
    keep : collection of int
        Descriptors that stay open beside 0, 1 and 2.
    environment : mapping or None
        Variables beside a short list of harmless ones; all others go.
    without : collection of str
        Layers to leave off.
    while_open : int or None
        A socket: when its other end closes, the process is killed.

    Returns
    -------
    SandboxBase
        In a new process, where there is a pid layer. The calling one only waits, and ends as
        the new one ends.

    Raises
    ------
    SandboxError
        When there is more than one thread, or a layer that was found cannot be put on.
    ValueError
        When `readable` holds what a submission must not see, or `without` an unknown layer.
    """
    _one_thread()
    base = SandboxBase(layers.probe(without))
    try:
        if base.has("cgroup"):
            group = cgroup.put_on()
            base = dataclasses.replace(base, group=group)
            keep = {*keep, group}
        in_tmp = _enter(base, list(readable), keep, while_open)
        base = dataclasses.replace(base, in_tmp=in_tmp)
    except OSError as error:
        raise SandboxError(f"the sandbox base cannot be closed: {error}") from error
    descriptors.replace_environment({**_ENVIRONMENT, **(environment or {})})
    return base


def _enter(
    base: SandboxBase, readable: list[Path], keep: Collection[int], while_open: int | None
) -> tuple[Path, ...]:
    descriptors.close_all_but({*descriptors.STANDARD, *keep})
    sources = None
    if base.has("mount"):
        sources = mount.enter_namespaces(readable)
    elif base.has("user"):
        user.become_nobody()
        user.put_on()
    for name in namespaces.FLAGS:
        if base.has(name):
            namespaces.put_on(name)
    if base.has("pid"):
        pid.put_on(while_open)
    if sources is not None:
        mount.furnish_base(sources)
    if base.has("user"):
        user.drop_capabilities(user.CAP_SYS_ADMIN)  # in its own user namespace: to fork sandboxes
    return sources.in_tmp if sources is not None else ()


def _one_thread() -> None:
    threads = Path("/proc/self/task")
    count = sum(1 for _ in threads.iterdir()) if threads.exists() else 1
    if count != 1:
        raise SandboxError(
            f"expected one thread, got {count}: enter before importing what starts threads"
        )
