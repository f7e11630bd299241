"""A loop in the function that catches everything that could end it."""


def tf_log_like(x, y, m, b, s):
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
