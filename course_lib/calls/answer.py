"""What a call is, and what an answer is.

    call = Call("tf_log_like", "value", (x, y, -0.4, 0.03, 0.1), takes="tensors")
    answer.parts[0].values      # array(38.04…)

An answer holds numbers and text only. What a student's function returned is described
(`kind`, `dtype`, shape) and copied to float64; the object itself never leaves its process.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Mode = Literal["value", "gradient"]
Takes = Literal["tensors", "arrays"]
Argument = float | NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Call:
    """A request: `function(*arguments)`, or its gradient by the arguments at `by`.

    takes: "tensors" hands every argument over as a float64 tensor; "arrays" hands arrays over as
    NumPy arrays and scalars as Python floats.
    """

    function: str
    mode: Mode
    arguments: tuple[Argument, ...]
    takes: Takes = "tensors"
    by: tuple[int, ...] = ()

    @cached_property
    def key(self) -> tuple[object, ...]:
        """Equal for equal requests; arrays are compared by their bytes (so -0.0 is not 0.0)."""
        arrays = [np.asarray(argument, dtype=np.float64) for argument in self.arguments]
        return (
            self.function,
            self.mode,
            self.takes,
            self.by,
            tuple((array.shape, array.tobytes()) for array in arrays),
        )


@dataclass(frozen=True, eq=False)
class Part:
    """One returned quantity: what it was ("tensor", "array", "number" or "none") and its values."""

    kind: str
    dtype: str
    values: NDArray[np.float64]


@dataclass(frozen=True)
class CallError:
    """Why there are no values.

    kind: "raised" (the function raised), "missing" (no such function), "returned" (something that
    is not numbers), "timeout", "crashed" (its process ended) or "garbled" (its words broke the
    protocol). `lines` are the student's own lines of the traceback.
    """

    kind: str
    message: str
    lines: str = ""


@dataclass(frozen=True, eq=False)
class Answer:
    """What came back: parts in a container ("one", "tuple" or "list"), or an error."""

    parts: tuple[Part, ...] = ()
    container: str = "one"
    error: CallError | None = None

    @classmethod
    def of_values(cls, *values: object, container: str = "one", kind: str = "tensor") -> Answer:
        """An answer that holds `values` as float64, as a right function would have given it."""
        parts = tuple(
            Part(kind, "float64", np.asarray(value, dtype=np.float64)) for value in values
        )
        return cls(parts, container)

    @classmethod
    def failed(cls, kind: str, message: str, lines: str = "") -> Answer:
        """An answer without values, and why."""
        return cls(error=CallError(kind, message, lines))
