"""The parameters of a model, and the flat vector that samplers and optimisers see.

A model may have scalars, vectors, matrices; SciPy, emcee and NUTS want one array of d numbers.
This file keeps the order, the shapes and the names of both sides.

    >>> parameters = Parameters.of([tf.Variable(0.5, dtype=tf.float64), np.zeros(2)], ["m", "w"])
    >>> parameters.labels
    ['m', 'w[0]', 'w[1]']
    >>> parameters.current_vector()
    array([0.5, 0. , 0. ])
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

Vector = NDArray[np.float64]


class ModelError(ValueError):
    """The model cannot be used as it is; the message says which parameter and what to do."""


@dataclass(frozen=True)
class Parameters:
    """Variables (or arrays) in order, with a name and a shape for each."""

    variables: tuple[Any, ...]
    names: tuple[str, ...]
    shapes: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, variables: Sequence[Any], names: Sequence[str]) -> Parameters:
        """Check that every variable is float64 of a known shape, and keep them in order.

        Raises
        ------
        ModelError
            No variable at all, too few names, or a variable that is not float64: it is named.
        """
        if isinstance(variables, (str, bytes)) or not isinstance(variables, Sequence):
            variables = [variables]
        if not variables:
            raise ModelError("no parameters: give a list such as TFModel(log_prob, [m, b, log_s])")
        if len(names) != len(variables) or len(set(names)) != len(names):
            raise ModelError(
                f"{len(variables)} parameters need as many different names, got {list(names)}"
            )
        shapes = tuple(_shape(v, name) for v, name in zip(variables, names, strict=True))
        return cls(tuple(variables), tuple(names), shapes)

    @cached_property
    def sizes(self) -> list[int]:
        """How many numbers each parameter has."""
        return [int(np.prod(shape)) for shape in self.shapes]

    @cached_property
    def dimension(self) -> int:
        """d, the length of the flat vector."""
        return sum(self.sizes)

    @property
    def labels(self) -> list[str]:
        """One name for each of the d numbers: 'm' for a scalar, 'w[0,1]' inside an array."""
        return [
            name + ("[" + ",".join(map(str, index)) + "]" if shape else "")
            for name, shape in zip(self.names, self.shapes, strict=True)
            for index in np.ndindex(shape)
        ]

    def current_vector(self) -> Vector:
        """The variables' present values as one flat array [d]."""
        return np.concatenate([np.ravel(np.asarray(v, np.float64)) for v in self.variables])

    def split(self, theta: tf.Tensor) -> list[tf.Tensor]:
        """The parameters, each in its own shape, out of a flat tensor [d]."""
        parts, start = [], 0
        for shape, size in zip(self.shapes, self.sizes, strict=True):
            part = tf.reshape(theta[start : start + size], shape) if shape else theta[start]
            parts.append(part)
            start += size
        return parts


def name_of(variable: Any, position: int, argument: str | None) -> str:
    """The argument's name in log_prob's signature, else the Variable's own, else 'parameter 0'."""
    own = str(getattr(variable, "name", "")).split(":")[0]
    unnamed = re.fullmatch(r"(Variable(_\d+)?)?", own)
    return argument or (f"parameter {position}" if unnamed else own)


def _shape(variable: Any, name: str) -> tuple[int, ...]:
    if not hasattr(variable, "dtype"):
        variable = np.asarray(variable)
    dtype = tf.as_dtype(variable.dtype).base_dtype.name  # a 2018 Variable: float64_ref
    if dtype != "float64":
        raise ModelError(
            f"parameter '{name}' is {dtype}: make it float64, as in "
            f"tf.Variable(…, dtype=tf.float64), or write 0.0 where you wrote 0"
        )
    if None in tuple(variable.shape):
        raise ModelError(f"parameter '{name}' has the open shape {variable.shape}: fix its shape")
    return tuple(int(length) for length in variable.shape)
