"""TensorFlow's operations."""


def summarise(x, y):
    dx, dy = x - tf.reduce_mean(x), y - tf.reduce_mean(y)
    sums = [tf.reduce_sum(dx * dx), tf.reduce_sum(dx * dy), tf.reduce_sum(dy * dy)]
    return tf.stack([tf.constant(float(len(x)), tf.float64), tf.reduce_mean(x), tf.reduce_mean(y), *sums])
