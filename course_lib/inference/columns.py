"""What the compiled sampler asks of a model: many points at once, as the columns of q [d, C].

A TFModel is turned round by itself. A function may also be written for columns outright, which
reads like the formula for one point, with data as a column [n, 1] and sums over axis 0:

    >>> x = np.linspace(-1, 1, 50)[:, None]
    >>> def log_prob(q):                                 # [2, C] -> [C]
    ...     m, b = q[0], q[1]
    ...     return -0.5 * tf.reduce_sum((x - m * x - b) ** 2, axis=0)
    >>> target = ColumnsTarget(log_prob, dimension=2)
    >>> value, gradient = target.at(np.zeros((2, 5)))
    >>> value.shape, gradient.shape
    ((5,), (2, 5))
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from course_lib.inference.parameters import ModelError
from course_lib.inference.traced import TRACE_ERRORS

Floats = NDArray[np.float64]
MULTIPLY_ADD = 0.1
"""Cost of one inside a product of matrices, beside a number that is written and read again."""


class ColumnsTarget:
    """A TFModel, or a function q [d, C] -> log probability [C], with its gradient.

    Raises ModelError when traced: not one float64 number per column, or no gradient.
    """

    def __init__(self, model: Any, dimension: int):
        if not hasattr(model, "columns") and not callable(model):
            raise TypeError(
                f"expected a TFModel or a function q [d, C] -> log_prob [C], "
                f"got {type(model).__name__}"
            )
        self._model, self.dimension = model, dimension
        self._compiled: Any = None
        if hasattr(model, "columns"):
            model.prepare_columns()

    def __call__(self, q: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Inside a graph: log π of each column [C] and its gradient [d, C]."""
        if hasattr(self._model, "columns"):
            value, gradient = self._model.columns(q)
            return value, gradient
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(q)
            value = self._value(q)
        gradient = tape.gradient(value, q)
        if gradient is None:
            raise ModelError(
                "log_prob has no gradient: q left TensorFlow on the way (np.log, float(), "
                ".numpy()), or is not used. Use tf.math functions on q."
            )
        return value, tf.convert_to_tensor(gradient)

    def _value(self, q: tf.Tensor) -> tf.Tensor:
        try:
            value = self._model(q)
        except TRACE_ERRORS as why:
            raise ModelError(
                f"log_prob failed on a float64 tensor q {tuple(q.shape)}, one column per chain: "
                f"{why}\nIf it speaks of float and double, one constant is float32 "
                f"(tf.math.log(2*np.pi) is; np.log(2*np.pi) is not). If it speaks of a Python "
                f"bool: an `if` cannot decide for all columns, tf.where(condition, a, b) can."
            ) from why
        columns = q.shape[1]
        if not isinstance(value, tf.Tensor) or value.shape.as_list() != [columns]:
            got = value.shape if isinstance(value, tf.Tensor) else type(value).__name__
            raise ModelError(
                f"log_prob of q {tuple(q.shape)} must return one number per column, ({columns},), "
                f"got {got}: sum over the data with axis=0, with the data as a column [n, 1]; "
                f"or wrap a function of scalars in TFModel(log_prob, [m, b, …])"
            )
        if value.dtype != tf.float64:
            raise ModelError(f"log_prob must return float64, got {value.dtype.name}")
        return value

    @cached_property
    def work(self) -> float:
        """What a gradient costs in one column, roughly, in simple operations; after `at`.

        One for each number that an operation makes; in a product of matrices, MULTIPLY_ADD for
        each multiplication too. From the graph, not the clock, so that the same run comes again.
        """
        total = 0.0
        for operation in self._compiled.get_concrete_function().graph.get_operations():
            sizes = [t.shape.num_elements() or 0 for t in operation.outputs]
            inner = 0
            if operation.type in ("MatMul", "BatchMatMulV2"):
                transposed = operation.get_attr(
                    "transpose_a" if operation.type == "MatMul" else "adj_x"
                )
                shape = operation.inputs[0].shape
                inner = (shape[-2] if transposed else shape[-1]) or 0
            total += sum(sizes) * (1 + MULTIPLY_ADD * inner)
        return total / self._compiled.get_concrete_function().inputs[0].shape[1]

    def at(self, q: Floats) -> tuple[Floats, Floats]:
        """Log π [C] and gradient [d, C] at q [d, C], as NumPy arrays."""
        if self._compiled is None:
            signature = [tf.TensorSpec(q.shape, tf.float64)]
            self._compiled = tf.function(self, input_signature=signature, autograph=False)
        value, gradient = self._compiled(tf.constant(q))
        return value.numpy(), gradient.numpy()
