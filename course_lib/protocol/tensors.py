"""What a question does with TensorFlow: makes tensors, takes derivatives, reads tensors.

The only module of this folder that imports TensorFlow; `perform` imports it where it is needed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf

from course_lib.protocol.questions import Unanswerable
from course_lib.protocol.values import CannotCross, Numbers

# What a derivative is multiplied by from above, as in a longer chain, and divided by in the end: a
# power of two, so that no digit changes, and negative. A gradient of a function's own making that
# is right only while nothing multiplies it is not right.
ABOVE = -2.0
_CARRIED = "biufc"  # NumPy's kinds that cross as they are; others, such as bfloat16, as float32


def float64(value: Any) -> Any:
    """A fresh float64 tensor."""
    return tf.constant(value, dtype=tf.float64)


def differentiate(
    function: Callable[..., Any], arguments: list[Any], by: tuple[int, ...]
) -> tuple[Any, ...]:
    """The derivatives of `function` with respect to the arguments at `by`; None where it has none.

    They are taken of ABOVE times the function, as where it is part of a longer chain.

    Raises Unanswerable where the function returns something other than a tensor.
    """
    watched = [arguments[index] for index in by]
    with tf.GradientTape() as tape:
        tape.watch(watched)
        value = function(*arguments)
    if not tf.is_tensor(value):
        kind = type(value).__name__
        raise Unanswerable(f"{kind}: TensorFlow can differentiate only a tensor")
    above = tf.cast(tf.fill(tf.shape(value), ABOVE), value.dtype)
    found = tape.gradient(value, watched, output_gradients=above)
    return tuple(None if each is None else _divided(tf.convert_to_tensor(each)) for each in found)


def _divided(derivative: Any) -> Any:
    return derivative / tf.cast(ABOVE, derivative.dtype)


def numbers(value: Any) -> Numbers:
    """A tensor, variable or sparse gradient as numbers. Raises CannotCross for a symbolic one."""
    if isinstance(value, tf.IndexedSlices):
        value = tf.convert_to_tensor(value)
    if not hasattr(value, "numpy"):
        raise CannotCross("a symbolic tensor, which has no value outside its tf.function")
    array = np.asarray(value.numpy())
    if array.dtype.kind not in _CARRIED:
        if array.dtype.kind in "OSU":
            raise CannotCross(f"a tensor of {value.dtype.name}")
        array = array.astype(np.float32)
    array = np.array(array)
    array.flags.writeable = False
    return Numbers("tensor", value.dtype.name, array)
