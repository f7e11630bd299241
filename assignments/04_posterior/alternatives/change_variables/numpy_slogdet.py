"""NumPy's logarithm of a determinant, of TensorFlow's Jacobian."""


def change_variables(log_density, inverse, y):
    with tf.GradientTape() as tape:
        tape.watch(y)
        x = inverse(y)
    sign, log_size = np.linalg.slogdet(tape.jacobian(x, y).numpy())
    return tf.constant(log_size, tf.float64) + log_density(x)
