"""A helper that differentiates any function."""

def differentiable(function, which):
    def derivative(*args):
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            watched = [args[k] for k in which]
            tape.watch(watched)
            answer = function(*args)
        return tuple(tape.gradient(answer, watched))
    return derivative


grad_log_like = differentiable(tf_log_like, which=(2, 3, 4))
