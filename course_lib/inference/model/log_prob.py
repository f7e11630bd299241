"""The user's log-probability function, as a function of one flat vector, with its gradient.

    >>> function = LogProb(lambda m, b: -0.5 * (m**2 + b**2), Parameters.of([0.0, 0.0], ["m", "b"]))
    >>> theta = tf.constant([1.0, 2.0], tf.float64)
    >>> float(function(theta))
    -2.5
    >>> function.value_and_gradient(theta).numpy()                # the value, then the gradient
    array([-2.5, -1. , -2. ])

Value and gradient are packed in one tensor, because each tensor that leaves TensorFlow costs more
than a likelihood of 50 points does.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import Any

import tensorflow as tf

from course_lib.inference.model.parameters import ModelError, Parameters

T = tf.float64
_FLOAT32_HINT = (
    "If the message speaks of float and double, one constant is float32: tf.math.log(2*np.pi) and "
    "tf.constant(0.5) are; write tf.constant(0.5, tf.float64) or np.log(2*np.pi)."
)

TRACE_ERRORS = (
    TypeError,
    ValueError,
    AttributeError,
    NotImplementedError,
    tf.errors.InvalidArgumentError,
)
"""What a user's function raises when it is traced with tensors that it cannot handle."""


class LogProb:
    """`function(*parameters)` as a function of a flat tensor [d]. Call it while tracing.

    Parameters
    ----------
    function : callable
        Takes the parameters in order, returns a float64 tensor of shape [].
    parameters : Parameters
        Their order, names and shapes.

    All methods raise ModelError if the function fails, or does not return a float64 scalar.
    """

    def __init__(self, function: Callable[..., Any], parameters: Parameters):
        self._function, self._parameters = function, parameters

    def __call__(self, theta: tf.Tensor) -> tf.Tensor:
        """The log probability [] at theta [d]."""
        return self._checked(self._parameters.split(theta))

    def value_and_gradient(self, theta: tf.Tensor) -> tf.Tensor:
        """The log probability at theta [d], then its gradient: [1 + d].

        Raises ModelError also if there is no gradient with respect to some parameter.
        """
        parts = self._parameters.split(theta)
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(parts)
            value = self._checked(parts)
        gradients = tape.gradient(value, parts)
        cut = [n for n, g in zip(self._parameters.names, gradients, strict=True) if g is None]
        if cut:
            raise ModelError(
                f"log_prob has no gradient for {_quoted(cut)}: it does not use that argument, or "
                f"the argument left TensorFlow on the way (np.log, float(), .numpy(), an integer "
                f"cast). Use the arguments log_prob is given, and tf.math functions on them."
            )
        flat = [tf.reshape(tf.convert_to_tensor(g), [-1]) for g in gradients]
        return tf.concat([value[None], *flat], axis=0)

    def _checked(self, parts: list[tf.Tensor]) -> tf.Tensor:
        try:
            value = self._function(*parts)
        except TRACE_ERRORS as why:
            raise ModelError(
                f"log_prob failed on float64 tensors {_quoted(self._parameters.names)}: {why}\n"
                f"{_FLOAT32_HINT} If it speaks of NumPy or of a symbolic tensor, a np. function "
                f"was called on a tensor: use its tf.math twin."
            ) from why
        if not isinstance(value, tf.Tensor):
            raise ModelError(
                f"log_prob must return one tensor, got {type(value).__name__}: return the sum"
            )
        if value.shape.rank != 0:
            raise ModelError(
                f"log_prob must return a scalar, got shape {value.shape}: "
                f"sum over the data with tf.reduce_sum"
            )
        if value.dtype != T:
            raise ModelError(
                f"log_prob must return float64, got {value.dtype.name}. {_FLOAT32_HINT}"
            )
        return value


def check_arguments(log_prob: Callable[..., Any], parameters: Parameters) -> None:
    """Raise ModelError unless log_prob can be called with the parameters in order."""
    try:
        signature = inspect.signature(getattr(log_prob, "python_function", log_prob))
    except ValueError:  # some built-in callables have no signature to read
        return
    try:
        signature.bind(*parameters.names)
    except TypeError as why:
        raise ModelError(
            f"log_prob{signature} cannot take the {len(parameters.names)} parameters "
            f"{_quoted(parameters.names)} in order ({why}). Write it as a function of its "
            f"parameters, log_prob(m, b, log_s), instead of one that reads Variables."
        ) from why


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
