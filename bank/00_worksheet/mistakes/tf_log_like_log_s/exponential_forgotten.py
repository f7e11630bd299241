"""You hand log s on as if it were s; what undoes a logarithm?"""

def tf_log_like_log_s(x, y, m, b, log_s):
    return tf_log_like(x, y, m, b, log_s)
