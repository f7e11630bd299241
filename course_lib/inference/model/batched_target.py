"""What a sampler of many chains calls: log probability and gradient at the C columns of q [d, C].

A TFModel works as it is. A function must be written for columns: like the formula for one point,
with data as a column [n, 1] and sums over axis 0:

    >>> x = np.linspace(-1, 1, 50)[:, None]
    >>> def log_prob(q):                                 # [2, C] -> [C]
    ...     m, b = q[0], q[1]
    ...     return -0.5 * tf.reduce_sum((x - m * x - b) ** 2, axis=0)
    >>> target = BatchedTarget(log_prob, dimension=2)
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

from course_lib.inference.model.log_prob import TRACE_ERRORS
from course_lib.inference.model.parameters import ModelError

Floats = NDArray[np.float64]
MULTIPLY_ADD = 0.1
"""Cost of a multiply-add inside a matrix product, relative to an elementwise operation, whose
result is written to memory and read again."""


class BatchedTarget:
    """A TFModel, or a function q [d, C] -> log probability [C], together with its gradient.

    Parameters
    ----------
    model : TFModel or callable
        TypeError otherwise.
    dimension : int
        d.

    Raises ModelError when traced, if the function does not return one float64 number per column,
    or has no gradient.
    """

    def __init__(self, model: Any, dimension: int):
        if not hasattr(model, "batched") and not callable(model):
            raise TypeError(
                f"expected a TFModel or a function q [d, C] -> log_prob [C], "
                f"got {type(model).__name__}"
            )
        self._model, self.dimension = model, dimension
        self._compiled: Any = None
        if hasattr(model, "batched"):
            model.prepare_batched()

    def __call__(self, q: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Log π of each column [C] and its gradient [d, C], inside a graph."""
        if hasattr(self._model, "batched"):
            value, gradient = self._model.batched(q)
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
        """The approximate cost of one gradient of one column, in elementwise operations.

        Counted in the graph, not timed, so that a run does not depend on the machine. Each number
        in an operation's output counts 1; in a matrix product also MULTIPLY_ADD for each
        multiplication. Call `at` first.
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
