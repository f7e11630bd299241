"""The third number is s times what it should be; you differentiate by log s, and here s itself
is the parameter.
"""

def grad_log_like(x, y, m, b, s):
    log_s = tf.math.log(s)
    with tf.GradientTape() as tape:
        tape.watch([m, b, log_s])
        value = tf_log_like(x, y, m, b, tf.exp(log_s))
    return tuple(tape.gradient(value, [m, b, log_s]))
