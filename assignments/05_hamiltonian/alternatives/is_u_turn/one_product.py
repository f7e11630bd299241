"""Both dot products at once."""


def is_u_turn(q_first, p_first, q_last, p_last):
    return np.any(np.stack([p_first, p_last]) @ (q_last - q_first) < 0)
