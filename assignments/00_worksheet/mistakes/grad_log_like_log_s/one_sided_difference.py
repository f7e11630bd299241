"""You are right to about five digits where the numbers are ordinary; a difference over a finite
step is not yet a derivative.
"""

def grad_log_like_log_s(x, y, m, b, log_s):
    h = 1e-6
    theta = [m, b, log_s]
    here = tf_log_like_log_s(x, y, *theta)
    derivatives = []
    for k in range(3):
        moved = [each + h if j == k else each for j, each in enumerate(theta)]
        derivatives.append((tf_log_like_log_s(x, y, *moved) - here) / h)
    return tuple(derivatives)
