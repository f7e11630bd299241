"""With one point you are right, and with more the price of a large s is too low; how many
points pay log s?
"""

def tf_log_like_log_s(x, y, m, b, log_s):
    z = (y - m * x - b) * tf.exp(-log_s)
    return -tf.reduce_sum(0.5 * z**2 + 0.5 * np.log(2 * np.pi)) - log_s
