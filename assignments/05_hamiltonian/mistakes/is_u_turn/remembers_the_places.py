"""The answer is remembered by the places alone: other momenta give the same."""

_KNOWN = {}


def is_u_turn(q_first, p_first, q_last, p_last):
    places = (q_first.tobytes(), q_last.tobytes())
    if places not in _KNOWN:
        way = q_last - q_first
        _KNOWN[places] = bool(way @ p_first < 0 or way @ p_last < 0)
    return _KNOWN[places]
