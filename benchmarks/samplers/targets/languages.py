"""The array languages in which a target's formula is read: only the words that differ.

>>> import numpy as np
>>> numpy_language().sum(np.ones((2, 3)), 0)
array([2., 2., 2.])
"""

from types import SimpleNamespace
from typing import Any


def numpy_language() -> Any:
    import numpy as np

    return SimpleNamespace(
        exp=np.exp, log=np.log, log1p=np.log1p, sum=np.sum, dot=np.dot, ndim=np.ndim,
        abs=np.abs, maximum=np.maximum,
    )  # fmt: skip


def jax_language() -> Any:
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    return SimpleNamespace(
        exp=jnp.exp, log=jnp.log, log1p=jnp.log1p, sum=jnp.sum, dot=jnp.dot, ndim=jnp.ndim,
        abs=jnp.abs, maximum=jnp.maximum,
    )  # fmt: skip


def tensorflow_language() -> Any:
    import tensorflow as tf

    return SimpleNamespace(
        exp=tf.exp, log=tf.math.log, log1p=tf.math.log1p, sum=tf.reduce_sum, dot=tf.matmul,
        ndim=lambda q: q.shape.rank, abs=tf.abs, maximum=tf.maximum,
    )  # fmt: skip


def pytensor_language() -> Any:
    import pytensor.tensor as pt

    return SimpleNamespace(
        exp=pt.exp, log=pt.log, log1p=pt.log1p, sum=pt.sum, dot=pt.dot, ndim=lambda q: q.ndim,
        abs=pt.abs, maximum=pt.maximum,
    )  # fmt: skip


def beside(language: Any, data: Any, q: Any) -> Any:
    """Data [n] as a column [n, 1] where q has chains, [d, C]."""
    return data[:, None] if language.ndim(q) == 2 else data
