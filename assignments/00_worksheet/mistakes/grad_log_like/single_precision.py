"""About seven digits are right and no more; somewhere on the way your tensors are cast to
float32.
"""

def grad_log_like(x, y, m, b, s):
    theta = [tf.cast(each, tf.float32) for each in (m, b, s)]
    x, y = tf.cast(x, tf.float32), tf.cast(y, tf.float32)
    with tf.GradientTape() as tape:
        tape.watch(theta)
        z = (y - theta[0] * x - theta[1]) / theta[2]
        value = -0.5 * tf.reduce_sum(z**2 + 2 * tf.math.log(theta[2]))
    return tuple(tf.cast(g, tf.float64) for g in tape.gradient(value, theta))
