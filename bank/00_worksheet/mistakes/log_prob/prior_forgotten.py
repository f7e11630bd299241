"""The log likelihood alone comes back; where is the prior?"""

def log_prob(x, y, m, b, log_s):
    return tf_log_like_log_s(x, y, m, b, log_s)
