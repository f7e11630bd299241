"""Variables that are made once and assigned at each call."""

kept = []


def grad_log_like(x, y, m, b, s):
    if not kept:
        kept.extend(tf.Variable(p) for p in (m, b, s))
    for v, p in zip(kept, (m, b, s)):
        v.assign(p)
    with tf.GradientTape() as tape:
        value = tf_log_like(x, y, *kept)
    return tuple(tape.gradient(value, kept))
