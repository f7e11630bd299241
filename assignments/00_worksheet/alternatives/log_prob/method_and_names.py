"""A method with other names, and a constant of its own."""

class Posterior:
    offset = tf.constant(1.25, dtype=tf.float64)

    def log_density(self, xs, ys, slope, intercept, ln_s):
        return self.offset + tf_log_like_log_s(xs, ys, slope, intercept, ln_s) + log_prior(slope, intercept, ln_s)


log_prob = Posterior().log_density
