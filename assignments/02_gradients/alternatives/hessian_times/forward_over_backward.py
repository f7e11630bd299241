"""Forward mode along v, over the tape."""


def hessian_times(x, y, theta, v):
    with tf.autodiff.ForwardAccumulator(theta, v) as forward:
        with tf.GradientTape() as tape:
            tape.watch(theta)
            z = (y - theta[0] * x - theta[1]) * tf.exp(-theta[2])
            value = tf.reduce_sum(-0.5 * tf.square(z) - theta[2])
        gradient = tape.gradient(value, theta)
    return forward.jvp(gradient)
