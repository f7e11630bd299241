"""The parameters of a model, and the flat vector that samplers and optimisers see.

A model may have scalars, vectors and matrices as parameters; SciPy, emcee and NUTS work with one
array of d numbers. `Parameters` knows their order, shapes and names, and converts.

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
    """The model cannot be used. The message says what is wrong, where, and what to do."""


@dataclass(frozen=True)
class Parameters:
    """Variables (or arrays) in order, each with a name and a shape."""

    variables: tuple[Any, ...]
    names: tuple[str, ...]
    shapes: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, variables: Sequence[Any], names: Sequence[str]) -> Parameters:
        """The parameters of a model, after checking that each is float64 of a known shape.

        Raises
        ------
        ModelError
            No variables, too few names, or a variable that is not float64 (the message names it).
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
        """The number of elements of each parameter."""
        return [int(np.prod(shape)) for shape in self.shapes]

    @cached_property
    def dimension(self) -> int:
        """d, the length of the flat vector."""
        return sum(self.sizes)

    @property
    def labels(self) -> list[str]:
        """A label for each of the d numbers: 'm' for a scalar, 'w[0,1]' for an array's element."""
        return [
            name + ("[" + ",".join(map(str, index)) + "]" if shape else "")
            for name, shape in zip(self.names, self.shapes, strict=True)
            for index in np.ndindex(shape)
        ]

    def current_vector(self) -> Vector:
        """The variables' current values as one flat array [d]."""
        return np.concatenate([np.ravel(np.asarray(v, np.float64)) for v in self.variables])

    def split(self, theta: tf.Tensor) -> list[tf.Tensor]:
        """Split a flat tensor [d] into the parameters, each in its own shape."""
        parts, start = [], 0
        for shape, size in zip(self.shapes, self.sizes, strict=True):
            part = tf.reshape(theta[start : start + size], shape) if shape else theta[start]
            parts.append(part)
            start += size
        return parts


def name_of(variable: Any, position: int, argument: str | None) -> str:
    """The argument's name in log_prob's signature, else the Variable's name, else 'parameter 0'."""
    own = str(getattr(variable, "name", "")).split(":")[0]
    unnamed = re.fullmatch(r"(Variable(_\d+)?)?", own)
    return argument or (f"parameter {position}" if unnamed else own)


def _shape(variable: Any, name: str) -> tuple[int, ...]:
    if not hasattr(variable, "dtype"):
        variable = np.asarray(variable)
    dtype = tf.as_dtype(variable.dtype).base_dtype.name  # a TensorFlow 1 Variable: float64_ref
    if dtype != "float64":
        raise ModelError(
            f"parameter '{name}' is {dtype}: make it float64, as in "
            f"tf.Variable(…, dtype=tf.float64), or write 0.0 where you wrote 0"
        )
    if None in tuple(variable.shape):
        raise ModelError(f"parameter '{name}' has the open shape {variable.shape}: fix its shape")
    return tuple(int(length) for length in variable.shape)
