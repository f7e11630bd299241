"""The good part is taken out of the log, however small it is: far away all digits cancel. Take out
the larger one.
"""


def mixture_log_like(x, y, sigma_y, m, b, logit_p, y_b, log_s_b):
    def log_normal(z, s):
        return -0.5 * tf.square(z / s) - tf.math.log(s) - 0.5 * np.log(2 * np.pi)

    good = log_normal(y - (m * x + b), sigma_y) + tf.math.log_sigmoid(-logit_p)
    bad = log_normal(y - y_b, tf.sqrt(sigma_y**2 + tf.exp(log_s_b) ** 2)) + tf.math.log_sigmoid(logit_p)
    return tf.math.reduce_sum(good + tf.nn.softplus(bad - good))
