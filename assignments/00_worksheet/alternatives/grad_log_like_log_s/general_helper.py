"""A helper that differentiates any function of three parameters."""

def _gradient_of(function):
    @tf.function(reduce_retracing=True)
    def gradient(x, y, *theta):
        with tf.GradientTape() as tape:
            tape.watch(theta)
            value = function(x, y, *theta)
        return tape.gradient(value, theta)

    return gradient


grad_log_like_log_s = _gradient_of(tf_log_like_log_s)
