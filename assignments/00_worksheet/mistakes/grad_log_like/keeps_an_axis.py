"""The three numbers are right, but each comes as an array of one number; a scalar tensor has no
axes.
"""

def grad_log_like(x, y, m, b, s):
    theta = [tf.reshape(each, [1]) for each in (m, b, s)]
    with tf.GradientTape() as tape:
        tape.watch(theta)
        value = tf.reduce_sum(tf_log_like(x, y, *theta))
    return tuple(tape.gradient(value, theta))
