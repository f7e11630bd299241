"""By loops, without NumPy."""


def is_u_turn(q_first, p_first, q_last, p_last):
    for p in (p_first, p_last):
        if sum((b - a) * c for a, b, c in zip(q_first, q_last, p)) < 0:
            return True
    return False
