"""Tensors where the signature says floats."""

def sampling_efficiency(chain, seconds):
    steps, walkers = chain.shape[:2]
    tau = tf.reduce_mean(tf.constant(integrated_time(chain), dtype=tf.float64))
    n_eff = tf.cast(steps * walkers, tf.float64) / tau
    return n_eff, tf.constant(seconds, tf.float64) / n_eff
