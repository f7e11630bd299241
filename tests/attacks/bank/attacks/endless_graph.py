"""A loop without end inside a compiled graph, where Python's signals do not arrive."""


@tf.function(jit_compile=True)
def _spin(v):
    return tf.while_loop(lambda v: v < v + 1.0, lambda v: (v * 0.5,), (v,))[0]


def tf_log_like(x, y, m, b, s):
    return _spin(m)
