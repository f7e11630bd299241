"""Parameters after the third do not count: the dot products are over all of them."""


def is_u_turn(q_first, p_first, q_last, p_last):
    way = (q_last - q_first)[:3]
    return bool(way @ p_first[:3] < 0 or way @ p_last[:3] < 0)
