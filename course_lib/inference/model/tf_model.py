"""`TFModel`: a TensorFlow log probability that SciPy, emcee and NUTS can call.

>>> m = tf.Variable(0.5, dtype=tf.float64)
>>> b = tf.Variable(0.0, dtype=tf.float64)
>>> model = TFModel(lambda m, b: 1.0 - 0.5 * (m**2 + b**2), [m, b])
>>> theta = model.current_vector()
>>> theta
array([0.5, 0. ])
>>> model.value(theta)
0.875
>>> model.gradient(theta)
array([-0.5, -0. ])
>>> model.value([[0.0, 0.0], [2.0, 0.0]])
array([ 1., -1.])
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any, overload

import numpy as np
import tensorflow as tf
from numpy.typing import ArrayLike

from course_lib.inference.model.graph_mode import GraphMode
from course_lib.inference.model.parameters import ModelError, Parameters, Vector, name_of
from course_lib.inference.model.traced import Traced

__all__ = ["ModelError", "TFModel"]


class TFModel:
    """A scalar TensorFlow function of some parameters, as a function of one flat NumPy vector.

    Parameters
    ----------
    log_prob : callable or tf.Tensor
        A function that takes the parameters in order and returns a float64 tensor of shape [];
        or, as in TensorFlow 1, such a tensor in a tf.compat.v1 graph (call `setup(session)` before
        use). The function is traced once: changing a NumPy array that it uses has no effect later.
    variables : sequence of tf.Variable or array
        One per parameter, float64, any shape. Names, shapes and the current vector are taken from
        them. They are never changed.
    names : sequence of str, optional
        Default: log_prob's argument names, else the Variables' names.
    jit_compile : bool
        Compile with XLA: a call costs half as much, the first one takes half a second more.

    Attributes
    ----------
    evaluations : int
        Number of points at which the function has been evaluated, with or without gradient.

    Raises
    ------
    ModelError
        Not scalar, not float64, no gradient for a parameter, a vector of the wrong length.

    The interface is that of the `TFModel` in Foreman-Mackey's 2018 worksheet, in TensorFlow 2.
    """

    def __init__(
        self,
        log_prob: Callable[..., Any] | tf.Tensor,
        variables: Sequence[Any],
        names: Sequence[str] | None = None,
        jit_compile: bool = False,
    ):
        variables = list(variables) if isinstance(variables, (list, tuple)) else [variables]
        self.parameters = Parameters.of(variables, names or _names(log_prob, variables))
        self._back_end: Traced | GraphMode
        if callable(log_prob):
            self._back_end = Traced(log_prob, self.parameters, jit_compile)
        elif tf.is_symbolic_tensor(log_prob):
            self._back_end = GraphMode(log_prob, self.parameters)
        else:
            raise ModelError(
                f"log_prob must be a function of the parameters, got {type(log_prob).__name__}: a "
                f"number that was computed already. Write TFModel(log_prob, …), not log_prob(…)."
            )
        self.evaluations = 0

    @property
    def names(self) -> list[str]:
        """The d labels of the flat vector's numbers."""
        return self.parameters.labels

    @property
    def dimension(self) -> int:
        """d, the length of the flat vector."""
        return self.parameters.dimension

    def setup(self, session: Any) -> None:
        """For a tensor of a TensorFlow 1 graph: evaluate in this session from now on."""
        if not isinstance(self._back_end, GraphMode):
            raise ModelError("this model wraps a function and needs no session: just call it")
        self._back_end.setup(session)

    def current_vector(self) -> Vector:
        """The parameters' current values, flat: [d]."""
        if isinstance(self._back_end, GraphMode):
            return self._back_end.current_vector()
        return self.parameters.current_vector()

    @overload
    def value(self, theta: Sequence[float]) -> float: ...
    @overload
    def value(self, theta: ArrayLike) -> Any: ...
    def value(self, theta: ArrayLike) -> Any:
        """log_prob at a point [d] (a float), or at k points [k, d] in one call ([k]).

        `emcee.EnsembleSampler(…, model.value, vectorize=True)` uses the second form.
        """
        theta = self._checked(theta)
        return self._back_end.value(theta) if theta.ndim == 1 else self._back_end.values(theta)

    def gradient(self, theta: ArrayLike) -> Vector:
        """The gradient of log_prob at a point [d] ([d]), or at k points [k, d] ([k, d])."""
        return self.value_and_gradient(theta)[1]

    def value_and_gradient(self, theta: ArrayLike) -> tuple[Any, Vector]:
        """log_prob and its gradient at a point [d] or at k points [k, d], in one call."""
        theta = self._checked(theta)
        if theta.ndim == 1:
            return self._back_end.value_and_gradient(theta)
        return self._back_end.values_and_gradients(theta)

    def prepare_batched(self) -> None:
        """Trace log_prob, so that `batched` can be used; call it eagerly, before `batched`.

        Raises ModelError if log_prob cannot be traced, or is a tensor of a TensorFlow 1 graph.
        """
        if isinstance(self._back_end, GraphMode):
            raise ModelError(
                "a compiled sampler needs log_prob as a function: TFModel(log_prob, [m, b, …]) "
                "with def log_prob(m, b, …); for a tensor of a graph, use nuts(model)"
            )
        _ = self._back_end.has_control_flow

    def batched(self, q: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """log_prob [C] and its gradient [d, C] at q [d, C], inside the graph of a sampler.

        Call `prepare_batched` first.
        """
        assert isinstance(self._back_end, Traced)
        return self._back_end.batched(q)

    def _checked(self, theta: ArrayLike) -> Vector:
        theta = np.asarray(theta, np.float64)
        if theta.ndim not in (1, 2) or theta.shape[-1] != self.dimension:
            raise ModelError(
                f"expected {self.dimension} numbers ({', '.join(self.names)}) or rows of as many, "
                f"got an array of shape {theta.shape}"
            )
        self.evaluations += 1 if theta.ndim == 1 else len(theta)
        return theta


def _names(log_prob: Any, variables: Sequence[Any]) -> list[str]:
    arguments: list[str | None] = [None] * len(variables)
    if callable(log_prob):
        try:
            signature = inspect.signature(getattr(log_prob, "python_function", log_prob))
        except ValueError:  # some built-in callables have no signature to read
            signature = inspect.Signature()
        plain = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
        found = [p.name for p in signature.parameters.values() if p.kind in plain]
        if len(found) == len(variables):
            arguments = list(found)
    pairs = zip(variables, arguments, strict=True)
    return [name_of(variable, i, argument) for i, (variable, argument) in enumerate(pairs)]
