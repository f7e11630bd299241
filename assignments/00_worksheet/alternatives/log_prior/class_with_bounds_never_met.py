"""A callable object, with a constant of 100 decades' normalisation."""

class Prior:
    def __init__(self, decades):
        self.constant = -decades * np.log(10.0) / 100.0

    def __call__(self, m, b, log_s):
        return self.constant - 1.5 * tf.math.log(1.0 + m**2)


log_prior = Prior(decades=100)
