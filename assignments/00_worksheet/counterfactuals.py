"""Plain changes of what an exercise is given, each under words: "the last point were not there"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from course_lib.feedback.counterfactuals import Change, Counterfactual, of_numbers

from .inputs import Array

Given = Mapping[str, Any]
NUMBERS = ("m", "b", "s", "log_s")


def of(names: Sequence[str]) -> list[Counterfactual]:
    """The changes that can be made of arguments with these `names`."""
    found: list[Counterfactual] = []
    if "x" in names:
        found += [
            ("the last point were not there", _points(lambda x, y: (x[:-1], y[:-1]))),
            ("the first point were not there", _points(lambda x, y: (x[1:], y[1:]))),
            ("x and y were exchanged", _points(lambda x, y: (y, x))),
            ("x stood in the opposite order", _points(lambda x, y: (x[::-1], y))),
            ("every x were the same", _points(lambda x, y: (np.full_like(x, x[0]), y))),
            ("no x were negative", _points(lambda x, y: (np.abs(x), y))),
            ("no y were negative", _points(lambda x, y: (x, np.abs(y)))),
            ("every x had the other sign", _points(lambda x, y: (-x, y))),
            ("every y had the other sign", _points(lambda x, y: (x, -y))),
            ("y were what x is", _points(lambda x, y: (x, x))),
            ("x were what y is", _points(lambda x, y: (y, y))),
        ]
    found += of_numbers([name for name in NUMBERS if name in names])
    if "chain" in names:
        found += [
            ("the first half were not there", _draws(lambda c: c[len(c) // 2 :])),
            ("the first walker were the only one", _draws(lambda c: c[:, :1])),
            ("the first parameter were the only one", _draws(lambda c: c[..., :1])),
            ("the last parameter were the only one", _draws(lambda c: c[..., -1:])),
        ]
    return [(words, _possible(change)) for words, change in found]


def _possible(change: Change) -> Change:
    """The change; None where there are no data, or it leaves none, or a scale that is none."""

    def changed(given: Given) -> Mapping[str, Any] | None:
        new = change(given) if np.size(given.get("x", 1.0)) else None
        if new is None or not np.size(new.get("x", 1.0)):
            return None
        return new if {**given, **new}.get("s", 1.0) > 0 else None

    return changed


def _points(change: Callable[[Array, Array], tuple[Array, Array]]) -> Change:
    def changed(given: Given) -> dict[str, Array]:
        x, y = change(np.asarray(given["x"]), np.asarray(given["y"]))
        return {"x": x, "y": y}

    return changed


def _draws(change: Callable[[Array], Array]) -> Change:
    return lambda given: {"chain": change(np.asarray(given["chain"]))}
