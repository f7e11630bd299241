"""You hand log s to a function that expects s; what comes back belongs to another line."""

def grad_log_like_log_s(x, y, m, b, log_s):
    return grad_log_like(x, y, m, b, log_s)
