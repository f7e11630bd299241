"""What a student's installation needs, as lower bounds: any newer package will do.

    of_wheel(["emcee", "tensorflow"])       # ["course-lib", "emcee>=3.1.6"]
    of_machine(["emcee", "tensorflow"])     # ["jupyterlab>=4.2", "tensorflow-cpu>=2.19; …", …]

Exact versions would be those of the instructor's Linux machine: Windows and macOS have others, and
Colab comes with its own. What has wheels of several sizes is no part of a wheel's needs, so that on
Colab, which has TensorFlow for its graphics cards, pip does not put a second one over it.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

DISTRIBUTION = "course-lib"
# What students install besides what the notebooks import.
ALSO = ("jupyterlab", "ipywidgets")
# A package whose wheel for most Linux machines brings libraries for graphics cards: the one that
# does not, and where it exists. 274 MB to download in place of 573.
SMALL = {
    "tensorflow": ("tensorflow-cpu", "sys_platform == 'linux' and platform_machine == 'x86_64'"),
}


def of_wheel(modules: Iterable[str]) -> list[str]:
    """The requirements of an assignment's wheel: the engine, and what `modules` are parts of."""
    return [DISTRIBUTION, *(_at_least(n) for n in _distributions(modules) if n not in SMALL)]


def of_machine(modules: Iterable[str]) -> list[str]:
    """What a machine without anything needs besides the wheels."""
    lines = [_at_least(name) for name in ALSO]
    for name in _distributions(modules):
        if name in SMALL:
            small, where = SMALL[name]
            bound = _at_least(name).removeprefix(name)
            lines += [f"{small}{bound}; {where}", f"{name}{bound}; {_opposite(where)}"]
    return lines


def _opposite(marker: str) -> str:
    """The marker that holds where a conjunction of equalities does not."""
    return marker.replace("==", "!=").replace(" and ", " or ")


def _distributions(modules: Iterable[str]) -> list[str]:
    """The packages, as pip calls them, that provide `modules`; Python's own need none."""
    known = metadata.packages_distributions()
    tops = {module.partition(".")[0] for module in modules} - {"course_lib"}
    return sorted({canonicalize_name(known[top][0]) for top in tops if top in known})


def _at_least(name: str) -> str:
    """The oldest version that the engine supports; of other packages, the installed one's first
    number, or two where that is 0."""
    for line in metadata.requires(DISTRIBUTION) or []:
        requirement = Requirement(line)
        if canonicalize_name(requirement.name) == name and requirement.specifier:
            return f"{name}{requirement.specifier}"
    numbers = metadata.version(name).split(".")
    return f"{name}>={'.'.join(numbers[:2] if numbers[0] == '0' else numbers[:1])}"
