"""You are right to eight digits where the numbers are ordinary and far off at the extremes; a
difference over a finite step is not yet a derivative.
"""

def grad_log_like_log_s(x, y, m, b, log_s):
    h = 1e-5
    theta = [m, b, log_s]
    derivatives = []
    for k in range(3):
        up = [each + h if j == k else each for j, each in enumerate(theta)]
        down = [each - h if j == k else each for j, each in enumerate(theta)]
        derivatives.append((tf_log_like_log_s(x, y, *up) - tf_log_like_log_s(x, y, *down)) / (2 * h))
    return tuple(derivatives)
