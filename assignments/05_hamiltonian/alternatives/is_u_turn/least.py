"""The smaller of the two dot products decides."""


def is_u_turn(q_first, p_first, q_last, p_last):
    way = q_last - q_first
    return bool(min(np.dot(way, p_first), np.dot(way, p_last)) < 0)
