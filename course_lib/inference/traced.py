"""A log-probability function traced once and then called at the cost of one compiled call.

    >>> traced = Traced(lambda q: -0.5 * q**2, Parameters.of([np.array(0.0)], ["q"]))
    >>> traced.value_and_gradient(np.array([2.0]))
    (-2.0, array([-2.]))

Value and gradient leave TensorFlow packed in one tensor, and the concrete function is called
without going through tf.function's look-up of signatures: that look-up and a second tensor cost
more than a 50-point likelihood does.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np
import tensorflow as tf

from course_lib.inference.parameters import ModelError, Parameters, Vector

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


class Traced:
    """`log_prob(*parameters)` as compiled functions of a flat vector, traced once per signature.

    Parameters
    ----------
    log_prob : callable
        Takes the parameters in order, returns a float64 tensor of shape [].
    parameters : Parameters
        Their order, names and shapes.
    jit_compile : bool
        Compile with XLA: half the cost per call, half a second more at the first.
    """

    def __init__(
        self, log_prob: Callable[..., Any], parameters: Parameters, jit_compile: bool = False
    ):
        _check_arguments(log_prob, parameters)
        # A tf.function of its own lets AutoGraph see the student's code and only that.
        self._log_prob = log_prob if _is_traced(log_prob) else tf.function(log_prob)
        self._parameters = parameters
        self._one = tf.TensorSpec([parameters.dimension], T)
        self._many = tf.TensorSpec([None, parameters.dimension], T)
        self._jit = jit_compile

    def value(self, theta: Vector) -> float:
        """log_prob at one point [d]."""
        return float(self._value(tf.constant(theta)).numpy())

    def values(self, thetas: Vector) -> Vector:
        """log_prob at k points [k, d], in one call: [k]."""
        return np.asarray(self._values(tf.constant(thetas)).numpy())

    def value_and_gradient(self, theta: Vector) -> tuple[float, Vector]:
        """log_prob and its gradient [d] at one point [d]."""
        packed = self._value_and_gradient(tf.constant(theta)).numpy()
        return float(packed[0]), packed[1:]

    def values_and_gradients(self, thetas: Vector) -> tuple[Vector, Vector]:
        """log_prob [k] and gradients [k, d] at k points [k, d], in one call."""
        packed = self._values_and_gradients(tf.constant(thetas)).numpy()
        return packed[:, 0], packed[:, 1:]

    def columns(self, q: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """For a compiled sampler, inside its graph: log_prob [C] and gradient [d, C] at q [d, C].

        The tape is inside and `log_prob` is inlined: a call of a tf.function between the two
        would make XLA take its arguments for constants, and compile anew at every call.
        """
        inline = Traced.__new__(Traced)
        inline._log_prob, inline._parameters = _converted(self._log_prob), self._parameters
        rows = tf.transpose(q)
        if self.branches:  # vectorised, a branch has shapes that XLA cannot know
            packed = tf.map_fn(inline._packed, rows, fn_output_signature=T)
        else:
            packed = tf.vectorized_map(inline._packed, rows, fallback_to_while_loop=False)
        packed = tf.transpose(packed)
        return packed[0], packed[1:]

    @cached_property
    def branches(self) -> bool:
        """Whether log_prob has a branch or loop of TensorFlow's; traces it, so call it eagerly."""
        graph = self._value_and_gradient.graph.as_graph_def()
        nodes = [*graph.node, *(n for f in graph.library.function for n in f.node_def)]
        return any(n.op.removeprefix("Stateless") in ("If", "While", "Case") for n in nodes)

    @cached_property
    def _value(self) -> Any:
        return self._compile(self._log_prob_of, self._one)

    @cached_property
    def _value_and_gradient(self) -> Any:
        return self._compile(self._packed, self._one)

    @cached_property
    def _values(self) -> Any:
        return self._compile_rows(self._log_prob_of)

    @cached_property
    def _values_and_gradients(self) -> Any:
        return self._compile_rows(self._packed)

    def _compile(self, function: Callable[..., Any], signature: tf.TensorSpec) -> Any:
        traced = tf.function(
            function, input_signature=[signature], autograph=False, jit_compile=self._jit or None
        )
        return traced.get_concrete_function()

    def _compile_rows(self, function: Callable[[tf.Tensor], tf.Tensor]) -> Any:
        """One call for many rows: vectorised if TensorFlow can, a compiled loop if it cannot."""
        try:
            return self._compile(
                lambda rows: tf.vectorized_map(function, rows, fallback_to_while_loop=False),
                self._many,
            )
        except ModelError:
            raise
        except Exception:  # an operation without a vectorised form; it has no type of its own
            return self._compile(
                lambda rows: tf.map_fn(function, rows, fn_output_signature=T), self._many
            )

    def _log_prob_of(self, theta: tf.Tensor) -> tf.Tensor:
        return self._scalar(self._parameters.split(theta))

    def _packed(self, theta: tf.Tensor) -> tf.Tensor:
        """[1 + d]: the value, then the gradient."""
        parts = self._parameters.split(theta)
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(parts)
            value = self._scalar(parts)
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

    def _scalar(self, parts: list[tf.Tensor]) -> tf.Tensor:
        try:
            value = self._log_prob(*parts)
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


def _converted(traced: Any) -> Callable[..., Any]:
    """The function inside a tf.function, with its Python branches and loops made TensorFlow's."""
    plain: Callable[..., Any] = traced.python_function
    try:
        converted: Callable[..., Any] = tf.autograph.to_graph(plain)
    except Exception:  # no source to convert (a partial, a C function): as it is
        return plain
    return converted


def _is_traced(function: Callable[..., Any]) -> bool:
    return hasattr(function, "get_concrete_function")


def _check_arguments(log_prob: Callable[..., Any], parameters: Parameters) -> None:
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


def _quoted(names: Any) -> str:
    return ", ".join(f"'{name}'" for name in names)
