"""It looks whether the ends come closer at once, both moved: one end that turns may be hidden."""


def is_u_turn(q_first, p_first, q_last, p_last):
    now = q_last - q_first
    soon = (q_last + 1e-6 * p_last) - (q_first - 1e-6 * p_first)
    return bool(soon @ soon < now @ now)
