"""No U-turn if both ends move apart."""


def is_u_turn(q_first, p_first, q_last, p_last):
    way = np.subtract(q_last, q_first)
    return not (np.sum(way * p_first) >= 0 and np.sum(way * p_last) >= 0)
