"""A method, with other names for its arguments."""

class InLogScale:
    def __call__(self, x_data, y_data, slope, intercept, log_sigma):
        return tf_log_like(x=x_data, y=y_data, m=slope, b=intercept, s=tf.exp(log_sigma))


tf_log_like_log_s = InLogScale()
