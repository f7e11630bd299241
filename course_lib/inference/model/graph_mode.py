"""Models written for TensorFlow 1: a tensor in a tf.compat.v1 graph, evaluated in a session.

    >>> with tf.Graph().as_default(), tf.compat.v1.Session() as session:
    ...     m = tf.Variable(0.5, dtype=tf.float64)
    ...     model = TFModel(-(m**2), [m])
    ...     session.run(tf.compat.v1.global_variables_initializer())
    ...     model.setup(session)
    ...     print(model.value([2.0]))
    -4.0

TensorFlow 2's Variables cannot be replaced with `feed_dict`: each use of a Variable in the graph is
a read operation of its own, and feeding the Variable adds one more read that nothing uses. So this
module feeds all of its read operations.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf

from course_lib.inference.model.parameters import ModelError, Parameters, Vector


class GraphMode:
    """A scalar float64 tensor of a graph, as a function of a flat vector.

    Parameters
    ----------
    log_prob : tf.Tensor
        Symbolic, of shape [] and dtype float64. ModelError otherwise.
    parameters : Parameters
        Its variables belong to the same graph. ModelError if there is no gradient for one.
    """

    def __init__(self, log_prob: tf.Tensor, parameters: Parameters):
        if log_prob.shape.rank != 0 or log_prob.dtype != tf.float64:
            raise ModelError(
                f"log_prob must be a float64 scalar, got {log_prob.dtype.name} of shape "
                f"{log_prob.shape}: sum with tf.reduce_sum, and keep every constant float64"
            )
        self._log_prob = log_prob
        self._parameters = parameters
        self._session: Any = None
        with log_prob.graph.as_default():
            gradients = tf.compat.v1.gradients(log_prob, list(parameters.variables))
        for name, gradient in zip(parameters.names, gradients, strict=True):
            if gradient is None:
                raise ModelError(
                    f"log_prob has no gradient for '{name}': build log_prob from that Variable"
                )
        self._gradients = [tf.convert_to_tensor(g) for g in gradients]
        self._reads = [_reads(variable, log_prob.graph) for variable in parameters.variables]

    def setup(self, session: Any) -> None:
        """Use this session from now on. Its Variables must be initialised."""
        self._session = session

    def current_vector(self) -> Vector:
        """The Variables' values in the session, as one flat array [d]."""
        values = self._run(list(self._parameters.variables), {})
        return np.concatenate([np.ravel(value) for value in values])

    def value(self, theta: Vector) -> float:
        """log_prob at one point [d]."""
        return float(self._run(self._log_prob, self._feed(theta)))

    def values(self, thetas: Vector) -> Vector:
        """log_prob at k points [k, d], one session call each: [k]."""
        return np.array([self.value(theta) for theta in thetas])

    def value_and_gradient(self, theta: Vector) -> tuple[float, Vector]:
        """log_prob and its gradient [d] at one point [d]."""
        value, gradients = self._run([self._log_prob, self._gradients], self._feed(theta))
        return float(value), np.concatenate([np.ravel(g) for g in gradients])

    def values_and_gradients(self, thetas: Vector) -> tuple[Vector, Vector]:
        """log_prob [k] and gradients [k, d] at k points [k, d], one session call each."""
        pairs = [self.value_and_gradient(theta) for theta in thetas]
        gradients = np.array([gradient for _, gradient in pairs]).reshape(thetas.shape)
        return np.array([value for value, _ in pairs]), gradients

    def _feed(self, theta: Vector) -> dict[Any, Vector]:
        feed, start = {}, 0
        sizes = self._parameters.sizes
        for reads, shape, size in zip(self._reads, self._parameters.shapes, sizes, strict=True):
            part = theta[start : start + size].reshape(shape)
            feed.update(dict.fromkeys(reads, part))
            start += size
        return feed

    def _run(self, fetches: Any, feed: dict[Any, Vector]) -> Any:
        if self._session is None:
            raise ModelError("this model lives in a graph: call model.setup(session) first")
        return self._session.run(fetches, feed_dict=feed)


def _reads(variable: Any, graph: Any) -> list[Any]:
    """The tensors to feed so that the whole graph uses another value of this Variable."""
    handle = getattr(variable, "handle", None)
    if handle is None:  # a TensorFlow 1 reference variable is one tensor
        return [variable]
    return [
        operation.outputs[0]
        for operation in graph.get_operations()
        if operation.type == "ReadVariableOp" and operation.inputs[0] is handle
    ]
