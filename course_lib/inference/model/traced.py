"""A log-probability function that is traced once, and then called at the cost of one compiled call.

    >>> traced = Traced(lambda q: -0.5 * q**2, Parameters.of([np.array(0.0)], ["q"]))
    >>> traced.value_and_gradient(np.array([2.0]))
    (-2.0, array([-2.]))

The concrete function is called directly: tf.function's search for the right signature costs more
than a likelihood of 50 points does.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np
import tensorflow as tf

from course_lib.inference.model.log_prob import LogProb, T, check_arguments
from course_lib.inference.model.parameters import ModelError, Parameters, Vector


class Traced:
    """`log_prob(*parameters)` as compiled functions of a flat vector, traced once per signature.

    Parameters
    ----------
    log_prob : callable
        Takes the parameters in order, returns a float64 tensor of shape [].
    parameters : Parameters
        Their order, names and shapes.
    jit_compile : bool
        Compile with XLA: a call costs half as much, the first one takes half a second more.

    Raises ModelError here if log_prob cannot take the parameters, and at the first call if it
    fails, does not return a float64 scalar, or has no gradient.
    """

    def __init__(
        self, log_prob: Callable[..., Any], parameters: Parameters, jit_compile: bool = False
    ):
        check_arguments(log_prob, parameters)
        # A tf.function of its own, so that AutoGraph converts the user's code and nothing else.
        function = log_prob if _is_traced(log_prob) else tf.function(log_prob)
        self._function, self._parameters = function, parameters
        self._log_prob = LogProb(function, parameters)
        self._one_point = tf.TensorSpec([parameters.dimension], T)
        self._many_points = tf.TensorSpec([None, parameters.dimension], T)
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

    def batched(self, q: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """log_prob [C] and gradient [d, C] at q [d, C], inside the graph of a compiled sampler.

        The gradient is taken inside, and `log_prob` is inlined: if a tf.function stood between the
        two graphs, XLA would treat its arguments as constants, and compile anew at every call.
        """
        inlined = LogProb(_converted(self._function), self._parameters)
        rows = tf.transpose(q)
        if self.has_control_flow:  # vectorised, a branch has shapes that XLA cannot know
            packed = tf.map_fn(inlined.value_and_gradient, rows, fn_output_signature=T)
        else:
            packed = tf.vectorized_map(
                inlined.value_and_gradient, rows, fallback_to_while_loop=False
            )
        packed = tf.transpose(packed)
        return packed[0], packed[1:]

    @cached_property
    def has_control_flow(self) -> bool:
        """Whether log_prob has a TensorFlow branch or loop. Traces it, so call this eagerly."""
        graph = self._value_and_gradient.graph.as_graph_def()
        nodes = [*graph.node, *(n for f in graph.library.function for n in f.node_def)]
        return any(n.op.removeprefix("Stateless") in ("If", "While", "Case") for n in nodes)

    @cached_property
    def _value(self) -> Any:
        return self._compile(self._log_prob, self._one_point)

    @cached_property
    def _value_and_gradient(self) -> Any:
        return self._compile(self._log_prob.value_and_gradient, self._one_point)

    @cached_property
    def _values(self) -> Any:
        return self._compile_rows(self._log_prob)

    @cached_property
    def _values_and_gradients(self) -> Any:
        return self._compile_rows(self._log_prob.value_and_gradient)

    def _compile(self, function: Callable[..., Any], signature: tf.TensorSpec) -> Any:
        traced = tf.function(
            function, input_signature=[signature], autograph=False, jit_compile=self._jit or None
        )
        return traced.get_concrete_function()

    def _compile_rows(self, function: Callable[[tf.Tensor], tf.Tensor]) -> Any:
        """One call for many rows: vectorised if TensorFlow can do that, else a compiled loop."""
        try:
            return self._compile(
                lambda rows: tf.vectorized_map(function, rows, fallback_to_while_loop=False),
                self._many_points,
            )
        except ModelError:
            raise
        except Exception:  # an operation without a vectorised form; it has no type of its own
            return self._compile(
                lambda rows: tf.map_fn(function, rows, fn_output_signature=T), self._many_points
            )


def _converted(traced: Any) -> Callable[..., Any]:
    """The Python function inside a tf.function, converted by AutoGraph where that is possible."""
    plain: Callable[..., Any] = traced.python_function
    try:
        converted: Callable[..., Any] = tf.autograph.to_graph(plain)
    except Exception:  # no source to convert (a partial, a C function): use it as it is
        return plain
    return converted


def _is_traced(function: Callable[..., Any]) -> bool:
    return hasattr(function, "get_concrete_function")
