"""All layers: their names, which of them a grade cannot do without, and which this machine has.

>>> from course_lib.grading.sandbox import layers
>>> [name for name in layers.LAYERS if name not in layers.CORE]
['ipc', 'uts', 'landlock', 'cgroup']
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection

from course_lib.grading.sandbox import (
    cgroup,
    kernel,
    landlock,
    mount,
    namespaces,
    pid,
    rlimit,
    seccomp,
    user,
)
from course_lib.grading.sandbox.probing import Probe

_PROBES: dict[str, Callable[[], Probe]] = {
    "user": user.available,
    "net": functools.partial(namespaces.available, "net"),
    "pid": pid.available,
    "mount": mount.available,
    "ipc": functools.partial(namespaces.available, "ipc"),
    "uts": functools.partial(namespaces.available, "uts"),
    "landlock": landlock.available,
    "seccomp": seccomp.available,
    "rlimit": rlimit.available,
    "cgroup": cgroup.available,
}
LAYERS = tuple(_PROBES)
CORE = ("user", "net", "pid", "mount", "seccomp", "rlimit")
_NEEDS = dict.fromkeys(("net", "pid", "ipc", "uts"), "user") | {"mount": "pid"}
_OFF = Probe(False, "left off by request", "do not ask for it to be left off")


def probe(without: Collection[str] = ()) -> dict[str, Probe]:
    """Try each layer in a child process; a layer that needs a missing one is not tried.

    Raises ValueError when `without` has a name that is not in `LAYERS`.
    """
    unknown = sorted(set(without) - set(LAYERS))
    if unknown:
        raise ValueError(f"no layer is called {unknown[0]!r}; the layers are {', '.join(LAYERS)}")
    found: dict[str, Probe] = {}
    for name, available in _PROBES.items():
        needed = _NEEDS.get(name)
        if name in without:
            found[name] = _OFF
        elif not kernel.SUPPORTED and name != "rlimit":
            reason = "it is part of Linux on x86_64 or aarch64"
            found[name] = Probe(False, reason, "grade in a Linux virtual machine")
        elif needed and not found[needed].on:
            found[name] = Probe(False, f"it needs the layer {needed!r}", found[needed].advice)
        else:
            found[name] = available()
    return found
