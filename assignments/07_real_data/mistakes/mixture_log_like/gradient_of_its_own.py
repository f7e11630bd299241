"""Your own gradient is right as long as nothing is done with the value: multiply it by what comes
from above.
"""


@tf.custom_gradient
def mixture_log_like(x, y, sigma_y, m, b, logit_p, y_b, log_s_b):
    variance = sigma_y**2 + tf.exp(2 * log_s_b)
    good = -0.5 * ((y - m * x - b) / sigma_y) ** 2 - tf.math.log(sigma_y) + tf.math.log_sigmoid(-logit_p)
    bad = -0.5 * (y - y_b) ** 2 / variance - 0.5 * tf.math.log(variance) + tf.math.log_sigmoid(logit_p)

    def gradient(above):
        share = tf.sigmoid(bad - good)
        pull = tf.sigmoid(good - bad) * (y - m * x - b) / sigma_y**2
        by_variance = share * ((y - y_b) ** 2 / variance - 1) / variance * tf.exp(2 * log_s_b)
        return (
            None, None, None, tf.reduce_sum(pull * x), tf.reduce_sum(pull),
            tf.reduce_sum(share - tf.sigmoid(logit_p)),
            tf.reduce_sum(share * (y - y_b) / variance), tf.reduce_sum(by_variance),
        )

    value = tf.reduce_sum(tf.reduce_logsumexp(tf.stack([good, bad]), axis=0) - 0.5 * np.log(2 * np.pi))
    return value, gradient
