"""A graph with its signature fixed."""

D = tf.float64


@tf.function(input_signature=[tf.TensorSpec([None], D)] * 2 + [tf.TensorSpec([], D)] * 3)
def tf_log_like_log_s(x, y, m, b, log_s):
    return tf_log_like(x, y, m, b, tf.exp(log_s))
