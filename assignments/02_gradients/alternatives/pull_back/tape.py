"""TensorFlow's ledger, with the weights as what is pulled back."""


def pull_back(x, y, theta, weights):
    theta = tf.constant(theta)
    with tf.GradientTape() as tape:
        tape.watch(theta)
        m, b, log_s = tf.unstack(theta)
        terms = -0.5 * ((y - m * x - b) / tf.exp(log_s)) ** 2 - log_s
    return tape.gradient(terms, theta, output_gradients=tf.constant(weights)).numpy()
