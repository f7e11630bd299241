"""A tf.function."""


@tf.function
def lighthouse_log_prob(x, alpha, log_beta):
    n = tf.cast(tf.size(x), tf.float64)
    far = tf.math.log(tf.exp(2 * log_beta) + tf.square(x - alpha))
    return n * log_beta - tf.reduce_sum(far)
